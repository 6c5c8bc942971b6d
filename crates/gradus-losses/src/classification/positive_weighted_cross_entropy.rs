//! Binary cross-entropy in which a "yes" has a weight.

use crate::classification::binary_cross_entropy::{losses_of_logits, slopes_of_logits};
use crate::classification::softmax_cross_entropy::check_smoothing;
use crate::classification::yes_or_no::check_yes_or_no;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Binary cross-entropy from logits with a weight on "yes", summed over the outputs of a sample, in nats.
///
/// ```math
/// \ell(z, y) = \sum_{k=1}^{m} w\, y'_k \operatorname{softplus}(-z_k) + (1 - y'_k) \operatorname{softplus}(z_k), \qquad
/// y'_k = (1 - \alpha) y_k + \frac{\alpha}{2}, \qquad
/// \frac{\partial \ell}{\partial z_k} = (1 - y'_k)\, \sigma(z_k) - w\, y'_k\, \sigma(-z_k)
/// ```
///
/// where $`z`$ are the logits of one sample, $`y_k \in [0, 1]`$ the true probabilities of "yes", $`\sigma`$ the sigmoid,
/// $`\alpha`$ is `label_smoothing` and $`w`$ is `weight`, PyTorch's `pos_weight`. *First the target is smoothed, then "yes" is
/// weighted*: what smoothing gives to a "no" has the weight $`w`$ too, as if PyTorch were given the smoothed target. With as many times more "no" than "yes" in the data, $`w`$ makes both count
/// alike. A weight moves the answer: the best logit for a share $`q`$ of "yes" is $`\ln (w q / (1 - q))`$, with smoothing $`\ln (w q' / (1 - q'))`$. The denominator is
/// not weighted: [`Reduction::Mean`](crate::Reduction::Mean) divides by the number of samples, as PyTorch does.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`w = 1`$ is [`BinaryCrossEntropyLogits`](crate::BinaryCrossEntropyLogits) | `a_positive_weight_of_one_changes_nothing` |
/// | an integer $`w`$ repeats every "yes" | `a_positive_weight_repeats_the_yes` |
/// | with smoothing, the best logit is $`\ln (w y' / (1 - y'))`$ | `smoothing_goes_before_the_positive_weight` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant $`\tfrac14`$, times the weight for a yes | `smooth_losses_are_cocoercive` |
///
/// # Errors
///
/// [`LossError::NotPositive`] unless $`w`$ is finite and positive; those of
/// [`BinaryCrossEntropyLogits`](crate::BinaryCrossEntropyLogits) for the target and the smoothing.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Order, PositiveWeightedCrossEntropy, Shape, Target, Weights};
///
/// let logits = MatrixRef::new(&[0.0, 0.0], Shape::new(1, 2), Order::Rows)?;
/// let loss = PositiveWeightedCrossEntropy { weight: 3.0, label_smoothing: 0.0 };
/// let sum = loss.value(logits, Target::Labels(&[1, 0]), Weights::Equal, 1.0)?;
/// assert!((sum - 4.0 * 2_f64.ln()).abs() < 1e-15); // 3 ln 2 + ln 2
///
/// // y' = ¾ and ¼: (3 · ¾ + ¼) ln 2 + (3 · ¼ + ¾) ln 2
/// let smooth = PositiveWeightedCrossEntropy { label_smoothing: 0.5, ..loss };
/// let sum = smooth.value(logits, Target::Labels(&[1, 0]), Weights::Equal, 1.0)?;
/// assert!((sum - 4.0 * 2_f64.ln()).abs() < 1e-15);
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
    /// $`\alpha \in [0, 1)`$: the share of the target that is spread evenly over "yes" and "no", before "yes" is weighted.
    pub label_smoothing: f64,
}

impl Columnwise for PositiveWeightedCrossEntropy {
    type Summary = ();

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::positive("weight", self.weight)?;
        check_smoothing(self.label_smoothing)?;
        check_yes_or_no(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, ()) {
        (
            losses_of_logits(batch, at, self.weight, self.label_smoothing, keep),
            (),
        )
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (): &(),
        kept: &Lanes<T>,
    ) -> Lanes {
        slopes_of_logits(batch, at, i, self.weight, self.label_smoothing, kept)
    }
}
