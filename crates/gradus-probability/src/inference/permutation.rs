//! The permutation test: what if the labels meant nothing?

use super::significance::Significance;
use crate::error::ProbabilityError;
use gradus_random::rand::Rng;
use gradus_random::shuffle;

/// The test whether two samples differ, by exchanging who belongs to which.
///
/// ```math
/// p = \frac{1 + \#\{ \text{exchanges with } \lvert s \rvert \ge \lvert s_0 \rvert \}}{1 + B}
/// ```
///
/// where $`s_0`$ is the `statistic` of the samples as they are, and s that after one of B random exchanges, `rounds`. If both come from
/// one distribution, every exchange is as likely as what was seen: no assumption about the distribution is needed. The 1 counts
/// the samples as they are, so p is never 0 and the test never rejects too often.
///
/// # Shapes
///
/// `x: m`, `y: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`1 / (1 + B) \le p \le 1`$; 1 for a statistic that does not vary; the same draws give the same p | `permutation_tests_count_exchanges` |
/// | near the exact p of all exchanges | `permutation_tests_go_to_the_exact_p_value` |
///
/// # Errors
///
/// [`ProbabilityError::Domain`] without rounds, [`ProbabilityError::Numeric`] if a sample is empty or a statistic is NaN.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Key, permutation_test};
///
/// let difference = |x: &[f64], y: &[f64]| {
///     x.iter().sum::<f64>() / x.len() as f64 - y.iter().sum::<f64>() / y.len() as f64
/// };
/// let mut rng = Key::new(1).rng();
/// let test = permutation_test(&[9.0, 8.0, 7.0, 9.5], &[1.0, 2.0, 3.0, 1.5], difference, 999, &mut rng)?;
/// assert!(test.p_value < 0.06); // 2 of 70 exchanges are as far out
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// R. A. Fisher, *The Design of Experiments* (1935), §21; B. Phipson and G. K. Smyth, *Permutation p-values should never be zero*, Stat.
/// Appl. Genet. Mol. Biol. 9 (2010), 39.
pub fn permutation_test(
    x: &[f64],
    y: &[f64],
    statistic: impl Fn(&[f64], &[f64]) -> f64,
    rounds: u32,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Significance, ProbabilityError> {
    if rounds == 0 {
        return Err(ProbabilityError::Domain {
            name: "rounds",
            value: 0.0,
        });
    }
    if x.is_empty() || y.is_empty() {
        return Err(gradus_numeric::NumericError::Empty.into());
    }
    let checked = |value: f64| {
        if value.is_nan() {
            return Err(gradus_numeric::NumericError::NonFinite { index: 0, value });
        }
        Ok(value)
    };
    let seen = checked(statistic(x, y))?;
    let mut both = [x, y].concat();
    let mut far = 1_u32;
    for _ in 0..rounds {
        shuffle(&mut both, rng);
        let (left, right) = both.split_at(x.len());
        // sums of the same numbers in another order differ by roundings
        let reached = seen.abs() * (1.0 - 64.0 * f64::EPSILON);
        far = far.saturating_add(u32::from(checked(statistic(left, right))?.abs() >= reached));
    }
    Ok(Significance {
        statistic: seen,
        freedom: None,
        p_value: f64::from(far) / (1.0 + f64::from(rounds)),
    })
}
