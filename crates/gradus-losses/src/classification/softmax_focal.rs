//! The focal loss of several classes.

use crate::classification::focal::check_focus;
use crate::classification::of_truth;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The focal loss of several classes, from logits, in nats.
///
/// ```math
/// \ell(z, q) = -\sum_i q_i (1 - p_i)^\gamma \ln p_i, \qquad p = \sigma(z), \qquad
/// \frac{\partial \ell}{\partial z_k} = p_k \sum_i a_i - a_k, \quad
/// a_i = q_i \bigl( (1 - p_i)^\gamma - \gamma\, p_i (1 - p_i)^{\gamma - 1} \ln p_i \bigr)
/// ```
///
/// where $`z`$ are the logits of one sample, $`q`$ its target ($`e_y`$ for a label), $`\sigma`$ softmax and $`\gamma \ge 0`$ is `gamma`. It is
/// cross-entropy, but samples that are easy count little: see [`Focal`](crate::Focal), which it is for two classes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | for two classes it is [`Focal`](crate::Focal) of the difference | `softmax_focal_of_two_classes_is_focal` |
/// | $`\gamma = 0`$ is [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) | `softmax_focal_without_focus_is_cross_entropy` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// $`1 - p`$ is computed as $`-\operatorname{expm1}(\ln p)`$. It is not convex for $`\gamma > 0`$.
///
/// # Errors
///
/// [`LossError::OutsideInterval`] unless $`\gamma`$ is finite and not negative; those of
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, SoftmaxFocal, Target, Weights};
///
/// let even = MatrixRef::from_column(&[0.0, 0.0]); // p = ½, ½
/// let value = SoftmaxFocal { gamma: 2.0 }.value(even, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.25 * 2_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// T.-Y. Lin et al., *Focal loss for dense object detection* (2017), equation 4, <https://arxiv.org/abs/1708.02002>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftmaxFocal {
    /// $`\gamma`$: how little easy samples count.
    pub gamma: f64,
}

/// The paper's $`\gamma = 2`$.
impl Default for SoftmaxFocal {
    fn default() -> Self {
        Self { gamma: 2.0 }
    }
}

impl SoftmaxFocal {
    /// $`-(1 - p)^\gamma \ln p`$.
    #[inline(always)]
    fn of_truth(self, l: f64) -> f64 {
        -l * (-l.exp_m1()).powf(self.gamma)
    }

    /// $`(1 - p)^\gamma - \gamma p (1 - p)^{\gamma - 1} \ln p`$, by its limits where $`p`$ is 0 or 1.
    #[inline(always)]
    fn pull(self, l: f64) -> f64 {
        let (right, wrong) = (l.exp(), -l.exp_m1());
        let focus = if right == 0.0 || wrong == 0.0 {
            0.0
        } else {
            self.gamma * right * l / wrong
        };
        wrong.powf(self.gamma) * (1.0 - focus)
    }
}

impl Columnwise for SoftmaxFocal {
    type Summary = of_truth::Shared;

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_focus(self.gamma)?;
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        of_truth::losses(batch, at, keep, |l| self.of_truth(l), |l| self.pull(l))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        summary: &Self::Summary,
        kept: &Lanes<T>,
    ) -> Lanes {
        of_truth::slopes(batch, at, i, summary, kept, |l| self.pull(l))
    }
}
