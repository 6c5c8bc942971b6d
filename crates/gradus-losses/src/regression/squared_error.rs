//! The squared error: the mean minimizes it.

use crate::kernel::pointwise::Pointwise;
use gradus_numeric::Real;

/// The squared error of one number, without the factor ½.
///
/// ```math
/// \ell(p, y) = (p - y)^2, \qquad \frac{\partial \ell}{\partial p} = 2 (p - y)
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
/// use gradus_losses::squared_error;
///
/// assert_eq!(squared_error(3.0, 1.0), 4.0);
/// ```
#[inline(always)]
pub fn squared_error<R: Real>(prediction: R, target: R) -> R {
    let e = prediction - target;
    e * e
}

/// The squared error of each sample, summed over its outputs, without the factor ½.
///
/// ```math
/// \ell(p, y) = \sum_{k=1}^{m} (p_k - y_k)^2, \qquad \frac{\partial \ell}{\partial p_k} = 2 (p_k - y_k)
/// ```
///
/// where $`p`$ is the prediction for one sample, $`y`$ its target and $`m`$ the number of outputs. The mean
/// over the samples, *the* mean squared error of one output, is the batch loss with
/// [`Reduction::Mean`](crate::Reduction::Mean); the mean over the outputs too, which Keras and PyTorch take,
/// is [`Reduction::ElementMean`](crate::Reduction::ElementMean).
///
/// The factor matters: with $`\tfrac{1}{2} (p - y)^2`$ the gradient is $`p - y`$ and the same learning rate
/// takes half the step. A denominator of $`2n`$ gives that convention.
///
/// Next: [`AbsoluteError`](crate::AbsoluteError), which outliers disturb less. *Exercise:* show that the
/// constant prediction of smallest mean squared error is the mean of the targets, and that the error left is
/// their variance; find the property test.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(y, y) = 0`$ and $`\ell \ge 0`$ | `losses_are_zero_at_the_target_and_never_negative` |
/// | mean squared error = variance + squared mean of the errors | `mean_squared_error_is_variance_plus_squared_bias` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::LabelsForValues`](crate::LossError::LabelsForValues) for labels, [`LossError::TargetShape`](crate::LossError::TargetShape) for a target of another shape.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, SquaredError, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[1.0, 4.0]); // two outputs of one sample
/// let target = Target::Values(MatrixRef::from_column(&[0.0, 2.0]));
/// assert_eq!(SquaredError.value(prediction, target, Weights::Equal, 1.0)?, 1.0 + 4.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009,
/// equation (2.9).
#[doc(alias = "MSE")]
#[doc(alias = "L2 loss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SquaredError;

impl Pointwise for SquaredError {
    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        squared_error(p, y)
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        2.0 * (p - y)
    }
}

#[cfg(test)]
mod tests {
    use super::{SquaredError, squared_error};
    use crate::{Loss, Target, Weights};
    use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

    #[test]
    fn by_hand() {
        assert_eq!(squared_error(-1.0, 2.0), 9.0);
        assert_eq!(squared_error(0.5_f32, 0.0), 0.25);
    }

    #[test]
    fn both_orders_write_the_same_numbers() -> Result<(), Box<dyn std::error::Error>> {
        let shape = Shape::new(2, 3);
        let prediction = MatrixRef::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], shape, Order::Rows)?;
        let target = MatrixRef::new(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], shape, Order::Columns)?;
        let errors = [[1.0, 0.0, -1.0], [3.0, 2.0, 1.0]]; // p - y
        let mut memory = [f64::NAN; 6];
        let gradient = MatrixMut::new(&mut memory, shape, Order::Columns)?;
        let value = SquaredError.value_and_gradient(
            prediction,
            Target::Values(target),
            Weights::Equal,
            1.0,
            gradient,
        )?;
        assert_eq!(value, 16.0);
        let gradient = MatrixRef::new(&memory, shape, Order::Columns)?;
        for (i, row) in errors.iter().enumerate() {
            assert!(gradient.row(i).eq(row.map(|e| 2.0 * e)));
        }
        Ok(())
    }

    /// Articles 002 §3.1 and 004: a mean without ½ whose update has no factor 2, and a gradient without mean.
    #[test]
    fn erratum_the_gradient_of_a_square_has_a_factor_two() {
        let (p, y, h) = (3.0_f64, 1.0, 1e-3);
        let difference = (squared_error(p + h, y) - squared_error(p - h, y)) / (2.0 * h);
        assert!((2.0 * (p - y) - difference).abs() < 1e-9); // exact but for rounding: a parabola
        assert!(((p - y) - difference).abs() > 1.0); // the articles'
    }
}
