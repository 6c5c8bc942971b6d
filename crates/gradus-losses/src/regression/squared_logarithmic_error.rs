//! The squared logarithmic error: relative errors of large numbers.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// The squared difference of the logarithms of each sample, summed over its outputs.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} \bigl(\ln(1 + p_k) - \ln(1 + y_k)\bigr)^2, \qquad
/// \frac{\partial \ell}{\partial p_k} = \frac{2 \bigl(\ln(1 + p_k) - \ln(1 + y_k)\bigr)}{1 + p_k}
/// ```
///
/// where $`p`$ is the prediction for one sample and $`y`$ its target, both above $`-1`$. For large numbers it is the
/// square of the *relative* error: 900 for 1000 costs as much as 90 for 100. Twice too little costs more than twice too
/// much.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is [`SquaredError`](crate::SquaredError) of the logarithms | `the_squared_logarithmic_error_is_that_of_the_logarithms` |
/// | 0 at the target, never negative; gradient = differences | `losses_are_zero_at_the_target_and_never_negative`, `gradients_are_derivatives` |
///
/// # Numerics
///
/// The difference is $`\ln(1 + (p - y) / (1 + y))`$, or with $`p`$ and $`y`$ exchanged, so that the argument is not
/// negative: it keeps its digits where $`p`$ is near $`y`$, and where one is much larger. It is not convex
/// for $`p > e (1 + y) - 1`$.
///
/// # Errors
///
/// [`LossError::PredictionOutsideDomain`] and [`LossError::TargetOutsideDomain`] for numbers that are not above $`-1`$,
/// NaN included; [`LossError::LabelsForValues`], [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, SquaredLogarithmicError, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[3.0, 99.0]);
/// let target = Target::Values(MatrixRef::from_column(&[1.0, 49.0]));
/// let value = SquaredLogarithmicError.value(prediction, target, Weights::Equal, 1.0)?;
/// assert!((value - 2.0 * 2_f64.ln().powi(2)).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// As `mean_squared_log_error` in scikit-learn and `MeanSquaredLogarithmicError` in Keras (which clips at 0).
#[doc(alias = "MSLE")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SquaredLogarithmicError;

impl Pointwise for SquaredLogarithmicError {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::targets(batch, weights, Domain::AboveMinusOne)?;
        check::predictions(batch, weights, Domain::AboveMinusOne)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let difference = difference_of_logarithms(p, y);
        difference * difference
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        2.0 * difference_of_logarithms(p, y) / (1.0 + p)
    }
}

/// $`\ln(1 + p) - \ln(1 + y)`$.
#[inline(always)]
fn difference_of_logarithms(p: f64, y: f64) -> f64 {
    if p >= y {
        ((p - y) / (1.0 + y)).ln_1p()
    } else {
        -((y - p) / (1.0 + p)).ln_1p()
    }
}
