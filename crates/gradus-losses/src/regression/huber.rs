//! Huber's loss: squared near the target, absolute far from it.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Huber's loss of each sample, summed over its outputs: squared up to an error of δ, absolute beyond.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \begin{cases}
/// \tfrac{1}{2} e_k^2 & \lvert e_k \rvert \le \delta \\
/// \delta\, (\lvert e_k \rvert - \tfrac{1}{2} \delta) & \text{otherwise}
/// \end{cases}, \qquad e = p - y, \qquad
/// \frac{\partial \ell}{\partial p_k} = \max(-\delta, \min(e_k, \delta))
/// ```
///
/// where $`p`$ is the prediction for one sample, $`y`$ its target and $`\delta`$ is `delta`. An outlier pulls with the
/// force $`\delta`$, however far it is; near the target the loss is as smooth as the squared error. *With* the factor ½,
/// as in PyTorch and Keras: for $`\delta \to \infty`$ it is half of [`SquaredError`](crate::SquaredError).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | half the squared error below $`\delta`$, $`\delta`$ times the absolute error less $`\delta^2 / 2`$ beyond | `huber_lies_between_square_and_absolute_value` |
/// | it is $`\beta`$ times [`SmoothL1`](crate::SmoothL1) with $`\beta = \delta`$ | `smooth_l1_is_a_scaled_huber` |
/// | it is the Moreau envelope $`\min_x \tfrac{1}{2}(e - x)^2 + \delta \lvert x \rvert`$ | `huber_is_a_moreau_envelope` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant 1 | `smooth_losses_are_cocoercive` |
///
/// # Errors
///
/// [`LossError::NotPositive`] unless $`\delta`$ is finite and positive, [`LossError::LabelsForValues`],
/// [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Huber, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[1.0, 5.0]); // two outputs of one sample
/// let target = Target::Values(MatrixRef::from_column(&[0.0, 0.0]));
/// let value = Huber { delta: 2.0 }.value(prediction, target, Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.5 + 2.0 * (5.0 - 1.0));
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// P. J. Huber, *Robust estimation of a location parameter*, Ann. Math. Statist. 35 (1964), 73–101,
/// <https://doi.org/10.1214/aoms/1177703732>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Huber {
    /// $`\delta`$: from which error on the loss is absolute.
    pub delta: f64,
}

/// $`\delta = 1`$, as in PyTorch and Keras.
impl Default for Huber {
    fn default() -> Self {
        Self { delta: 1.0 }
    }
}

impl Pointwise for Huber {
    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        check::positive("delta", self.delta)?;
        check::values(batch).map(drop)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let (e, delta) = ((p - y).abs(), self.delta);
        if e <= delta {
            0.5 * e * e
        } else {
            delta * (e - 0.5 * delta)
        }
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        (p - y).clamp(-self.delta, self.delta) // NaN stays NaN
    }
}
