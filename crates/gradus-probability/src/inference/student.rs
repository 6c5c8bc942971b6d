//! What a sample says about a mean: intervals and t-tests.

use super::level::left_out;
use super::significance::Significance;
use crate::contract::continuous::Continuous;
use crate::error::{ProbabilityError, all_finite, finite};
use crate::families::continuous::student_t::StudentT;
use gradus_numeric::{mean, variance};

/// An interval that holds the mean of a normal distribution with probability `level`, whatever the mean and the variance are.
///
/// ```math
/// \bar x \pm t \, \frac{s}{\sqrt n}, \qquad s^2 = \frac{1}{n - 1} \sum_i (x_i - \bar x)^2
/// ```
///
/// where t is the quantile of [`StudentT`] with n − 1 degrees of freedom at $`\tfrac12 (1 + \text{level})`$. It is the *interval* that
/// varies from sample to sample: 95 of 100 samples give one that holds the mean.
///
/// # Shapes
///
/// `x: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | holds exactly the means that [`t_test`] does not reject at 1 − level | `intervals_hold_what_tests_do_not_reject` |
/// | holds the mean as often as it says (fixed seed) | `intervals_hold_the_truth_as_often_as_they_say` |
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] for fewer than two numbers, or one that is NaN or infinite; [`ProbabilityError::Domain`] unless
/// the level lies between 0 and 1.
///
/// # Examples
///
/// ```
/// use gradus_probability::mean_interval;
///
/// let (low, high) = mean_interval(&[1.0, 3.0], 0.5)?; // one degree of freedom: t = 1
/// assert!((low - 1.0).abs() < 1e-15 && (high - 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Student, *The probable error of a mean*, Biometrika 6 (1908), 1–25; Casella and Berger (2002), example 9.2.10.
pub fn mean_interval(x: &[f64], level: f64) -> Result<(f64, f64), ProbabilityError> {
    let tail = left_out(level)?;
    let (center, error, freedom) = standard_error(x)?;
    let t = StudentT::new(0.0, 1.0, freedom)?.upper_quantile(tail);
    Ok((center - t * error, center + t * error))
}

/// Student's test whether a sample of a normal distribution has a mean other than `expected`.
///
/// ```math
/// t = \frac{\bar x - \mu_0}{s / \sqrt n}, \qquad p = \operatorname{P}(\lvert T_{n - 1} \rvert \ge \lvert t \rvert)
/// ```
///
/// where $`\mu_0`$ is `expected`. The p-value is the probability of a t this far from 0 if the mean *is* $`\mu_0`$. Of differences of pairs
/// it is the paired test.
///
/// # Shapes
///
/// `x: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | does not see the unit or the origin | `t_tests_do_not_see_units` |
/// | rejects what [`mean_interval`] does not hold | `intervals_hold_what_tests_do_not_reject` |
/// | p is uniform if the mean is right (fixed seed) | `p_values_are_uniform_under_the_hypothesis` |
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] for fewer than two numbers, or one that is NaN or infinite; [`ProbabilityError::Constant`] if all are
/// equal; [`ProbabilityError::Domain`] for an expectation that is not finite.
///
/// # Examples
///
/// ```
/// use gradus_probability::t_test;
///
/// let test = t_test(&[1.0, 3.0], 1.0)?;
/// assert_eq!((test.statistic, test.freedom), (1.0, Some(1.0)));
/// assert!((test.p_value - 0.5).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// As [`mean_interval`]; Casella and Berger (2002), example 8.2.6.
pub fn t_test(x: &[f64], expected: f64) -> Result<Significance, ProbabilityError> {
    finite("expected", expected)?;
    let (center, error, freedom) = standard_error(x)?;
    two_sided(center - expected, error, freedom)
}

/// Welch's test whether two samples of normal distributions have different means.
///
/// ```math
/// t = \frac{\bar x - \bar y}{\sqrt{e_x^2 + e_y^2}}, \qquad
/// \nu = \frac{(e_x^2 + e_y^2)^2}{e_x^4 / (m - 1) + e_y^4 / (n - 1)}, \qquad e_x = \frac{s_x}{\sqrt m}
/// ```
///
/// The variances may differ; t then has about $`\nu`$ degrees of freedom.
///
/// # Shapes
///
/// `x: m`, `y: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exchanging the samples changes only the sign; does not see the unit or the origin | `t_tests_do_not_see_units` |
/// | $`\min(m, n) - 1 \le \nu \le m + n - 2`$ | `welch_has_fewer_degrees_of_freedom` |
///
/// # Errors
///
/// As [`t_test`], for either sample.
///
/// # Examples
///
/// ```
/// use gradus_probability::welch_test;
///
/// let test = welch_test(&[1.0, 3.0], &[2.0, 4.0])?;
/// assert!((test.statistic + 0.5_f64.sqrt()).abs() < 1e-15); // −1 / √2
/// assert!((test.freedom.unwrap_or(0.0) - 2.0).abs() < 1e-14);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// B. L. Welch, *The generalization of "Student's" problem when several different population variances are involved*, Biometrika
/// 34 (1947), 28–35.
pub fn welch_test(x: &[f64], y: &[f64]) -> Result<Significance, ProbabilityError> {
    let ((a, e, m), (b, f, n)) = (standard_error(x)?, standard_error(y)?);
    let error = e.hypot(f);
    if error == 0.0 {
        return Err(ProbabilityError::Constant { name: "x" });
    }
    let (e, f) = ((e / error).powi(2), (f / error).powi(2));
    two_sided(a - b, error, 1.0 / (e * e / m + f * f / n))
}

/// Mean, standard error and degrees of freedom.
fn standard_error(x: &[f64]) -> Result<(f64, f64, f64), ProbabilityError> {
    all_finite(x)?;
    let (mean, variance) = (mean(x)?, variance(x, 1)?);
    if !variance.is_finite() {
        return Err(ProbabilityError::Overflow);
    }
    let n = x.len() as f64;
    Ok((mean, (variance / n).sqrt(), n - 1.0))
}

fn two_sided(distance: f64, error: f64, freedom: f64) -> Result<Significance, ProbabilityError> {
    if error == 0.0 {
        return Err(ProbabilityError::Constant { name: "x" });
    }
    let statistic = distance / error;
    if statistic.is_nan() {
        return Err(ProbabilityError::Overflow); // of both
    }
    let law = StudentT::new(0.0, 1.0, freedom)?;
    Ok(Significance {
        statistic,
        freedom: Some(freedom),
        p_value: (2.0 * law.sf(statistic.abs())).min(1.0),
    })
}
