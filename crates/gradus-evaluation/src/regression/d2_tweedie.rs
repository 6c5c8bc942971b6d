//! How much of the deviance of the mean a prediction explains.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::regression::deviance::deviances;
use crate::regression::explained::{r_squared, r_squared_weighted};
use crate::regression::residuals::check_varies;
use crate::share::saved;
use crate::weights::Weights;

/// The share of the Tweedie deviance that a prediction explains.
///
/// ```math
/// D^2 = 1 - \frac{\sum_i d_q(y_i, \hat{y}_i)}{\sum_i d_q(y_i, \bar{y})}
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted`, $`q`$ `power`, $`\bar{y}`$ the mean of the truth, which is the best constant, and $`d_q`$ the
/// deviance of [`mean_tweedie_deviance`](crate::mean_tweedie_deviance). As $`R^2`$, which it is for $`q = 0`$: 1 is perfect, 0 is as good as always
/// predicting the mean, and worse predictions are negative.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 1 for the truth, 0 for the mean, at most 1 | `d2_is_one_at_the_truth_and_zero_at_the_best_constant` |
/// | $`R^2`$ for power 0, to the bit | `d2_of_squares_is_r_squared` |
/// | a factor of truth and prediction changes nothing | `d2_does_not_depend_on_the_unit` |
///
/// # Errors
///
/// As [`mean_tweedie_deviance`](crate::mean_tweedie_deviance); [`EvaluationError::ConstantTruth`] if there is nothing to explain,
/// [`EvaluationError::NotAShare`] if the deviance of the mean overflows, or is too small for a number.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::d2_tweedie;
///
/// // Inverse Gaussian, (y − p)² / (y p²): 1/18 and 1/36 for the mean 3, 0 and 1/36 for the prediction.
/// let d2 = d2_tweedie(&[2.0, 4.0], &[2.0, 6.0], 3.0)?;
/// assert!((d2 - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// T. Hastie, R. Tibshirani and M. Wainwright, *Statistical Learning with Sparsity* (2015), equation (3.11).
#[doc(alias = "d2_tweedie_score")]
#[doc(alias = "explained deviance")]
pub fn d2_tweedie(truth: &[f64], predicted: &[f64], power: f64) -> Result<f64, EvaluationError> {
    explained(truth, predicted, power, Weights::Equal)
}

/// The share of the Tweedie deviance that a prediction explains, where each sample counts as often as its weight says.
///
/// ```math
/// D^2 = 1 - \frac{\sum_i w_i \, d_q(y_i, \hat{y}_i)}{\sum_i w_i \, d_q(y_i, \bar{y})}, \qquad \bar{y} = \frac{\sum_i w_i y_i}{\sum_i w_i}
/// ```
///
/// with the terms of [`d2_tweedie`] and `weights` $`w`$.
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
/// As [`d2_tweedie`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::d2_tweedie_weighted;
///
/// // Poisson: the mean is 1 = (1 · 3 + 2 · 0) / 3, which explains nothing.
/// assert_eq!(d2_tweedie_weighted(&[3.0, 0.0], &[1.0, 1.0], 1.0, &[1.0, 2.0])?, 0.0);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn d2_tweedie_weighted(
    truth: &[f64],
    predicted: &[f64],
    power: f64,
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    explained(
        truth,
        predicted,
        power,
        Weights::each(weights, truth.len())?,
    )
}

fn explained(
    truth: &[f64],
    predicted: &[f64],
    power: f64,
    weights: Weights<'_>,
) -> Result<f64, EvaluationError> {
    if power == 0.0 {
        // R² works in a unit of the data, in which no square overflows.
        return match weights {
            Weights::Equal => r_squared(truth, predicted),
            Weights::Each(weights) => r_squared_weighted(truth, predicted, weights),
        };
    }
    let loss = weights.mean(&deviances(truth, predicted, power)?);
    check_varies(truth, weights)?;
    // Not negative and not all 0, so the mean is positive; but it may be too small for a number.
    let mean = weights.mean(truth).max(SMALLEST);
    let constant = weights.mean(&deviances(truth, &vec![mean; truth.len()], power)?);
    saved(loss, constant)
}

const SMALLEST: f64 = f64::from_bits(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_share_is_an_error() {
        let value = 2.0;
        let constant = Err(EvaluationError::ConstantTruth { value });
        assert_eq!(d2_tweedie(&[2.0, 2.0], &[1.0, 2.0], 1.0), constant);
        assert_eq!(d2_tweedie(&[2.0], &[2.0], 0.0), constant);
        assert_eq!(d2_tweedie(&[], &[], 1.0), Err(EvaluationError::Empty));
        // The deviances of the mean are about 10⁴⁰⁰.
        let huge = d2_tweedie(&[1e-100, 3e-100], &[1e-100, 3e-100], 6.0);
        assert!(matches!(huge, Err(EvaluationError::NotAShare { .. })));
        assert_eq!(d2_tweedie(&[0.0, 5e-324], &[5e-324, 5e-324], 1.0), Ok(0.0));
        assert!(d2_tweedie_weighted(&[1.0, 2.0], &[1.0, 2.0], 1.0, &[0.0, 0.0]).is_err());
    }
}
