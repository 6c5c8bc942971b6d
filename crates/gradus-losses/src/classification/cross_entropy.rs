//! Cross-entropy of a distribution over classes from probabilities.

use crate::classification::binary_cross_entropy::ratio;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, xlogy};

/// Cross-entropy of each sample from probabilities, in nats.
///
/// ```math
/// \ell(p, q) = -\sum_{i=1}^{K} q_i \ln p_i, \qquad
/// \frac{\partial \ell}{\partial p_i} = -\frac{q_i}{p_i}, \qquad 0 \ln 0 = 0, \quad \tfrac{0}{0} = 0
/// ```
///
/// where $`p`$ are the predicted probabilities of the $`K`$ classes for one sample and $`q`$ the true ones:
/// probabilities, or a label $`y`$, which stands for $`q_y = 1`$; then $`\ell = -\ln p_y`$.
///
/// The sum runs over the *classes of one sample*; the mean over the samples is
/// [`Reduction::Mean`](crate::Reduction::Mean). Prefer [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy)
/// wherever there are logits: a probability that was rounded to 0 has lost what the loss is about.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(p, q) \ge H(q)`$, with equality at $`p = q`$ | `cross_entropy_is_at_least_the_entropy_of_the_target` |
/// | $`\ell(p, q) = H(q) + D(q \parallel p)`$ | `cross_entropy_from_probabilities_is_entropy_plus_divergence` |
/// | of a softmax it is `SoftmaxCrossEntropy` | `softmax_cross_entropy_is_cross_entropy_of_the_softmax` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// A true class of probability 0 costs $`+\infty`$: nothing is clipped. Predictions are checked to lie in
/// [0, 1], not to sum to one, so the gradient is the one of the formula in $`\mathbb{R}^K`$.
///
/// # Errors
///
/// [`LossError::PredictionOutOfRange`] for a prediction outside of [0, 1], NaN included;
/// [`LossError::LabelOutOfRange`], [`LossError::TargetShape`], [`LossError::TargetOutOfRange`] and
/// [`LossError::TargetNotNormalized`] for the target; [`LossError::NoClasses`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{CrossEntropy, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[0.5, 0.25, 0.25]);
/// let value = CrossEntropy.value(prediction, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 4.0_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed., 2006, theorem 5.4.3.
#[doc(alias = "negative log-likelihood")]
#[doc(alias = "log loss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CrossEntropy;

impl Pointwise for CrossEntropy {
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
        0.0 - xlogy(q, p) // not -0.0 at p = 1
    }

    #[inline(always)]
    fn slope(&self, p: f64, q: f64) -> f64 {
        -ratio(q, p)
    }
}

#[cfg(test)]
mod tests {
    use super::CrossEntropy;
    use crate::{Loss, LossError, Reduction, Target, Weights};
    use gradus_numeric::{MatrixRef, Order, Shape};

    #[test]
    fn a_wrong_certainty_costs_infinity_and_a_right_one_nothing() {
        let prediction = MatrixRef::from_column(&[1.0, 0.0]);
        let value =
            |label| CrossEntropy.value(prediction, Target::Labels(&[label]), Weights::Equal, 1.0);
        assert_eq!(value(0).map(f64::to_bits), Ok(0.0_f64.to_bits()));
        assert_eq!(value(1), Ok(f64::INFINITY));
    }

    #[test]
    fn an_ignored_sample_may_cost_infinity() -> Result<(), Box<dyn std::error::Error>> {
        let prediction = MatrixRef::new(&[1.0, 0.5, 0.0, 0.5], Shape::new(2, 2), Order::Rows)?;
        let weights = Weights::PerSample(&[0.0, 1.0]);
        let value = CrossEntropy.value(prediction, Target::Labels(&[1, 1]), weights, 1.0)?;
        assert_eq!(value, 2.0_f64.ln());
        Ok(())
    }

    /// Articles 000 §3.1.3 and 004 §3.1.2: "n = number of samples" in a sum that runs over classes.
    #[test]
    fn erratum_the_mean_runs_over_samples_the_sum_over_classes() -> Result<(), LossError> {
        let p = [0.5, 0.25, 0.25, 0.5, 0.25, 0.25]; // two samples, three classes
        let shape = Shape::new(3, 2);
        let prediction = MatrixRef::new(&p, shape, Order::Columns).unwrap();
        let target = Target::Labels(&[0, 1]);
        let denominator = Reduction::Mean.denominator(shape)?;
        let value = CrossEntropy.value(prediction, target, Weights::Equal, denominator)?;
        assert_eq!(value, 1.5 * 2.0_f64.ln()); // (ln 2 + ln 4) / 2
        let over_classes = CrossEntropy.value(prediction, target, Weights::Equal, 3.0)?;
        assert!(over_classes < value); // dividing by the classes is another number
        Ok(())
    }

    #[test]
    fn logits_are_refused() {
        let (row, column, value) = (0, 0, 3.0);
        assert_eq!(
            CrossEntropy.value(
                MatrixRef::from_column(&[3.0, -1.0]),
                Target::Labels(&[0]),
                Weights::Equal,
                1.0
            ),
            Err(LossError::PredictionOutOfRange { row, column, value })
        );
    }
}
