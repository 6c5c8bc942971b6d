//! The target of a yes-or-no question.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{Float, Shape};

/// Labels 0 and 1 of one output, or one probability per output.
pub(crate) fn check_yes_or_no<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    match (batch.target, batch.prediction.shape()) {
        (Target::Labels(labels), Shape { rows: 1, columns }) => {
            check::labels(labels, Shape::new(2, columns), weights)
        }
        _ => check::target_probabilities(batch, weights),
    }
}

/// The target; of a label, the second row of its one-hot column: 1 for "yes".
#[inline(always)]
pub(crate) fn probability_of_yes<T: Float>(batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
    match batch.target {
        Target::Labels(_) => batch.target(1, at),
        Target::Values(_) => batch.target(i, at),
    }
}

/// What "yes" and "no" count: $`y'`$ and $`1 - y'`$ with $`y' = (1 - \alpha) y + \alpha / 2`$.
#[inline(always)]
pub(crate) fn yes_and_no(y: f64, label_smoothing: f64) -> [f64; 2] {
    // without smoothing these are the same bits as y and 1 - y
    let smoothed = |share| (1.0 - label_smoothing) * share + 0.5 * label_smoothing;
    [smoothed(y), smoothed(1.0 - y)]
}
