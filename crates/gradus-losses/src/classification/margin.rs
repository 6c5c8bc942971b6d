//! Losses of the margin: of a decision value times the sign that it should have.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{Float, Shape};
use std::fmt::Debug;

/// A loss $`\varphi(y f)`$ of a decision value $`f`$ and a sign $`y`$: its slope by $`f`$ is $`y\,\varphi'(y f)`$.
pub(crate) trait Margin: Debug + Send + Sync {
    /// $`\varphi`$.
    fn value(&self, margin: f64) -> f64;

    /// $`\varphi'`$.
    fn derivative(&self, margin: f64) -> f64;
}

impl<M: Margin> Pointwise for M {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_signs(batch, weights)
    }

    #[inline(always)]
    fn loss(&self, f: f64, y: f64) -> f64 {
        self.value(y * f)
    }

    #[inline(always)]
    fn slope(&self, f: f64, y: f64) -> f64 {
        y * self.derivative(y * f)
    }

    #[inline(always)]
    fn target<T: Float>(&self, batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
        signs(batch, i, at)
    }
}

/// Labels 0 and 1 of one output, or one sign per output.
fn check_signs<T: Float>(batch: Batch<'_, T>, weights: Weights<'_, T>) -> Result<(), LossError> {
    match (batch.target, batch.prediction.shape()) {
        (Target::Labels(labels), Shape { rows: 1, columns }) => {
            check::labels(labels, Shape::new(2, columns), weights)
        }
        _ => check::targets(batch, weights, Domain::Sign),
    }
}

/// The target; of a label, $`2 y - 1`$.
#[inline(always)]
fn signs<T: Float>(batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
    match batch.target {
        Target::Labels(_) => batch.target(1, at).map(|yes| 2.0 * yes - 1.0),
        Target::Values(_) => batch.target(i, at),
    }
}
