//! Deviances of counts and positive numbers.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::regression::residuals::check_finite;
use crate::weights::Weights;
use gradus_numeric::deviance;
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
/// For 0, 1 and 2 in forms that do not cancel where prediction and truth are near each other. In between the formula
/// above loses the digits that they share.
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
    let of = |(&y, &p)| 2.0 * half_deviance(y, p, power);
    Ok(zip(truth, predicted).map(of).collect())
}

/// $`\int_p^y (y - t) t^{-q} dt`$.
fn half_deviance(y: f64, p: f64, q: f64) -> f64 {
    if q == 0.0 {
        0.5 * (y - p) * (y - p)
    } else if q == 1.0 {
        deviance(y, p)
    } else if q == 2.0 {
        deviance(p, y) / p // ln(p / y) + y / p − 1
    } else {
        power_deviance(y, p, q)
    }
}

/// $`\int_p^y (y - t) t^{-q} dt = y^b \bigl( \varphi(b) - \varphi(a) \bigr)`$ with $`a = 1 - q`$, $`b = 2 - q`$ and $`\varphi(c) = (r^c - 1) / c`$, $`r = p / y`$.
fn power_deviance(y: f64, p: f64, q: f64) -> f64 {
    let (a, b) = (1.0 - q, 2.0 - q);
    if y == 0.0 {
        return p.powf(b) / b;
    }
    let ratio = p / y;
    let ln_r = if (0.5..2.0).contains(&ratio) {
        ((p - y) / y).ln_1p()
    } else if ratio.is_normal() {
        ratio.ln()
    } else {
        p.ln() - y.ln()
    };
    let gap = gap_of_powers(a, b, ln_r);
    let value = y.powf(b) * gap;
    if value.is_normal() {
        return value;
    }
    if gap == 0.0 {
        return 0.0;
    }
    // one factor overflows or underflows, and the other may make up for it
    let ln_gap = if gap.is_finite() {
        gap.ln()
    } else if ln_r > 0.0 {
        b * ln_r - b.ln()
    } else {
        a * ln_r - (-a).ln()
    };
    (b * y.ln() + ln_gap).exp()
}

/// $`\varphi(b) - \varphi(a) = \sum_{k \ge 2} (b^{k - 1} - a^{k - 1}) \frac{(\ln r)^k}{k!}`$, which never falls below 0.
fn gap_of_powers(a: f64, b: f64, ln_r: f64) -> f64 {
    if ln_r.abs() * a.abs().max(b.abs()) >= NEAR {
        return (b * ln_r).exp_m1() / b - (a * ln_r).exp_m1() / a;
    }
    // where both terms are nearly ln r, little would be left of their difference
    let (mut sum, mut difference, mut power_of_a, mut factor) = (0.0, 1.0, a, ln_r);
    for k in 2..=TERMS {
        factor *= ln_r / f64::from(k);
        sum += difference * factor;
        difference = b * difference + power_of_a; // b − a is 1
        power_of_a *= a;
    }
    sum.max(0.0)
}

/// Below, 20 terms of the series have all digits.
const NEAR: f64 = 0.5;
const TERMS: u32 = 21;

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
    fn powers_that_overflow_alone() {
        let of = |y, p, q| mean_tweedie_deviance(&[y], &[p], q).unwrap();
        assert!((of(1e-100, 2e-100, 5.0) / 1e300 - 11.0 / 96.0).abs() < 1e-13);
        assert_eq!(of(1e-100, 2e-100, 6.0), f64::INFINITY); // 10⁴⁰⁰, and no perfect score
        assert_eq!(of(1e-320, 2e-320, 3.0), f64::INFINITY);
        assert!((of(1e-300, 1e300, 1.5) / 4e150 - 1.0).abs() < 1e-12); // 2 √p / ½
        assert_eq!(of(1e-100, 1e-100, 6.0), 0.0);
        let near_poisson = of(1.0, 2.0, 1.0 + 1e-13);
        assert!((near_poisson - 2.0 * (1.0 - 2.0_f64.ln())).abs() < 1e-12);
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
