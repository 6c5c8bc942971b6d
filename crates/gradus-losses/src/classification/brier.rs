//! The Brier score: the squared error of probabilities.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The Brier score of each sample: the squared error of its probabilities.
///
/// ```math
/// \ell(p, q) = \sum_{i=1}^{K} (p_i - q_i)^2, \qquad \frac{\partial \ell}{\partial p_i} = 2\, (p_i - q_i)
/// ```
///
/// where $`p`$ are the predicted probabilities of the $`K`$ classes for one sample and $`q`$ the true ones, or a label. It
/// lies between 0 and 2 and is a *proper* score: on average, nothing but the true probabilities does best. A wrong
/// certainty costs 2, where cross-entropy costs infinity. For two classes it is twice the score of one "yes".
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | proper: the expectation is smallest at the truth | `the_brier_score_is_proper` |
/// | $`0 \le \ell \le 2`$ | `the_brier_score_is_bounded` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::PredictionOutOfRange`] for what is no probability; those of
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Brier, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[0.5, 0.25, 0.25]);
/// let value = Brier.value(prediction, Target::Labels(&[0]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.25 + 0.0625 + 0.0625);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// G. W. Brier, *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78 (1950), 1–3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Brier;

impl Pointwise for Brier {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::classes(batch, weights)?;
        check::predicted_probabilities(batch, weights)
    }

    #[inline(always)]
    fn loss(&self, p: f64, q: f64) -> f64 {
        (p - q) * (p - q)
    }

    #[inline(always)]
    fn slope(&self, p: f64, q: f64) -> f64 {
        2.0 * (p - q)
    }
}
