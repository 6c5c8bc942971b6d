//! How far numbers are from the truth.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use std::iter::zip;

/// The mean of the squared errors.
///
/// ```math
/// \frac{1}{n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`n`$ the number of samples. Its root has the unit of the
/// truth.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the mean absolute error is at most its root | `mean_absolute_error_is_at_most_the_root_mean_square` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_squared_error;
///
/// assert_eq!(mean_squared_error(&[1.0, 2.0], &[2.0, 5.0])?, 5.0); // (1 + 9) / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[doc(alias = "MSE")]
pub fn mean_squared_error(truth: &[f64], predicted: &[f64]) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    Ok(sum_of_squares(zip(truth, predicted).map(|(y, p)| p - y)) / truth.len() as f64)
}

/// The mean of the absolute errors.
///
/// ```math
/// \frac{1}{n} \sum_{i=1}^{n} |\hat{y}_i - y_i|
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`n`$ the number of samples.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is at most the root of the mean squared error | `mean_absolute_error_is_at_most_the_root_mean_square` |
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_absolute_error;
///
/// assert_eq!(mean_absolute_error(&[1.0, 2.0], &[2.0, 5.0])?, 2.0); // (1 + 3) / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[doc(alias = "MAE")]
pub fn mean_absolute_error(truth: &[f64], predicted: &[f64]) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    let sum: f64 = zip(truth, predicted).map(|(y, p)| (p - y).abs()).sum();
    Ok(sum / truth.len() as f64)
}

/// The share of the variance of the truth that the prediction explains.
///
/// ```math
/// R^2 = 1 - \frac{\sum_i (\hat{y}_i - y_i)^2}{\sum_i (y_i - \bar{y})^2}, \qquad
/// \bar{y} = \frac{1}{n} \sum_i y_i
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`n`$ the number of samples. 1 is perfect, 0 is as good as
/// always predicting the mean, and worse predictions are negative.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for the truth, 0 for its mean, at most 1 | `r_squared_is_one_at_the_truth_and_zero_at_the_mean` |
///
/// # Numerics
///
/// Errors are squared in a unit near the greatest true value, so neither tiny nor huge numbers are lost.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::ConstantTruth`] if there is
/// no variance to explain.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::r_squared;
///
/// assert_eq!(r_squared(&[1.0, 2.0, 3.0], &[1.0, 2.0, 2.0])?, 0.5); // 1 - 1 / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// N. R. Draper and H. Smith, *Applied Regression Analysis*, 3rd ed., 1998, equation (1.3.3).
#[doc(alias = "coefficient of determination")]
pub fn r_squared(truth: &[f64], predicted: &[f64]) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    if truth.iter().all(|&y| y == truth[0]) {
        return Err(EvaluationError::ConstantTruth { value: truth[0] }); // not empty: checked
    }
    let unit = unit_of(truth);
    let mean = truth.iter().map(|y| y / unit).sum::<f64>() / truth.len() as f64;
    let unexplained = sum_of_squares(zip(truth, predicted).map(|(y, p)| p / unit - y / unit));
    Ok(1.0 - unexplained / sum_of_squares(truth.iter().map(|y| y / unit - mean)))
}

/// The power of two below the greatest magnitude: dividing by it is exact, and squares stay in range.
fn unit_of(numbers: &[f64]) -> f64 {
    let greatest = numbers.iter().fold(0.0_f64, |most, y| most.max(y.abs()));
    greatest.log2().floor().min(1023.0).exp2()
}

fn sum_of_squares(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.map(|e| e * e).sum()
}

#[cfg(test)]
mod tests {
    use super::{mean_absolute_error, mean_squared_error, r_squared};
    use crate::EvaluationError;

    #[test]
    fn by_hand() {
        assert_eq!(mean_squared_error(&[0.0], &[-3.0]), Ok(9.0));
        assert_eq!(mean_absolute_error(&[0.0], &[-3.0]), Ok(3.0));
        assert_eq!(r_squared(&[-1.0, 1.0], &[3.0, 1.0]), Ok(-7.0)); // 1 - 16 / 2
    }

    #[test]
    fn constant_truth_has_nothing_to_explain() {
        let value = 2.5;
        let refused = Err(EvaluationError::ConstantTruth { value });
        assert_eq!(r_squared(&[2.5, 2.5], &[1.0, 4.0]), refused);
        assert_eq!(mean_squared_error(&[], &[]), Err(EvaluationError::Empty));
    }

    #[test]
    fn squares_of_tiny_and_huge_numbers_are_not_lost() {
        for unit in [5e-324, 2.0_f64.powi(-700), 2.0_f64.powi(1000)] {
            let of = |x: [f64; 3]| x.map(|x| x * unit);
            assert_eq!(
                r_squared(&of([1.0, 2.0, 3.0]), &of([1.0, 2.0, 2.0])),
                Ok(0.5)
            );
        }
        let most = f64::MAX;
        assert_eq!(r_squared(&[-most, most], &[-most, most]), Ok(1.0));
    }
}
