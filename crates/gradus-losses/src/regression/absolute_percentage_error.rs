//! The absolute percentage error: relative to the target.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The absolute error in units of the target of each sample, summed over its outputs.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \frac{\lvert p_k - y_k \rvert}{\lvert y_k \rvert}, \qquad
/// \frac{\partial \ell}{\partial p_k} = \frac{\operatorname{sgn}(p_k - y_k)}{\lvert y_k \rvert}, \quad \operatorname{sgn}(0) = 0
/// ```
///
/// where $`p`$ is the prediction for one sample and $`y \ne 0`$ its target. As a fraction, like scikit-learn's; Keras
/// multiplies by 100. Predictions that are too low can cost 1 at most, so the best constant lies below the median.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(c p, c y) = \ell(p, y)`$ | `the_percentage_error_has_no_unit` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::TargetOutsideDomain`] for targets that are 0 or not finite: others divide by a small number instead, and
/// the loss is then about that number. [`LossError::LabelsForValues`], [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{AbsolutePercentageError, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[3.0, -90.0]);
/// let target = Target::Values(MatrixRef::from_column(&[2.0, -100.0]));
/// let value = AbsolutePercentageError.value(prediction, target, Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.5 + 0.1);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// R. J. Hyndman and A. B. Koehler, *Another look at measures of forecast accuracy* (2006), section 2.2,
/// <https://doi.org/10.1016/j.ijforecast.2006.03.001>.
#[doc(alias = "MAPE")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AbsolutePercentageError;

impl Pointwise for AbsolutePercentageError {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::targets(batch, weights, Domain::NotZero)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        ((p - y) / y).abs()
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        let e = p - y;
        let sign = if e > 0.0 {
            1.0
        } else if e < 0.0 {
            -1.0
        } else {
            e * 0.0 // 0 at the kink; NaN stays NaN
        };
        sign / y.abs()
    }
}
