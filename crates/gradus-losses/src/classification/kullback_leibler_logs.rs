//! The Kullback–Leibler divergence of predicted from true log-probabilities.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::Float;

/// The Kullback–Leibler divergence of each sample from the logarithms of both distributions, in nats.
///
/// ```math
/// \ell(l, t) = \sum_{i=1}^{K} e^{t_i} (t_i - l_i), \qquad
/// \frac{\partial \ell}{\partial l_i} = -e^{t_i}, \qquad 0 \cdot \infty = 0
/// ```
///
/// where $`l`$ are the logarithms of the predicted probabilities of the $`K`$ classes for one sample and $`t`$ those of the
/// true ones, or a label. It is [`KullbackLeibler`](crate::KullbackLeibler) where teacher and student both end in a
/// log-softmax: PyTorch's `KLDivLoss(log_target=True)`. A target of $`-\infty`$ is the probability 0, which costs nothing.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is [`KullbackLeibler`](crate::KullbackLeibler) of $`e^l`$ and $`e^t`$ | `the_divergence_of_logarithms_is_that_of_probabilities` |
/// | never negative, 0 at $`l = t`$ | `the_divergence_of_logarithms_is_zero_at_itself_alone` |
/// | of a label it is [`NegativeLogLikelihood`](crate::NegativeLogLikelihood) | `the_divergence_from_a_label_is_its_log_likelihood` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Numerics
///
/// The difference of two logarithms near each other is exact, where that of two probabilities has lost digits. A class
/// that is true, $`t_i > -\infty`$, and was thought impossible, $`l_i = -\infty`$, costs $`+\infty`$, also where
/// $`e^{t_i}`$ is too small for a number.
///
/// # Errors
///
/// [`LossError::PredictionOutsideDomain`] and [`LossError::TargetOutsideDomain`] for a logarithm above 0, NaN included;
/// [`LossError::TargetNotNormalized`] unless the $`e^{t_i}`$ sum to 1 as closely as targets of
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy); [`LossError::NoClasses`], [`LossError::TargetShape`], and for labels
/// [`LossError::LabelCount`] and [`LossError::LabelOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{KullbackLeiblerLogs, Loss, MatrixRef, Target, Weights};
///
/// let impossible = f64::NEG_INFINITY;
/// let prediction = [0.25_f64.ln(), 0.5_f64.ln(), 0.25_f64.ln()];
/// let teacher = [0.5_f64.ln(), 0.5_f64.ln(), impossible];
/// let target = Target::Values(MatrixRef::from_column(&teacher));
/// let value = KullbackLeiblerLogs.value(MatrixRef::from_column(&prediction), target, Weights::Equal, 1.0)?;
/// assert!((value - 0.5 * 2_f64.ln()).abs() < 1e-15); // ½ ln (½ / ¼) + ½ ln 1 + 0
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// S. Kullback and R. A. Leibler, *On information and sufficiency*, Ann. Math. Statist. 22 (1951), 79–86,
/// <https://doi.org/10.1214/aoms/1177729694>; PyTorch, `torch.nn.KLDivLoss`.
#[doc(alias = "log_target")]
#[doc(alias = "distillation")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KullbackLeiblerLogs;

impl Pointwise for KullbackLeiblerLogs {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        match batch.target {
            Target::Values(target) if batch.prediction.rows() > 0 => {
                check::targets(batch, weights, Domain::LogProbability)?;
                check::normalized(target, weights, |t| t.to_f64().exp())?;
            }
            _ => check::classes(batch, weights)?,
        }
        check::predictions(batch, weights, Domain::LogProbability)
    }

    #[inline(always)]
    fn loss(&self, l: f64, t: f64) -> f64 {
        let gap = t - l;
        if t == f64::NEG_INFINITY {
            0.0
        } else if gap == f64::INFINITY {
            gap // and not 0 · ∞ where exp t is 0
        } else {
            t.exp() * gap
        }
    }

    #[inline(always)]
    fn slope(&self, _l: f64, t: f64) -> f64 {
        -t.exp()
    }

    #[inline(always)]
    fn target<T: Float>(&self, batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
        match batch.target {
            Target::Labels(_) => batch.target(i, at).map(f64::ln), // 0 and −∞
            Target::Values(_) => batch.target(i, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KullbackLeiblerLogs;
    use crate::{Domain, Loss, LossError, MatrixRef, Target, Weights};

    fn of(l: &[f64], t: &[f64]) -> Result<f64, LossError> {
        let target = Target::Values(MatrixRef::from_column(t));
        KullbackLeiblerLogs.value(MatrixRef::from_column(l), target, Weights::Equal, 1.0)
    }

    /// pytorch#144279, optax#1786: 0 · −∞ is NaN where nothing looks after it.
    #[test]
    fn impossible_classes_cost_nothing_or_everything() {
        let (sure, never, half) = (0.0, f64::NEG_INFINITY, 0.5_f64.ln());
        assert_eq!(of(&[sure, never], &[sure, never]), Ok(0.0));
        assert_eq!(of(&[half, half], &[sure, never]), Ok(2.0_f64.ln()));
        assert_eq!(of(&[sure, never], &[half, half]), Ok(f64::INFINITY));
        // e⁻⁸⁰⁰ is no number, but not impossible
        assert_eq!(of(&[sure, never], &[sure, -800.0]), Ok(f64::INFINITY));
        assert_eq!(of(&[sure, -900.0], &[sure, -800.0]), Ok(0.0));
    }

    #[test]
    fn what_is_no_logarithm_of_a_distribution_is_refused() {
        let half = 0.5_f64.ln();
        let (row, column, domain) = (1, 0, Domain::LogProbability);
        assert_eq!(
            of(&[half, 0.5], &[half, half]),
            Err(LossError::PredictionOutsideDomain {
                row,
                column,
                value: 0.5,
                domain
            })
        );
        assert_eq!(
            of(&[half, half], &[half, 0.5]), // a probability and no logarithm
            Err(LossError::TargetOutsideDomain {
                row,
                column,
                value: 0.5,
                domain
            })
        );
        let nan = of(&[half, half], &[half, f64::NAN]);
        assert!(matches!(nan, Err(LossError::TargetOutsideDomain { .. })));
        let unnormalized = of(&[half, half], &[0.0, 0.0]);
        assert_eq!(
            unnormalized,
            Err(LossError::TargetNotNormalized {
                sample: 0,
                sum: 2.0
            })
        );
        assert!(matches!(
            of(&[half, half], &[0.0]),
            Err(LossError::TargetShape { .. })
        ));
        assert_eq!(of(&[], &[]), Err(LossError::NoClasses));
        let labels = Target::Labels(&[2]);
        let refused = KullbackLeiblerLogs.value(
            MatrixRef::from_column(&[half, half]),
            labels,
            Weights::Equal,
            1.0,
        );
        assert!(matches!(refused, Err(LossError::LabelOutOfRange { .. })));
    }

    /// δ = 1e-9 at l = t: the difference of the logarithms is exact, of the probabilities ε / δ is lost.
    #[test]
    fn near_the_target_no_digit_cancels_in_a_term() {
        let (half, delta) = (0.5_f64.ln(), 2.0_f64.powi(-30));
        let t = [half, half];
        assert_eq!(of(&[half - delta, half - delta], &t), Ok(delta)); // ½ δ + ½ δ
    }

    #[test]
    fn a_log_softmax_in_single_precision_is_a_target() {
        let z = [3.0_f32, -1.0, 0.5, 7.0, -12.0];
        let top = 7.0;
        let sum: f32 = z.iter().map(|z| (z - top).exp()).sum();
        let t: Vec<f64> = z.iter().map(|z| f64::from(z - top - sum.ln())).collect();
        assert_eq!(of(&t, &t), Ok(0.0));
    }
}
