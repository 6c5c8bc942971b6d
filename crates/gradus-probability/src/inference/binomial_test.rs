//! The binomial test: is a coin what it is said to be?

use super::significance::Significance;
use crate::contract::discrete::Discrete;
use crate::error::ProbabilityError;
use crate::families::discrete::binomial::Binomial;

/// The exact test whether successes have another probability than `expected`.
///
/// ```math
/// p = \sum_{j :\, b(j) \le b(k)} b(j), \qquad b(j) = \binom nj p_0^j (1 - p_0)^{n - j}
/// ```
///
/// where k is `successes`, n `trials` and $`p_0`$ `expected`: the probability of everything that is at most as probable as what was
/// seen. With $`p_0 = \tfrac12`$, of the signs of differences of pairs, it is the *sign test* whether their median is 0 (leave out
/// differences of 0), which assumes nothing about their distribution.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the sum above, term by term | `binomial_tests_sum_what_is_as_rare` |
/// | failures with $`1 - p_0`$ have the same p | `binomial_tests_see_failures_alike` |
/// | rejects a right $`p_0`$ no more often than it says | `binomial_tests_err_as_rarely_as_they_say` |
///
/// # Numerics
///
/// Two tails of [`Binomial`], the farther one found by bisection. Outcomes whose probabilities differ by a part in 10⁷ count as equally
/// probable, as in R and SciPy, so that roundings do not decide.
///
/// # Errors
///
/// [`ProbabilityError::Domain`] for more successes than trials, and unless $`0 \le p_0 \le 1`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::binomial_test;
///
/// let test = binomial_test(8, 10, 0.5)?;
/// assert!((test.p_value - 112.0 / 1024.0).abs() < 1e-15); // 0, 1, 2, 8, 9, 10 heads: 2 (1 + 10 + 45)
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed. (1999), §3.1, §3.4.
#[doc(alias = "sign test")]
pub fn binomial_test(
    successes: u64,
    trials: u64,
    expected: f64,
) -> Result<Significance, ProbabilityError> {
    let law = Binomial::new(trials, expected)?;
    if successes > trials {
        let (name, value) = ("successes", successes as f64);
        return Err(ProbabilityError::Domain { name, value });
    }
    let bound = law.ln_pmf(successes) + SAME;
    let rarer = |j: u64| law.ln_pmf(j) <= bound;
    let mode = mode(trials, expected);
    let p_value = if successes == mode || rarer(mode) {
        1.0
    } else if successes < mode {
        // probabilities fall from the mode on
        let other = first(mode + 1, trials, rarer);
        law.cdf(successes) + if rarer(other) { law.sf(other - 1) } else { 0.0 }
    } else {
        let others = first(0, mode, |j| !rarer(j));
        law.sf(successes - 1) + others.checked_sub(1).map_or(0.0, |last| law.cdf(last))
    };
    Ok(Significance {
        statistic: successes as f64,
        freedom: None,
        p_value: p_value.min(1.0),
    })
}

/// A most probable number of successes.
fn mode(trials: u64, probability: f64) -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to the number of trials, to a rounding"
    )]
    let mode = ((trials as f64 + 1.0) * probability).floor() as u64;
    mode.min(trials)
}

/// The first number from `low` on for which something holds that then goes on to hold; `high` if none below is.
fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

const SAME: f64 = 1e-7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_coins_and_no_trials() {
        assert_eq!(binomial_test(0, 0, 0.3).unwrap().p_value, 1.0);
        assert_eq!(binomial_test(5, 5, 1.0).unwrap().p_value, 1.0);
        assert_eq!(binomial_test(4, 5, 1.0).unwrap().p_value, 0.0);
        assert_eq!(binomial_test(0, 5, 0.0).unwrap().p_value, 1.0);
        assert_eq!(binomial_test(1, 5, 0.0).unwrap().p_value, 0.0);
        assert!(binomial_test(3, 2, 0.5).is_err());
        assert!(binomial_test(1, 2, 1.5).is_err() && binomial_test(1, 2, f64::NAN).is_err());
    }
}
