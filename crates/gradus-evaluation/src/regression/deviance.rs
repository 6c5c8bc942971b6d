//! Deviances of counts and positive numbers.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::regression::residuals::check_finite;
use crate::weights::Weights;
use gradus_numeric::power_deviance;
use std::iter::zip;

/// The mean deviance of a Tweedie family of this power: an error that is measured as the data scatter.
///
/// ```math
/// \frac{2}{n} \sum_{i=1}^n \int_{\hat{y}_i}^{y_i} \frac{y_i - t}{t^q} \, dt =
/// \frac2n \sum_{i=1}^n \left( \frac{y_i^{2 - q}}{(1 - q)(2 - q)} - \frac{y_i \hat{y}_i^{1 - q}}{1 - q} + \frac{\hat{y}_i^{2 - q}}{2 - q} \right)
/// ```
///
/// where $`q`$ is `power`: the variance of a number of mean $`\mu`$ grows like $`\mu^q`$.
///
/// | $`q`$ | family | truth | prediction |
/// |---|---|---|---|
/// | 0 | normal: the mean squared error | any | any |
/// | 1 | Poisson: counts | $`\ge 0`$ | $`> 0`$ |
/// | 1 to 2 | sums of gamma numbers, of which there may be none: rain, damage | $`\ge 0`$ | $`> 0`$ |
/// | 2 | gamma: the relative error counts | $`> 0`$ | $`> 0`$ |
/// | above 2 | positive stable; 3 is the inverse Gaussian | $`> 0`$ | $`> 0`$ |
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | not negative, 0 for the truth | `deviances_are_distances` |
/// | $`d(c y, c \hat{y}) = c^{2 - q} d(y, \hat{y})`$ | `deviances_are_homogeneous` |
/// | of all constant predictions the mean has the smallest, for every $`q`$ | `the_mean_is_the_best_constant_of_every_deviance` |
///
/// # Numerics
///
/// Twice [`power_deviance`], which does not cancel where prediction and truth are near each other, and overflows only where the deviance does.
///
/// # Errors
///
/// [`EvaluationError::NotAPower`] unless the power is finite, and 0 or at least 1 (no family has one between, and below 0 none that is
/// used); [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::TruthNotFinite`],
/// [`EvaluationError::PredictionNotFinite`]; [`EvaluationError::TruthOutOfDomain`],
/// [`EvaluationError::PredictionNotPositive`] by the table.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_tweedie_deviance;
///
/// assert_eq!(mean_tweedie_deviance(&[1.0, 2.0], &[2.0, 5.0], 0.0)?, 5.0); // (1 + 9) / 2
/// // Poisson: 2 (y ln(y / μ) + μ − y), of y = 0 it is 2 μ.
/// assert_eq!(mean_tweedie_deviance(&[0.0], &[3.0], 1.0)?, 6.0);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// B. Jørgensen, *Exponential dispersion models*, J. R. Statist. Soc. B 49 (1987), 127–162, section 4; P. `McCullagh` and
/// J. A. Nelder, *Generalized Linear Models*, 2nd ed. (1989), section 2.3.
#[doc(alias = "Poisson deviance")]
#[doc(alias = "gamma deviance")]
pub fn mean_tweedie_deviance(
    truth: &[f64],
    predicted: &[f64],
    power: f64,
) -> Result<f64, EvaluationError> {
    Ok(Weights::Equal.mean(&deviances(truth, predicted, power)?))
}

/// The mean deviance of a Tweedie family of this power, in which each sample counts as often as its weight says.
///
/// ```math
/// \frac{2}{\sum_i w_i} \sum_i w_i \int_{\hat{y}_i}^{y_i} \frac{y_i - t}{t^q} \, dt
/// ```
///
/// where $`y`$ is `truth`, $`\hat{y}`$ `predicted`, $`q`$ `power` and $`w`$ `weights`: of rates, the time for which each was watched.
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
/// As [`mean_tweedie_deviance`]; [`EvaluationError::WeightsDiffer`], [`EvaluationError::NotAWeight`] for a weight that is negative, NaN or infinite,
/// [`EvaluationError::NoWeight`] if all are 0, [`EvaluationError::WeightsFarApart`] if one is 1e300 times another.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::mean_tweedie_deviance_weighted;
///
/// // Poisson: of y = 0 it is 2 μ.
/// let deviance = mean_tweedie_deviance_weighted(&[0.0, 1.0], &[3.0, 1.0], 1.0, &[1.0, 2.0])?;
/// assert_eq!(deviance, 2.0); // (1 · 6 + 2 · 0) / 3
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn mean_tweedie_deviance_weighted(
    truth: &[f64],
    predicted: &[f64],
    power: f64,
    weights: &[f64],
) -> Result<f64, EvaluationError> {
    check_lengths(truth.len(), predicted.len())?;
    let weights = Weights::each(weights, truth.len())?;
    Ok(weights.mean(&deviances(truth, predicted, power)?))
}

/// The deviance of each sample.
pub(crate) fn deviances(
    truth: &[f64],
    predicted: &[f64],
    power: f64,
) -> Result<Vec<f64>, EvaluationError> {
    if !(power.is_finite() && (power == 0.0 || power >= 1.0)) {
        return Err(EvaluationError::NotAPower { power });
    }
    check_finite(truth, predicted)?;
    if power >= 1.0 {
        check_domain(truth, predicted, power)?;
    }
    let of = |(&y, &p)| 2.0 * power_deviance(y, p, power);
    Ok(zip(truth, predicted).map(of).collect())
}

fn check_domain(truth: &[f64], predicted: &[f64], power: f64) -> Result<(), EvaluationError> {
    let zero_is_allowed = power < 2.0;
    let outside = |y: &f64| !(*y > 0.0 || (*y == 0.0 && zero_is_allowed));
    if let Some(sample) = truth.iter().position(outside) {
        let value = truth[sample]; // a position in it
        return Err(EvaluationError::TruthOutOfDomain {
            sample,
            value,
            power,
        });
    }
    match predicted.iter().position(|p| *p <= 0.0) {
        None => Ok(()),
        Some(sample) => Err(EvaluationError::PredictionNotPositive {
            sample,
            value: predicted[sample], // a position in it
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_by_hand() {
        // 2 (ln(p / y) + y / p − 1)
        let of = |y, p| mean_tweedie_deviance(&[y], &[p], 2.0);
        assert!((of(1.0, 2.0).unwrap() - 2.0 * (2.0_f64.ln() - 0.5)).abs() < 1e-15);
        // Inverse Gaussian: (y − p)² / (y p²)
        let three = mean_tweedie_deviance(&[2.0], &[4.0], 3.0).unwrap();
        assert!((three - 4.0 / 32.0).abs() < 1e-15);
    }

    #[test]
    fn what_a_family_does_not_have_is_refused() {
        let of = |y, p, power| mean_tweedie_deviance(&[y], &[p], power);
        assert_eq!(
            of(1.0, 1.0, 0.5),
            Err(EvaluationError::NotAPower { power: 0.5 })
        );
        assert!(of(1.0, 1.0, f64::NAN).is_err() && of(1.0, 1.0, -1.0).is_err());
        let (sample, value, power) = (0, 0.0, 2.0);
        let domain = EvaluationError::TruthOutOfDomain {
            sample,
            value,
            power,
        };
        assert_eq!(of(0.0, 1.0, 2.0), Err(domain));
        let positive = EvaluationError::PredictionNotPositive { sample, value };
        assert_eq!(of(1.0, 0.0, 1.0), Err(positive));
        assert!(of(0.0, 1.0, 1.5).is_ok() && of(-1.0, 1.0, 1.0).is_err());
    }
}
