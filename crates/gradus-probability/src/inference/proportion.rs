//! What successes say about a probability: intervals.

use super::level::left_out;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::families::continuous::beta::Beta;
use gradus_numeric::normal_quantile;

/// Wilson's interval for a probability, after so many successes in so many trials.
///
/// ```math
/// \Bigl\{ p : \lvert \hat p - p \rvert \le z \sqrt{p (1 - p) / n} \Bigr\}
/// = \frac{k + \tfrac12 z^2 \pm z \sqrt{k (n - k) / n + \tfrac14 z^2}}{n + z^2}
/// ```
///
/// where k is `successes`, n `trials`, $`\hat p = k / n`$, and z the quantile of the normal distribution at $`\tfrac12 (1 + \text{level})`$: the
/// probabilities from which what was seen is at most z standard deviations away. It never leaves $`[0, 1]`$ and has a width even for
/// no success, unlike $`\hat p \pm z \sqrt{\hat p (1 - \hat p) / n}`$ of many books. It holds the truth in `level` of all cases on
/// average over p, for some p less often: [`clopper_pearson_interval`] never does.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | at its ends $`\hat p`$ is z standard deviations away | `wilson_ends_are_z_deviations_away` |
/// | failures have the mirrored interval | `intervals_of_failures_are_mirrored` |
/// | any counts give an error or an interval around k / n | `any_counts_give_errors_or_intervals` |
///
/// # Numerics
///
/// The upper end as above; the lower one by the product of both, $`k^2 / (n (n + z^2))`$, which does not cancel: it is 0 for no success.
///
/// # Errors
///
/// [`ProbabilityError::Domain`] without trials, for more successes than trials, and unless the level lies between 0 and 1.
///
/// # Examples
///
/// ```
/// use gradus_probability::wilson_interval;
///
/// let (low, high) = wilson_interval(0, 10, 0.95)?;
/// assert_eq!(low, 0.0);
/// assert!((high - 0.277_532_799_862_889_3).abs() < 1e-15); // z² / (10 + z²), z = 1.96
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, J. Am. Stat. Assoc. 22 (1927), 209–212;
/// L. D. Brown et al., *Interval estimation for a binomial proportion*, Stat. Sci. 16 (2001), 101–133.
#[doc(alias = "binomial proportion confidence interval")]
pub fn wilson_interval(
    successes: u64,
    trials: u64,
    level: f64,
) -> Result<(f64, f64), ProbabilityError> {
    let (tail, failures) = (left_out(level)?, failures(successes, trials)?);
    let (k, n, rest) = (successes as f64, trials as f64, failures as f64);
    let z = -normal_quantile(tail);
    let upper_sum = k + 0.5 * z * z + z * (k * (rest / n) + 0.25 * z * z).sqrt();
    let low = match successes {
        0 => 0.0, // 0 / 0 if z underflows
        _ => k * (k / n) / upper_sum,
    };
    Ok((low, (upper_sum / (n + z * z)).min(1.0)))
}

/// Clopper's and Pearson's interval for a probability, after so many successes in so many trials: the exact one.
///
/// ```math
/// \operatorname{P}(X \ge k \mid p_{\text{low}}) = \operatorname{P}(X \le k \mid p_{\text{high}}) = \tfrac12 (1 - \text{level})
/// ```
///
/// where X counts successes among n trials, k is `successes` and n `trials`. It holds the truth in at least `level` of all cases,
/// whatever the truth is, and mostly in more: it is longer than [`wilson_interval`]. The lower end is 0 for no success, the upper one
/// is 1 for no failure.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the two equations above | `clopper_pearson_ends_have_binomial_tails` |
/// | holds every truth at least as often as it says, summed over all outcomes | `clopper_pearson_never_holds_less_than_it_says` |
/// | failures have the mirrored interval | `intervals_of_failures_are_mirrored` |
///
/// # Numerics
///
/// By quantiles of Beta(k, n − k + 1) and Beta(k + 1, n − k), whose tails are those of the binomial distribution.
///
/// # Errors
///
/// As [`wilson_interval`].
///
/// # Examples
///
/// ```
/// use gradus_probability::clopper_pearson_interval;
///
/// let (low, high) = clopper_pearson_interval(0, 1, 0.5)?;
/// assert_eq!(low, 0.0);
/// assert!((high - 0.75).abs() < 1e-15); // one failure has a chance of 1 − p ≥ ¼
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. J. Clopper and E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case of the binomial*, Biometrika 26
/// (1934), 404–413.
pub fn clopper_pearson_interval(
    successes: u64,
    trials: u64,
    level: f64,
) -> Result<(f64, f64), ProbabilityError> {
    let (tail, failures) = (left_out(level)?, failures(successes, trials)?);
    let (k, rest) = (successes as f64, failures as f64);
    let low = match successes {
        0 => 0.0,
        _ => Beta::new(k, rest + 1.0)?.quantile(tail),
    };
    let high = match failures {
        0 => 1.0,
        _ => Beta::new(k + 1.0, rest)?.upper_quantile(tail),
    };
    Ok((low, high))
}

fn failures(successes: u64, trials: u64) -> Result<u64, ProbabilityError> {
    let domain = |name, value: u64| {
        let value = value as f64;
        ProbabilityError::Domain { name, value }
    };
    if trials == 0 {
        return Err(domain("trials", trials));
    }
    let failures = trials.checked_sub(successes);
    failures.ok_or(domain("successes", successes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_interval() {
        for f in [wilson_interval, clopper_pearson_interval] {
            assert!(f(0, 0, 0.9).is_err() && f(3, 2, 0.9).is_err());
            for level in [0.0, 1.0, -0.5, 1.5, f64::NAN] {
                assert!(f(1, 2, level).is_err());
            }
            let (low, high) = f(0, u64::MAX, 0.95).unwrap();
            assert!(low == 0.0 && high > 1e-19 && high < 1e-18);
            let (low, high) = f(u64::MAX, u64::MAX, 0.95).unwrap();
            assert!(low > 0.999 && high == 1.0);
        }
    }
}
