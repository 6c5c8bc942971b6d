//! Tukey's biweight: far outliers do not pull at all.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Tukey's biweight of each sample, summed over its outputs: far outliers do not pull at all.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \frac{c^2}{6} \begin{cases}
/// 1 - (1 - s_k)^3 & s_k \le 1 \\ 1 & \text{otherwise}
/// \end{cases}, \qquad s_k = \frac{(p_k - y_k)^2}{c^2}, \qquad
/// \frac{\partial \ell}{\partial p_k} = (p_k - y_k) \max(0, 1 - s_k)^2
/// ```
///
/// where $`p`$ is the prediction for one sample, $`y`$ its target and $`c`$ is `scale`. Errors beyond $`c`$ cost
/// $`c^2 / 6`$, whatever they are. It is not convex, and flat where it should be left: start from a fit by
/// [`Huber`](crate::Huber).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell \le \min(e^2 / 2, c^2 / 6)`$, no pull beyond $`c`$ | `robust_losses_bound_their_pull` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// $`1 - (1 - s)^3 = s\,(3 - 3s + s^2)`$ keeps the digits of small errors.
///
/// # Errors
///
/// [`LossError::NotPositive`] unless $`c`$ is finite and positive, [`LossError::LabelsForValues`],
/// [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Target, Tukey, Weights};
///
/// let prediction = MatrixRef::from_column(&[1.0, 1e9]);
/// let target = Target::Values(MatrixRef::from_column(&[0.0, 0.0]));
/// let value = Tukey { scale: 2.0 }.value(prediction, target, Weights::Equal, 1.0)?;
/// assert!((value - 4.0 / 6.0 * (1.0 - 27.0 / 64.0 + 1.0)).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// A. E. Beaton and J. W. Tukey, *The fitting of power series, meaning polynomials, illustrated on band-spectroscopic
/// data*, Technometrics 16 (1974), 147–185, <https://doi.org/10.1080/00401706.1974.10489171>.
#[doc(alias = "bisquare")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tukey {
    /// $`c`$: beyond which error nothing pulls.
    pub scale: f64,
}

/// $`c = 4.685`$: 95 % efficient on errors of a normal distribution with unit variance.
impl Default for Tukey {
    fn default() -> Self {
        Self { scale: 4.685 }
    }
}

impl Pointwise for Tukey {
    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        check::positive("scale", self.scale)?;
        check::values(batch).map(drop)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let x = (p - y) / self.scale;
        let s = if x.abs() > 1.0 { 1.0 } else { x * x }; // not so for NaN, which flows
        self.scale * (s * (3.0 - 3.0 * s + s * s) / 6.0) * self.scale
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        let (e, x) = (p - y, (p - y) / self.scale);
        if x.abs() > 1.0 {
            0.0
        } else {
            e * (1.0 - x * x) * (1.0 - x * x)
        }
    }
}
