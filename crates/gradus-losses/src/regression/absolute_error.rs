//! The absolute error: the median minimizes it.

use crate::kernel::pointwise::Pointwise;
use gradus_numeric::Real;

/// The absolute error of one number.
///
/// ```math
/// \ell(p, y) = |p - y|, \qquad \frac{\partial \ell}{\partial p} = \operatorname{sgn}(p - y),
/// \quad \operatorname{sgn}(0) = 0
/// ```
///
/// where $`p`$ is the prediction and $`y`$ the target.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(y, y) = 0`$ and $`\ell \ge 0`$ | `losses_are_zero_at_the_target_and_never_negative` |
///
/// # Examples
///
/// ```
/// use gradus_losses::absolute_error;
///
/// assert_eq!(absolute_error(1.0, 3.5), 2.5);
/// ```
#[inline(always)]
pub fn absolute_error<R: Real>(prediction: R, target: R) -> R {
    (prediction - target).abs()
}

/// The absolute error of each sample, summed over its outputs.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} |p_k - y_k|, \qquad
/// \frac{\partial \ell}{\partial p_k} = \operatorname{sgn}(p_k - y_k), \quad \operatorname{sgn}(0) = 0
/// ```
///
/// where $`p`$ is the prediction for one sample, $`y`$ its target and $`m`$ the number of outputs. At
/// $`p_k = y_k`$ every number in $`[-1, 1]`$ is a subgradient; 0 is the one of smallest magnitude.
///
/// Every error pulls with the same force, however large it is, so outliers pull no harder than others.
/// Previous: [`SquaredError`](crate::SquaredError). *Exercise:* show that the constant of smallest mean absolute
/// error is a median.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(y, y) = 0`$ and $`\ell \ge 0`$ | `losses_are_zero_at_the_target_and_never_negative` |
/// | minimal at a median | `a_median_minimizes_the_absolute_error` |
/// | convex | `losses_are_convex_in_the_prediction` |
/// | gradient = differences, off the kink | `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::LabelsForValues`](crate::LossError::LabelsForValues) for labels, [`LossError::TargetShape`](crate::LossError::TargetShape) for a target of another shape.
///
/// # Examples
///
/// ```
/// use gradus_losses::{AbsoluteError, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[1.0, 4.0]); // two outputs of one sample
/// let target = Target::Values(MatrixRef::from_column(&[0.0, 6.0]));
/// assert_eq!(AbsoluteError.value(prediction, target, Weights::Equal, 1.0)?, 1.0 + 2.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// P. J. Huber and E. M. Ronchetti, *Robust Statistics*, 2nd ed., 2009, section 1.4.
#[doc(alias = "MAE")]
#[doc(alias = "L1 loss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AbsoluteError;

impl Pointwise for AbsoluteError {
    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        absolute_error(p, y)
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        let e = p - y;
        if e > 0.0 {
            1.0
        } else if e < 0.0 {
            -1.0
        } else {
            e * 0.0 // 0 at the kink; NaN stays NaN
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AbsoluteError, absolute_error};
    use crate::kernel::pointwise::Pointwise;

    #[test]
    fn by_hand() {
        assert_eq!(absolute_error(-1.0, 2.0), 3.0);
        assert_eq!(absolute_error(0.5_f32, 0.25), 0.25);
    }

    /// jax#37820 and the ones of burn#2249: the slope of |x| at 0 is 0.
    #[test]
    fn regression_the_slope_at_the_kink_is_zero() {
        assert_eq!(AbsoluteError.slope(2.0, 2.0), 0.0);
        assert_eq!(AbsoluteError.slope(2.0, 2.0_f64.next_down()), 1.0);
        assert_eq!(AbsoluteError.slope(2.0, 2.0_f64.next_up()), -1.0);
        assert!(AbsoluteError.slope(f64::NAN, 2.0).is_nan());
    }
}
