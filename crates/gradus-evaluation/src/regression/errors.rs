//! How far predicted numbers are from the truth, on average.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::regression::residuals::{Residuals, check_finite};
use crate::weights::Weights;
use gradus_numeric::ldexp;
use std::iter::zip;

/// The mean of the squared errors.
///
/// ```math
/// \frac{1}{n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`n`$ the number of samples. Its root,
/// [`root_mean_squared_error`], has the unit of the truth.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the mean absolute error is at most its root | `mean_absolute_error_is_at_most_the_root_mean_square` |
/// | adding one number to truth and prediction changes nothing | `errors_do_not_depend_on_the_zero_point` |
///
/// # Numerics
///
/// Errors are squared in a unit near the largest of them and their sum is compensated: the result is wrong by a few
/// units in the last place, however many samples there are. It is infinite only where it is larger than `f64::MAX`.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TruthNotFinite`],
/// [`EvaluationError::PredictionNotFinite`].
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
    Ok(mean_square(&Residuals::new(truth, predicted)?))
}

/// The mean of the squared errors, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{\sum_i w_i (\hat{y}_i - y_i)^2}{\sum_i w_i}
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`w`$ `weights`. Weights make up for samples that were drawn more or less often than they
/// will come, or count what an error costs; a factor of all of them changes nothing.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weights of whole numbers are samples repeated | `weights_are_samples_repeated` |
/// | weights of one power of two change no bit | `equal_weights_change_nothing` |
/// | samples of weight 0 are none, to the bit | `samples_of_weight_zero_are_none` |
///
/// # Numerics
///
/// As [`mean_squared_error`]; weights may be of any size, since they are divided by a power of two near the largest, but not too far apart.
///
/// # Errors
///
/// As [`mean_squared_error`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_squared_error_weighted;
///
/// let squares = mean_squared_error_weighted(&[1.0, 2.0], &[2.0, 5.0], &[3.0, 1.0])?;
/// assert_eq!(squares, 3.0); // (3 · 1 + 1 · 9) / 4
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn mean_squared_error_weighted(
    truth: &[f64],
    predicted: &[f64],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    Ok(mean_square(&Residuals::weighted(
        truth, predicted, weights,
    )?))
}

/// The root of the mean of the squared errors.
///
/// ```math
/// \sqrt{\frac{1}{n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2}
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`n`$ the number of samples: a typical error, in the unit of
/// the truth, in which large errors count more than their share.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the root of the mean squared error | `errors_scale_with_the_unit` |
/// | it is at least the mean absolute error | `mean_absolute_error_is_at_most_the_root_mean_square` |
///
/// # Numerics
///
/// The root is taken before the unit is put back, so errors of 1e200, whose squares overflow, have one.
///
/// # Errors
///
/// As [`mean_squared_error`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::root_mean_squared_error;
///
/// assert_eq!(root_mean_squared_error(&[0.0, 0.0], &[1.0, 7.0])?, 5.0); // √((1 + 49) / 2)
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[doc(alias = "RMSE")]
pub fn root_mean_squared_error(truth: &[f64], predicted: &[f64]) -> Result<f64, EvaluationError> {
    Ok(root_mean_square(&Residuals::new(truth, predicted)?))
}

/// The root of [`mean_squared_error_weighted`].
///
/// ```math
/// \sqrt{\frac{\sum_i w_i (\hat{y}_i - y_i)^2}{\sum_i w_i}}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weights of whole numbers are samples repeated | `weights_are_samples_repeated` |
/// | weights of one power of two change no bit | `equal_weights_change_nothing` |
/// | samples of weight 0 are none, to the bit | `samples_of_weight_zero_are_none` |
///
/// # Errors
///
/// As [`mean_squared_error_weighted`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::root_mean_squared_error_weighted;
///
/// let root = root_mean_squared_error_weighted(&[0.0, 0.0], &[5.0, 1.0], &[1.0, 2.0])?;
/// assert_eq!(root, 3.0); // √((1 · 25 + 2 · 1) / 3)
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn root_mean_squared_error_weighted(
    truth: &[f64],
    predicted: &[f64],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    Ok(root_mean_square(&Residuals::weighted(
        truth, predicted, weights,
    )?))
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
/// | the mean of equal errors is that error, to the bit | `means_of_equal_errors_are_exact` |
///
/// # Numerics
///
/// The sum is compensated and the mean rounded once: ten million errors of 0.1 have the mean 0.1.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TruthNotFinite`],
/// [`EvaluationError::PredictionNotFinite`].
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
    Ok(mean_distance(&Residuals::new(truth, predicted)?))
}

/// The mean of the absolute errors, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{\sum_i w_i |\hat{y}_i - y_i|}{\sum_i w_i}
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`w`$ `weights`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weights of whole numbers are samples repeated | `weights_are_samples_repeated` |
/// | weights of one power of two change no bit | `equal_weights_change_nothing` |
/// | samples of weight 0 are none, to the bit | `samples_of_weight_zero_are_none` |
///
/// # Errors
///
/// As [`mean_squared_error_weighted`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_absolute_error_weighted;
///
/// let mean = mean_absolute_error_weighted(&[1.0, 2.0], &[2.0, 5.0], &[3.0, 1.0])?;
/// assert_eq!(mean, 1.5); // (3 · 1 + 1 · 3) / 4
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn mean_absolute_error_weighted(
    truth: &[f64],
    predicted: &[f64],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    Ok(mean_distance(&Residuals::weighted(
        truth, predicted, weights,
    )?))
}

/// The mean of the absolute errors, each as a share of its true value.
///
/// ```math
/// \frac{1}{n} \sum_{i=1}^{n} \left| \frac{\hat{y}_i - y_i}{y_i} \right|
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`n`$ the number of samples; 0.05 is five percent. A prediction
/// that is too large can be wrong by more than 1, one between 0 and the truth cannot: minimizing this measure prefers
/// predictions that are too small.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it does not depend on the unit | `relative_errors_do_not_depend_on_the_unit` |
///
/// # Errors
///
/// [`EvaluationError::ZeroTruth`], because nothing is a share of 0 (scikit-learn divides by 2.2e-16 there); and those
/// of [`mean_squared_error`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_absolute_percentage_error;
///
/// assert_eq!(mean_absolute_percentage_error(&[2.0, -4.0], &[3.0, -4.0])?, 0.25); // (1/2 + 0) / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[doc(alias = "MAPE")]
pub fn mean_absolute_percentage_error(
    truth: &[f64],
    predicted: &[f64],
) -> Result<f64, EvaluationError> {
    mean_share(truth, predicted, Weights::Equal)
}

/// The mean of the absolute errors, each as a share of its true value, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{1}{\sum_i w_i} \sum_i w_i \left| \frac{\hat{y}_i - y_i}{y_i} \right|
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted` and $`w`$ `weights`. A true value of 0 is allowed where the weight is 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weights of whole numbers are samples repeated | `weights_are_samples_repeated` |
/// | weights of one power of two change no bit | `equal_weights_change_nothing` |
/// | samples of weight 0 are none, to the bit | `samples_of_weight_zero_are_none` |
///
/// # Errors
///
/// As [`mean_absolute_percentage_error`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_absolute_percentage_error_weighted;
///
/// let share = mean_absolute_percentage_error_weighted(&[2.0, -4.0], &[3.0, -4.0], &[1.0, 3.0])?;
/// assert_eq!(share, 0.125); // (1 · 1/2 + 3 · 0) / 4
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn mean_absolute_percentage_error_weighted(
    truth: &[f64],
    predicted: &[f64],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    mean_share(truth, predicted, Weights::each(weights, truth.len())?)
}

fn mean_square(errors: &Residuals<'_>) -> f64 {
    ldexp(errors.mean(|e| e * e), 2 * errors.exponent())
}

fn root_mean_square(errors: &Residuals<'_>) -> f64 {
    ldexp(errors.mean(|e| e * e).sqrt(), errors.exponent())
}

fn mean_distance(errors: &Residuals<'_>) -> f64 {
    ldexp(errors.mean(f64::abs), errors.exponent())
}

fn mean_share(
    truth: &[f64],
    predicted: &[f64],
    weights: Weights<'_>,
) -> Result<f64, EvaluationError> {
    check_finite(truth, predicted)?;
    let zero = |(sample, y): (usize, &f64)| *y == 0.0 && weights.counts(sample);
    if let Some(sample) = truth.iter().enumerate().position(zero) {
        return Err(EvaluationError::ZeroTruth { sample });
    }
    let share = |(y, p): (&f64, &f64)| {
        let error = p - y;
        // Halves where the difference overflows: the share itself may be small.
        if error.is_finite() {
            (error / y).abs()
        } else {
            ((p / 2.0 - y / 2.0) / (y / 2.0)).abs()
        }
    };
    let shares: Vec<f64> = zip(truth, predicted).map(share).collect();
    Ok(weights.mean(&shares))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(mean_squared_error(&[0.0], &[-3.0]), Ok(9.0));
        assert_eq!(mean_absolute_error(&[0.0], &[-3.0]), Ok(3.0));
        assert_eq!(root_mean_squared_error(&[2.0], &[-1.0]), Ok(3.0));
        assert_eq!(mean_absolute_percentage_error(&[4.0], &[1.0]), Ok(0.75));
        assert_eq!(mean_squared_error(&[], &[]), Err(EvaluationError::Empty));
    }

    #[test]
    fn what_is_no_number_is_named() {
        let (sample, value) = (1, f64::INFINITY);
        assert_eq!(
            mean_squared_error(&[1.0, value], &[f64::NAN, 1.0]),
            Err(EvaluationError::TruthNotFinite { sample, value })
        );
        assert_eq!(
            mean_absolute_error(&[1.0, 1.0], &[1.0, value]),
            Err(EvaluationError::PredictionNotFinite { sample, value })
        );
        assert_eq!(
            mean_absolute_percentage_error(&[1.0, 0.0], &[1.0, 0.0]),
            Err(EvaluationError::ZeroTruth { sample })
        );
    }

    #[test]
    fn huge_and_tiny_errors_are_not_lost() {
        const MAX: f64 = f64::MAX;
        // one error of 2 · MAX among four: their mean is MAX / 2
        let truth = [-MAX, 0.0, 0.0, 0.0];
        let predicted = [MAX, 0.0, 0.0, 0.0];
        assert_eq!(mean_absolute_error(&truth, &predicted), Ok(MAX / 2.0));
        assert_eq!(mean_squared_error(&[0.0], &[1e200]), Ok(f64::INFINITY));
        assert_eq!(root_mean_squared_error(&[0.0], &[1e200]), Ok(1e200));
        assert_eq!(root_mean_squared_error(&[0.0], &[5e-324]), Ok(5e-324));
        assert_eq!(mean_absolute_error(&[1.0; 3], &[1.0; 3]), Ok(0.0));
    }
}
