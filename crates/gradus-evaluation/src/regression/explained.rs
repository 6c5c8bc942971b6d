//! How much of the variance of the truth a prediction explains.

use crate::error::EvaluationError;
use crate::regression::residuals::{Residuals, check_varies, in_unit};
use gradus_numeric::ldexp;

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
/// | adding one number to truth and prediction changes nothing | `errors_do_not_depend_on_the_zero_point` |
/// | a factor changes nothing | `errors_scale_with_the_unit` |
///
/// # Numerics
///
/// Errors and deviations are squared in units near the largest of each, so neither tiny nor huge numbers are lost.
/// The mean need not be a double: of 1e16 and 1e16 + 2 it is not, and their deviations are ±1 nevertheless.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TruthNotFinite`],
/// [`EvaluationError::PredictionNotFinite`], [`EvaluationError::ConstantTruth`] if there is no variance to explain.
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
    let errors = Residuals::new(truth, predicted)?;
    of_squares(truth, &errors)
}

/// The share of the variance of the truth that the prediction explains, where each sample counts as often as its weight says.
///
/// ```math
/// R^2 = 1 - \frac{\sum_i w_i (\hat{y}_i - y_i)^2}{\sum_i w_i (y_i - \bar{y})^2}, \qquad
/// \bar{y} = \frac{\sum_i w_i y_i}{\sum_i w_i}
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
/// As [`r_squared`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::r_squared_weighted;
///
/// // The weighted mean is 2, the variance around it (2 · 1 + 1 · 4) / 3 = 2, the mean squared error 2 · 1 / 3.
/// let r_squared = r_squared_weighted(&[1.0, 4.0], &[2.0, 4.0], &[2.0, 1.0])?;
/// assert!((r_squared - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn r_squared_weighted(
    truth: &[f64],
    predicted: &[f64],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    let errors = Residuals::weighted(truth, predicted, weights)?;
    of_squares(truth, &errors)
}

/// The share of the variance of the truth that is not variance of the errors.
///
/// ```math
/// 1 - \frac{\operatorname{Var}(\hat{y} - y)}{\operatorname{Var}(y)}
/// ```
///
/// where $`y`$ is `truth` and $`\hat{y}`$ `predicted`. It forgives an error that is the same for all samples: it is
/// [`r_squared`] of the prediction whose mean has been corrected.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | at least $`R^2`$, equal where the errors have mean 0 | `explained_variance_forgives_a_constant_error` |
///
/// # Errors
///
/// As [`r_squared`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{explained_variance, r_squared};
///
/// let (truth, predicted) = ([1.0, 2.0, 3.0], [2.0, 3.0, 4.0]); // one too much, always
/// assert_eq!(explained_variance(&truth, &predicted)?, 1.0);
/// assert_eq!(r_squared(&truth, &predicted)?, -0.5); // 1 - 3 / 2
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn explained_variance(truth: &[f64], predicted: &[f64]) -> Result<f64, EvaluationError> {
    let errors = Residuals::new(truth, predicted)?;
    of_variance(truth, &errors)
}

/// The share of the variance of the truth that is not variance of the errors, where each sample counts as often as its weight says.
///
/// ```math
/// 1 - \frac{\operatorname{Var}_w(\hat{y} - y)}{\operatorname{Var}_w(y)}, \qquad
/// \operatorname{Var}_w(x) = \frac{\sum_i w_i (x_i - \bar{x})^2}{\sum_i w_i}, \quad \bar{x} = \frac{\sum_i w_i x_i}{\sum_i w_i}
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
/// As [`r_squared_weighted`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::explained_variance_weighted;
///
/// // Errors 1 and 0: their mean is 2/3, their variance 2/9; that of the truth is 2.
/// let explained = explained_variance_weighted(&[1.0, 4.0], &[2.0, 4.0], &[2.0, 1.0])?;
/// assert!((explained - 8.0 / 9.0).abs() < 1e-15);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn explained_variance_weighted(
    truth: &[f64],
    predicted: &[f64],
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    let errors = Residuals::weighted(truth, predicted, weights)?;
    of_variance(truth, &errors)
}

fn of_squares(truth: &[f64], errors: &Residuals<'_>) -> Result<f64, EvaluationError> {
    explained(truth, errors.mean(|e| e * e), errors)
}

fn of_variance(truth: &[f64], errors: &Residuals<'_>) -> Result<f64, EvaluationError> {
    explained(truth, errors.variance(), errors)
}

/// `1 − mean square / variance of the truth`, the mean square in the unit of the errors.
fn explained(
    truth: &[f64],
    mean_square: f64,
    errors: &Residuals<'_>,
) -> Result<f64, EvaluationError> {
    let weights = errors.weights();
    check_varies(truth, weights)?;
    let (scaled, unit) = in_unit(truth.to_vec(), weights);
    let share = mean_square / weights.variance(&scaled);
    Ok(1.0 - ldexp(share, 2 * (errors.exponent() - unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(r_squared(&[-1.0, 1.0], &[3.0, 1.0]), Ok(-7.0)); // 1 - 16 / 2
        assert_eq!(explained_variance(&[-1.0, 1.0], &[3.0, 1.0]), Ok(-3.0)); // 1 - 4 / 1
    }

    #[test]
    fn constant_truth_has_nothing_to_explain() {
        let value = 2.5;
        let refused = Err(EvaluationError::ConstantTruth { value });
        assert_eq!(r_squared(&[2.5, 2.5], &[1.0, 4.0]), refused);
        assert_eq!(explained_variance(&[2.5, 2.5], &[1.0, 4.0]), refused);
    }

    #[test]
    fn a_small_variation_around_a_large_value_is_seen() {
        assert_eq!(
            r_squared(&[1e16, 1e16 + 2.0], &[1e16, 1e16]),
            Ok(-1.0) // 1 - (0 + 4) / (1 + 1)
        );
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
