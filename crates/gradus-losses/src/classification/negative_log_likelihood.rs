//! The negative log-likelihood from log-probabilities.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The negative log-likelihood of each sample from log-probabilities, in nats.
///
/// ```math
/// \ell(l, q) = -\sum_{i=1}^{K} q_i\, l_i, \qquad \frac{\partial \ell}{\partial l_i} = -q_i, \qquad 0 \cdot \infty = 0
/// ```
///
/// where $`l`$ are the logarithms of the predicted probabilities of the $`K`$ classes for one sample, and $`q`$ the true
/// probabilities or a label $`y`$, for which $`\ell = -l_y`$. It is what follows a log-softmax layer, PyTorch's `NLLLoss`;
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) is both in one, and more accurate.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of $`\ln p`$ it is [`CrossEntropy`](crate::CrossEntropy) of $`p`$ | `negative_log_likelihood_is_cross_entropy_of_the_exponentials` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::PredictionOutsideDomain`] for a logarithm above 0, NaN included; those of
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, NegativeLogLikelihood, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[-0.5, -2.0, f64::NEG_INFINITY]);
/// let value = NegativeLogLikelihood.value(prediction, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 2.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, equation (4.108).
#[doc(alias = "NLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NegativeLogLikelihood;

impl Pointwise for NegativeLogLikelihood {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::classes(batch, weights)?;
        check::predictions(batch, weights, Domain::LogProbability)
    }

    #[inline(always)]
    fn loss(&self, l: f64, q: f64) -> f64 {
        if q == 0.0 { 0.0 } else { -q * l }
    }

    #[inline(always)]
    fn slope(&self, _l: f64, q: f64) -> f64 {
        -q
    }
}
