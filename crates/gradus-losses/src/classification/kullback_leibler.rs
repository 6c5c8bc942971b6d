//! The Kullback–Leibler divergence of predicted from true probabilities.

use crate::classification::binary_cross_entropy::ratio;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The Kullback–Leibler divergence of each sample: the nats lost by coding with the prediction.
///
/// ```math
/// \ell(p, q) = \sum_{i=1}^{K} q_i \ln \frac{q_i}{p_i}, \qquad
/// \frac{\partial \ell}{\partial p_i} = -\frac{q_i}{p_i}, \qquad 0 \ln 0 = 0, \quad \tfrac{0}{0} = 0
/// ```
///
/// where $`p`$ are the predicted probabilities of the $`K`$ classes for one sample and $`q`$ the true ones, or a label. It
/// is [`CrossEntropy`](crate::CrossEntropy) less the entropy of the target, so the gradient is the same and the minimum is
/// 0: the loss of a student that learns from the probabilities of a teacher.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | cross-entropy less entropy, never negative, 0 at $`p = q`$ | `the_divergence_is_cross_entropy_less_entropy` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Numerics
///
/// Terms are $`q\,(\ln q - \ln p)`$: a quotient would overflow for tiny $`p`$. A class that is true and was thought
/// impossible costs $`+\infty`$. Near $`p = q`$ terms of both signs cancel, and the absolute error is that of a few
/// roundings. [`KullbackLeiblerLogs`](crate::KullbackLeiblerLogs) is for logarithms; PyTorch's `KLDivLoss` wants those, and divides by all entries unless told `batchmean`.
///
/// # Errors
///
/// [`LossError::PredictionOutOfRange`] for what is no probability; those of
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{KullbackLeibler, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[0.5, 0.5]);
/// let target = Target::Values(MatrixRef::from_column(&[0.75, 0.25]));
/// let value = KullbackLeibler.value(prediction, target, Weights::Equal, 1.0)?;
/// assert!((value - (0.75 * 1.5_f64.ln() + 0.25 * 0.5_f64.ln())).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// S. Kullback and R. A. Leibler, *On information and sufficiency*, Ann. Math. Statist. 22 (1951), 79–86,
/// <https://doi.org/10.1214/aoms/1177729694>.
#[doc(alias = "relative entropy")]
#[doc(alias = "distillation")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KullbackLeibler;

impl Pointwise for KullbackLeibler {
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
        if q == 0.0 { 0.0 } else { q * (q.ln() - p.ln()) }
    }

    #[inline(always)]
    fn slope(&self, p: f64, q: f64) -> f64 {
        -ratio(q, p)
    }
}
