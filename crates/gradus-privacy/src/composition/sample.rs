//! A Poisson sample: everyone is in it or not, independently.

use crate::error::{PrivacyError, check_rate};
use gradus_random::rand::Rng;
use gradus_random::uniform;

/// The numbers of a Poisson sample: each of `0..n` is in it with the same probability, independently of the others.
///
/// ```math
/// \Pr(i \in S) = q
/// ```
///
/// where $`q`$ is the `rate`. This is the sampling that the accountant assumes; its size varies, and may be 0. Batches of a shuffled
/// epoch are another thing, and a bound for this one says nothing about them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | rising numbers below $`n`$; all for rate 1, none for rate 0 | `poisson_samples_rise` |
/// | every number, and every pair, as often as the rate says | `members_of_a_poisson_sample_are_independent` |
///
/// # Numerics
///
/// The gaps between members are geometric, $`\lfloor \ln u / \ln(1 - q) \rfloor`$ with $`u`$ uniform on multiples of 2⁻⁵³ in (0, 1]: work for members, not for all.
///
/// # Errors
///
/// [`PrivacyError::NotARate`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::{Key, poisson_sample};
///
/// let sample = poisson_sample(60_000, 256.0 / 60_000.0, &mut Key::new(1).rng())?;
/// assert!((170..350).contains(&sample.len())); // 256 ± 5 · 16
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// L. Devroye, *Non-Uniform Random Variate Generation* (1986), section X.2 (the gaps).
pub fn poisson_sample(
    n: u32,
    rate: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<u32>, PrivacyError> {
    let ln_out = (-check_rate(rate)?).ln_1p();
    let mut sample = Vec::new();
    let mut next = 0;
    while next < n {
        let gap = (1.0 - uniform(rng)).ln() / ln_out;
        // A gap of NaN is 0 / 0: no one is ever in the sample.
        if gap.is_nan() || gap >= f64::from(n - next) {
            break;
        }
        next += floor(gap);
        sample.push(next);
        next += 1;
    }
    Ok(sample)
}

/// A number below 2³², rounded down.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to below n"
)]
fn floor(gap: f64) -> u32 {
    gap as u32
}

#[cfg(test)]
mod tests {
    use super::poisson_sample;
    use gradus_random::Key;

    #[test]
    fn all_and_none() {
        let of = |n, rate| poisson_sample(n, rate, &mut Key::new(0).rng());
        assert_eq!(of(4, 1.0), Ok(vec![0, 1, 2, 3]));
        assert_eq!(of(u32::MAX, 0.0), Ok(vec![]));
        assert_eq!(of(0, 0.5), Ok(vec![]));
        assert!(of(4, 1.5).is_err() && of(4, f64::NAN).is_err());
    }
}
