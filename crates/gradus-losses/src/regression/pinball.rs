//! The pinball loss: a quantile minimizes it.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The pinball loss of each sample, summed over its outputs: the quantile minimizes it.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \max\bigl(\tau\, (y_k - p_k),\ (1 - \tau)\, (p_k - y_k)\bigr), \qquad
/// \frac{\partial \ell}{\partial p_k} = \begin{cases} 1 - \tau & p_k > y_k \\ -\tau & p_k < y_k \\ 0 & p_k = y_k \end{cases}
/// ```
///
/// where $`p`$ is the prediction for one sample, $`y`$ its target and $`\tau \in (0, 1)`$ is `quantile`. Too low a
/// prediction costs $`\tau`$ a unit, too high a one $`1 - \tau`$; the two balance where a share $`\tau`$ of the targets
/// lies below. $`\tau = \tfrac{1}{2}`$ is half the absolute error. Two of them, for 5 % and 95 %, bracket a prediction.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a $`\tau`$-quantile of the targets is the best constant | `a_quantile_minimizes_the_pinball_loss` |
/// | $`\ell_\tau(p, y) = \ell_{1 - \tau}(-p, -y)`$ | `the_pinball_loss_is_reflected` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::OutsideInterval`] unless $`0 < \tau < 1`$, [`LossError::LabelsForValues`], [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Pinball, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[1.0, 5.0]);
/// let target = Target::Values(MatrixRef::from_column(&[3.0, 4.0]));
/// let value = Pinball { quantile: 0.75 }.value(prediction, target, Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.75 * 2.0 + 0.25 * 1.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// R. Koenker and G. Bassett, *Regression quantiles*, Econometrica 46 (1978), 33–50, <https://doi.org/10.2307/1913643>.
#[doc(alias = "quantile loss")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinball {
    /// $`\tau`$, between 0 and 1.
    pub quantile: f64,
}

impl Pointwise for Pinball {
    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        let inside = self.quantile > 0.0 && self.quantile < 1.0;
        check::inside("quantile", self.quantile, inside, "(0, 1)")?;
        check::values(batch).map(drop)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let e = p - y;
        if e < 0.0 {
            -self.quantile * e
        } else {
            (1.0 - self.quantile) * e
        }
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        let e = p - y;
        if e > 0.0 {
            1.0 - self.quantile
        } else if e < 0.0 {
            -self.quantile
        } else {
            e * 0.0 // 0 at the kink; NaN stays NaN
        }
    }
}
