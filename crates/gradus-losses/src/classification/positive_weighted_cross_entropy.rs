//! Binary cross-entropy in which a "yes" has a weight.

use crate::classification::binary_cross_entropy::{check_yes_or_no, probability_of_yes};
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, sigmoid, softplus};

/// Binary cross-entropy from logits with a weight on "yes", summed over the outputs of a sample, in nats.
///
/// ```math
/// \ell(z, y) = \sum_{k=1}^{m} w\, y_k \operatorname{softplus}(-z_k) + (1 - y_k) \operatorname{softplus}(z_k), \qquad
/// \frac{\partial \ell}{\partial z_k} = (1 - y_k)\, \sigma(z_k) - w\, y_k\, \sigma(-z_k)
/// ```
///
/// where $`z`$ are the logits of one sample, $`y_k \in [0, 1]`$ the true probabilities of "yes", $`\sigma`$ the sigmoid and
/// $`w`$ is `weight`, PyTorch's `pos_weight`. With as many times more "no" than "yes" in the data, $`w`$ makes both count
/// alike. A weight moves the answer: the best logit for a share $`q`$ of "yes" is $`\ln (w q / (1 - q))`$. The denominator is
/// not weighted: [`Reduction::Mean`](crate::Reduction::Mean) divides by the number of samples, as PyTorch does.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`w = 1`$ is [`BinaryCrossEntropyLogits`](crate::BinaryCrossEntropyLogits) | `a_positive_weight_of_one_changes_nothing` |
/// | an integer $`w`$ repeats every "yes" | `a_positive_weight_repeats_the_yes` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant $`\tfrac14`$, times the weight for a yes | `smooth_losses_are_cocoercive` |
///
/// # Errors
///
/// [`LossError::NotPositive`] unless $`w`$ is finite and positive; those of
/// [`BinaryCrossEntropyLogits`](crate::BinaryCrossEntropyLogits) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Order, PositiveWeightedCrossEntropy, Shape, Target, Weights};
///
/// let logits = MatrixRef::new(&[0.0, 0.0], Shape::new(1, 2), Order::Rows)?;
/// let loss = PositiveWeightedCrossEntropy { weight: 3.0 };
/// let sum = loss.value(logits, Target::Labels(&[1, 0]), Weights::Equal, 1.0)?;
/// assert!((sum - 4.0 * 2_f64.ln()).abs() < 1e-15); // 3 ln 2 + ln 2
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// PyTorch, `torch.nn.BCEWithLogitsLoss`; G. King and L. Zeng, *Logistic regression in rare events data*, Political
/// Analysis 9 (2001), 137–163, section 4.2, <https://doi.org/10.1093/oxfordjournals.pan.a004868>.
#[doc(alias = "pos_weight")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PositiveWeightedCrossEntropy {
    /// $`w`$: what a "yes" counts beside a "no".
    pub weight: f64,
}

impl Pointwise for PositiveWeightedCrossEntropy {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::positive("weight", self.weight)?;
        check_yes_or_no(batch, weights)
    }

    #[inline(always)]
    fn loss(&self, z: f64, y: f64) -> f64 {
        // 0 · ∞ = 0: what is not asked for costs nothing.
        let yes = if y == 0.0 {
            0.0
        } else {
            self.weight * y * softplus(-z)
        };
        let no = if y == 1.0 {
            0.0
        } else {
            (1.0 - y) * softplus(z)
        };
        yes + no
    }

    #[inline(always)]
    fn slope(&self, z: f64, y: f64) -> f64 {
        (1.0 - y) * sigmoid(z) - self.weight * y * sigmoid(-z)
    }

    #[inline(always)]
    fn target<T: Float>(&self, batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
        probability_of_yes(batch, i, at)
    }
}
