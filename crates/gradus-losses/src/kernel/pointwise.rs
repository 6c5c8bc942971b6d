//! Losses that are a sum over the entries of a sample: two formulas make one.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;
use std::fmt::Debug;
use std::iter::zip;

/// A loss that is a sum over the entries of a sample: two formulas are all that a loss of one's own needs.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} f(p_k, y_k), \qquad \frac{\partial \ell}{\partial p_k} = \frac{\partial f}{\partial p}(p_k, y_k)
/// ```
///
/// where $`p`$ is a column of the prediction, $`y`$ its target, $`f`$ is [`loss`](Self::loss) and its derivative
/// [`slope`](Self::slope). Whatever is `Pointwise` is a [`Loss`](crate::Loss) of batches in single and double precision:
/// shapes, weights, denominators, storage orders and ignored samples are dealt with, and the loop over sixteen samples at
/// a time is vectorized.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | both storage orders, shards and ignored samples: the same bits | `a_loss_of_ones_own_obeys_the_laws_of_all` |
///
/// # Examples
///
/// The fourth power of the error:
///
/// ```
/// use gradus_losses::{Loss, MatrixMut, MatrixRef, Order, Pointwise, Shape, Target, Weights};
///
/// #[derive(Debug)]
/// struct FourthPower;
///
/// impl Pointwise for FourthPower {
///     fn loss(&self, p: f64, y: f64) -> f64 {
///         (p - y).powi(4)
///     }
///     fn slope(&self, p: f64, y: f64) -> f64 {
///         4.0 * (p - y).powi(3)
///     }
/// }
///
/// let shape = Shape::new(1, 3); // one output, three samples
/// let prediction = MatrixRef::new(&[1.0_f32, 2.0, 3.0], shape, Order::Rows)?;
/// let target = Target::Values(MatrixRef::new(&[1.0, 1.0, 1.0], shape, Order::Rows)?);
/// let mut memory = [0.0; 3];
/// let gradient = MatrixMut::new(&mut memory, shape, Order::Rows)?;
/// let mean = FourthPower.value_and_gradient(prediction, target, Weights::Equal, 3.0, gradient)?;
/// assert_eq!(mean, (0.0 + 1.0 + 16.0) / 3.0);
/// assert_eq!(memory, [0.0, 4.0 / 3.0, 32.0 / 3.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Pointwise: Debug + Send + Sync {
    /// $`f(p, y)`$.
    fn loss(&self, prediction: f64, target: f64) -> f64;

    /// $`\partial f / \partial p`$.
    fn slope(&self, prediction: f64, target: f64) -> f64;

    /// Whether settings make sense and this target fits this prediction; ignored samples, of weight zero, need not be
    /// looked at. The provided form asks for a target of the prediction's shape.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit.
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        _weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::values(batch).map(drop)
    }

    /// Row `i` of the targets of a block.
    #[inline(always)]
    fn target<T: Float>(&self, batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
        batch.target(i, at)
    }
}

impl<P: Pointwise> Columnwise for P {
    type Summary = ();

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
            let (p, y) = (batch.prediction(i, at), self.target(batch, i, at));
            for (loss, (p, y)) in zip(&mut losses, zip(p, y)) {
                *loss += self.loss(p.to_f64(), y);
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
        let (p, mut slopes) = (batch.prediction(i, at), self.target(batch, i, at));
        zip(&mut slopes, p).for_each(|(slope, p)| *slope = self.slope(p.to_f64(), *slope));
        slopes
    }
}
