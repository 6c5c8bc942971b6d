//! Losses that are a sum over the entries of a sample: two formulas make one.

use crate::error::LossError;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;
use std::iter::zip;

/// A loss $`\ell(p, y) = \sum_k f(p_k, y_k)`$ of one sample.
pub(crate) trait Pointwise {
    /// Whether this target fits to this prediction; ignored samples are not looked at.
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError>;

    /// $`f(p, y)`$.
    fn loss(p: f64, y: f64) -> f64;

    /// $`\partial f / \partial p`$.
    fn slope(p: f64, y: f64) -> f64;

    /// Row `i` of the targets of a block.
    #[inline(always)]
    fn target<T: Float>(batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
        batch.target(i, at)
    }
}

impl<P: Pointwise> Columnwise for P {
    type Known = ();

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        Pointwise::check(self, batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        _: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, ()) {
        let mut losses = [0.0; LANES];
        for i in 0..batch.prediction.rows() {
            let (p, y) = (batch.prediction(i, at), P::target(batch, i, at));
            for (loss, (p, y)) in zip(&mut losses, zip(p, y)) {
                *loss += P::loss(p.to_f64(), y);
            }
        }
        (losses, ())
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (): &(),
        _: &Lanes<T>,
    ) -> Lanes {
        let (p, mut slopes) = (batch.prediction(i, at), P::target(batch, i, at));
        zip(&mut slopes, p).for_each(|(slope, p)| *slope = P::slope(p.to_f64(), *slope));
        slopes
    }
}
