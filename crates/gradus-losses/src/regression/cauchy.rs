//! Cauchy's loss: outliers pull less, the farther they are.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Cauchy's loss of each sample, summed over its outputs: outliers pull less, the farther they are.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \frac{c^2}{2} \ln\Bigl(1 + \frac{e_k^2}{c^2}\Bigr), \qquad e = p - y, \qquad
/// \frac{\partial \ell}{\partial p_k} = \frac{e_k}{1 + e_k^2 / c^2}
/// ```
///
/// where $`p`$ is the prediction for one sample, $`y`$ its target and $`c`$ is `scale`. Up to constants it is the negative
/// log-density of a Cauchy distribution. The pull is strongest at $`\lvert e \rvert = c`$ and falls as $`c^2 / e`$. It is
/// not convex: start from a fit by [`Huber`](crate::Huber).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell \le e^2 / 2`$ and $`\lvert \partial \ell / \partial p \rvert \le c / 2`$ | `robust_losses_bound_their_pull` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// No square overflows: far from the target $`\ln(1 + x^2) = 2 \ln \lvert x \rvert + \ln(1 + x^{-2})`$.
///
/// # Errors
///
/// [`LossError::NotPositive`] unless $`c`$ is finite and positive, [`LossError::LabelsForValues`],
/// [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Cauchy, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[2.0]);
/// let target = Target::Values(MatrixRef::from_column(&[0.0]));
/// let value = Cauchy { scale: 2.0 }.value(prediction, target, Weights::Equal, 1.0)?;
/// assert_eq!(value, 2.0 * 2_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// M. J. Black and P. Anandan, *The robust estimation of multiple motions* (1996), table 1,
/// <https://doi.org/10.1006/cviu.1996.0006>; J. T. Barron, *A general and adaptive robust loss function* (2019), equation 3.
#[doc(alias = "Lorentzian")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cauchy {
    /// $`c`$: the error of the strongest pull.
    pub scale: f64,
}

impl Pointwise for Cauchy {
    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        check::positive("scale", self.scale)?;
        check::values(batch).map(drop)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let x = ((p - y) / self.scale).abs();
        let half_logarithm = if x <= 1.0 {
            0.5 * (x * x).ln_1p()
        } else {
            x.ln() + 0.5 * (1.0 / x / x).ln_1p()
        };
        self.scale * half_logarithm * self.scale
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        let x = (p - y) / self.scale;
        if x.abs() <= 1.0 {
            (p - y) / (1.0 + x * x)
        } else {
            self.scale / (x + 1.0 / x)
        }
    }
}
