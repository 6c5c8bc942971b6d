//! The focal loss: easy samples count little.

use crate::classification::yes_or_no::{check_yes_or_no, probability_of_yes};
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, sigmoid, softplus};

/// The focal loss from logits, summed over the outputs of a sample, in nats.
///
/// ```math
/// \ell(z, y) = \sum_{k=1}^{m} y_k f(z_k) + (1 - y_k) f(-z_k), \qquad
/// f(z) = \sigma(-z)^\gamma \operatorname{softplus}(-z), \qquad
/// f'(z) = -\sigma(-z)^\gamma \bigl( \gamma\, \sigma(z) \operatorname{softplus}(-z) + \sigma(-z) \bigr)
/// ```
///
/// where $`z`$ are the logits of one sample, $`y_k \in [0, 1]`$ the true probabilities of "yes", $`\sigma`$ the sigmoid and
/// $`\gamma \ge 0`$ is `gamma`. It is cross-entropy times $`(1 - p)^\gamma`$ for the probability $`p`$ given to the truth: a
/// sample that is right at 90 % counts a hundredth for $`\gamma = 2`$, so that thousands of easy ones do not drown the hard
/// ones. The factor $`\alpha`$ of the paper is a weight of samples: [`Weights::PerSample`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\gamma = 0`$ is [`BinaryCrossEntropyLogits`](crate::BinaryCrossEntropyLogits) | `focal_loss_without_focus_is_cross_entropy` |
/// | $`\ell(z, y) = \ell(-z, 1 - y)`$, falls as $`\gamma`$ grows | `focal_loss_is_symmetric_and_falls_with_its_focus` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// Every factor is computed from the logit, so nothing cancels. It is not convex for $`\gamma > 0`$.
///
/// # Errors
///
/// [`LossError::OutsideInterval`] unless $`\gamma`$ is finite and not negative; those of
/// [`BinaryCrossEntropyLogits`](crate::BinaryCrossEntropyLogits) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Focal, Loss, MatrixRef, Target, Weights};
///
/// let even = MatrixRef::from_column(&[0.0]);
/// let value = Focal { gamma: 2.0 }.value(even, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.25 * 2_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// T.-Y. Lin et al., *Focal loss for dense object detection* (2017), equation 4, <https://arxiv.org/abs/1708.02002>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focal {
    /// $`\gamma`$: how little easy samples count.
    pub gamma: f64,
}

/// The paper's $`\gamma = 2`$.
impl Default for Focal {
    fn default() -> Self {
        Self { gamma: 2.0 }
    }
}

/// $`\gamma \ge 0`$.
pub(crate) fn check_focus(gamma: f64) -> Result<(), LossError> {
    check::not_negative("gamma", gamma)
}

impl Pointwise for Focal {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_focus(self.gamma)?;
        check_yes_or_no(batch, weights)
    }

    #[inline(always)]
    fn loss(&self, z: f64, y: f64) -> f64 {
        let yes = if y == 0.0 { 0.0 } else { y * self.of_truth(z) };
        let no = if y == 1.0 {
            0.0
        } else {
            (1.0 - y) * self.of_truth(-z)
        };
        yes + no
    }

    #[inline(always)]
    fn slope(&self, z: f64, y: f64) -> f64 {
        y * self.slope_of_truth(z) - (1.0 - y) * self.slope_of_truth(-z)
    }

    #[inline(always)]
    fn target<T: Float>(&self, batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
        probability_of_yes(batch, i, at)
    }
}

impl Focal {
    /// $`f(z)`$.
    #[inline(always)]
    fn of_truth(self, z: f64) -> f64 {
        sigmoid(-z).powf(self.gamma) * softplus(-z)
    }

    /// $`f'(z)`$; a slope of 0 times an infinite loss is 0.
    #[inline(always)]
    fn slope_of_truth(self, z: f64) -> f64 {
        let (right, wrong) = (sigmoid(z), sigmoid(-z));
        let focus = if right == 0.0 {
            0.0
        } else {
            self.gamma * right * softplus(-z)
        };
        -wrong.powf(self.gamma) * (focus + wrong)
    }
}
