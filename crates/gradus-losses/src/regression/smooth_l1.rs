//! The smooth L1 loss: Huber's in other units.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The smooth L1 loss of each sample, summed over its outputs: the absolute error with a rounded kink.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \begin{cases}
/// e_k^2 / 2\beta & \lvert e_k \rvert < \beta \\
/// \lvert e_k \rvert - \beta / 2 & \text{otherwise}
/// \end{cases}, \qquad e = p - y, \qquad
/// \frac{\partial \ell}{\partial p_k} = \max(-1, \min(e_k / \beta, 1))
/// ```
///
/// where $`p`$ is the prediction for one sample, $`y`$ its target and $`\beta`$ is `beta`. It is [`Huber`](crate::Huber)
/// over $`\beta`$: as $`\beta \to 0`$ it becomes [`AbsoluteError`](crate::AbsoluteError), while Huber's loss vanishes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\beta`$ times it is [`Huber`](crate::Huber) with $`\delta = \beta`$ | `smooth_l1_is_a_scaled_huber` |
/// | $`0 \le \lvert e \rvert - \ell \le \beta / 2`$ for one output | `smooth_l1_is_near_the_absolute_error` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant $`1 / \beta`$ | `smooth_losses_are_cocoercive` |
///
/// # Errors
///
/// [`LossError::NotPositive`] unless $`\beta`$ is finite and positive, [`LossError::LabelsForValues`],
/// [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, SmoothL1, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[1.0, 5.0]);
/// let target = Target::Values(MatrixRef::from_column(&[0.0, 0.0]));
/// let value = SmoothL1 { beta: 2.0 }.value(prediction, target, Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.25 + 4.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// R. Girshick, *Fast R-CNN* (2015), equation 3, with $`\beta = 1`$, <https://arxiv.org/abs/1504.08083>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothL1 {
    /// $`\beta`$: below which error the loss is a parabola.
    pub beta: f64,
}

/// $`\beta = 1`$, as in PyTorch.
impl Default for SmoothL1 {
    fn default() -> Self {
        Self { beta: 1.0 }
    }
}

impl Pointwise for SmoothL1 {
    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        check::positive("beta", self.beta)?;
        check::values(batch).map(drop)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let (e, beta) = ((p - y).abs(), self.beta);
        if e < beta {
            0.5 * e * (e / beta)
        } else {
            e - 0.5 * beta
        }
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        ((p - y) / self.beta).clamp(-1.0, 1.0) // NaN stays NaN
    }
}
