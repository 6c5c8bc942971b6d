//! The logarithm of the hyperbolic cosine: Huber's loss without a seam.

use crate::kernel::pointwise::Pointwise;
use std::f64::consts::LN_2;

/// The logarithm of the hyperbolic cosine of the error of each sample, summed over its outputs.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \ln \cosh(p_k - y_k), \qquad
/// \frac{\partial \ell}{\partial p_k} = \tanh(p_k - y_k)
/// ```
///
/// where $`p`$ is the prediction for one sample and $`y`$ its target. Like $`e^2 / 2`$ for small errors and like
/// $`\lvert e \rvert - \ln 2`$ for large ones, with derivatives of all orders. Up to constants it is the negative
/// log-density of the hyperbolic secant distribution.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert e \rvert - \ln 2 \le \ell \le \min(e^2 / 2, \lvert e \rvert)`$ for one output | `log_cosh_lies_between_its_limits` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
/// | slopes are Lipschitz with the constant 1 | `smooth_losses_are_cocoercive` |
///
/// # Numerics
///
/// $`\cosh`$ overflows at 711 and rounds small squares away. Here $`\ln \cosh e = \tfrac{1}{2} \ln(1 + \sinh^2 e)`$ up to
/// $`\lvert e \rvert = 1`$, and $`\lvert e \rvert + \ln(1 + e^{-2\lvert e \rvert}) - \ln 2`$ beyond: a few ULP everywhere.
///
/// # Errors
///
/// [`LossError::LabelsForValues`](crate::LossError::LabelsForValues),
/// [`LossError::TargetShape`](crate::LossError::TargetShape).
///
/// # Examples
///
/// ```
/// use gradus_losses::{LogCosh, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[1e-8, 1000.0]);
/// let target = Target::Values(MatrixRef::from_column(&[0.0, 0.0]));
/// let value = LogCosh.value(prediction, target, Weights::Equal, 1.0)?;
/// assert_eq!(value, 1000.0 - 2_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// R. A. Saleh and A. K. Md. E. Saleh, *Statistical properties of the log-cosh loss function used in machine learning*
/// (2022), <https://arxiv.org/abs/2208.04564>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogCosh;

impl Pointwise for LogCosh {
    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let e = (p - y).abs();
        if e <= 1.0 {
            let sinh = e.sinh();
            0.5 * (sinh * sinh).ln_1p()
        } else {
            e + ((-2.0 * e).exp().ln_1p() - LN_2)
        }
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        (p - y).tanh()
    }
}
