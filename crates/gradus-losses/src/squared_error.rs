//! The squared error, whose mean is the conditional expectation's loss.

use crate::check;
use crate::columnwise::{Batch, Columnwise, columnwise};
use crate::error::LossError;
use crate::lanes::{LANES, Lanes};
use crate::target::Weights;
use gradus_numeric::{Float, Real};
use std::iter::zip;

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
/// [`LossError::LabelsForValues`] for labels, [`LossError::TargetShape`] for a target of another shape.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, SquaredError, Target, Weights};
/// use gradus_numeric::MatrixRef;
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

columnwise!(SquaredError);

impl Columnwise for SquaredError {
    type Known<T: Float> = ();

    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        check::values(batch).map(drop)
    }

    #[inline(always)]
    fn losses<T: Float>(&self, batch: Batch<'_, T>, start: usize) -> (Lanes, ()) {
        let mut losses = [0.0; LANES];
        for i in 0..batch.prediction.rows() {
            let (p, y) = (batch.prediction(i, start), batch.target(i, start));
            for (loss, (p, y)) in zip(&mut losses, zip(p, y)) {
                *loss += squared_error(p.to_f64(), y);
            }
        }
        (losses, ())
    }

    #[inline(always)]
    fn slopes<T: Float>(&self, batch: Batch<'_, T>, start: usize, i: usize, (): &()) -> Lanes {
        let mut slopes = batch.target(i, start);
        for (slope, p) in zip(&mut slopes, batch.prediction(i, start)) {
            *slope = 2.0 * (p.to_f64() - *slope);
        }
        slopes
    }
}

#[cfg(test)]
mod tests {
    use super::{SquaredError, squared_error};
    use crate::{Loss, Target, Weights};
    use gradus_numeric::{MatrixMut, MatrixRef, NumericError, Order, Shape};

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
            let expected: Vec<f64> = row.iter().map(|e| 2.0 * e).collect();
            assert_eq!(gradient.row(i).collect::<Vec<_>>(), expected);
        }
        Ok::<(), NumericError>(()).map_err(Into::into)
    }
}
