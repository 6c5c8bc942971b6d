//! Counts with two-sided geometric noise.

use crate::error::{PrivacyError, check_epsilon};
use crate::mechanisms::coin::{below, exponential};
use crate::mechanisms::ratio::Ratio;
use gradus_numeric::log1mexp;
use gradus_random::rand::Rng;

/// A count with discrete Laplace noise: ε-differentially private if one person changes it by at most `sensitivity`.
///
/// ```math
/// \Pr(X = v + k) = \frac{1 - e^{-r}}{1 + e^{-r}}\, e^{-r \lvert k \rvert}, \qquad r = \frac{\epsilon}{\Delta}
/// ```
///
/// where $`v`$ is `value`, $`\Delta`$ is `sensitivity` and $`k`$ any integer. Whatever comes out, it is at most $`e^\epsilon`$ times as likely with a person as without.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every output is at most $`e^\epsilon`$ times as likely for a neighbor | `neighbors_differ_by_at_most_the_exponential_of_epsilon` |
/// | the probabilities sum to 1 | `discrete_laplace_probabilities_sum_to_one` |
/// | draws are as frequent as their probabilities say | `discrete_laplace_draws_have_their_probabilities` |
/// | its support is the same for all values, that of rounded Laplace noise is not | `laplace_noise_in_floating_point_leaks_and_discrete_noise_does_not` |
///
/// # Numerics
///
/// Drawn by comparing integers, so with exactly these probabilities; ε is the ratio of integers that its bits say. The
/// usual $`v - b \operatorname{sign}(u) \ln \lvert u \rvert`$ in floating-point numbers is *not* private: its rounding leaves gaps in the possible
/// outputs, which lie elsewhere for another $`v`$, so that one output may give away the secret. Results beyond 64 bits are cut off, which tells
/// nothing about $`v`$ that the noise does not hide.
///
/// # Errors
///
/// [`PrivacyError::EpsilonOutOfRange`] unless ε lies in [2⁻²⁰, 2¹⁰], [`PrivacyError::NoSensitivity`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::{Key, discrete_laplace};
///
/// let mut rng = Key::new(2026).rng();
/// let noisy = discrete_laplace(1000, 1, 0.5, &mut rng)?;
/// assert!((noisy - 1000).abs() < 40); // beyond that once in half a billion
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// A. Ghosh, T. Roughgarden and M. Sundararajan, *Universally utility-maximizing privacy mechanisms*, STOC 2009; C. L.
/// Canonne, G. Kamath and T. Steinke, *The discrete Gaussian for differential privacy*, `NeurIPS` 2020, algorithm 2;
/// I. Mironov, *On significance of the least significant bits for differential privacy*, CCS 2012 (the leak).
#[doc(alias = "geometric mechanism")]
pub fn discrete_laplace(
    value: i64,
    sensitivity: u32,
    epsilon: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<i64, PrivacyError> {
    check_sensitivity(sensitivity)?;
    let Ratio { over, under } = Ratio::of(epsilon)?;
    let scale = under * u128::from(sensitivity); // r = over / scale
    loop {
        // U + scale · V is geometric with the ratio e^(−1/scale): V counts whole scales, U is the rest of one.
        let rest = below(scale, rng);
        if !exponential(rest, scale, rng) {
            continue;
        }
        let mut steps = rest;
        while exponential(1, 1, rng) {
            steps = steps.saturating_add(scale);
        }
        let size = i64::try_from(steps / over).unwrap_or(i64::MAX);
        let negative = below(2, rng) == 1;
        match (negative, size) {
            (true, 0) => {} // 0 has one sign: or it would come twice as often
            (true, size) => return Ok(value.saturating_sub(size)),
            (false, size) => return Ok(value.saturating_add(size)),
        }
    }
}

/// The logarithm of the probability that the noise of [`discrete_laplace`] is `noise`.
///
/// ```math
/// \ln \Pr(K = k) = \ln \tanh \frac r2 - r \lvert k \rvert, \qquad r = \frac{\epsilon}{\Delta}
/// ```
///
/// where $`k`$ is `noise` and $`\Delta`$ `sensitivity`.
///
/// # Laws
///
/// As [`discrete_laplace`].
///
/// # Errors
///
/// [`PrivacyError::NotAnEpsilon`], [`PrivacyError::NoSensitivity`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::discrete_laplace_ln_mass;
///
/// // ε = ln 3: one half, then a third of it for each step: 1/2, 1/6, 1/18, …
/// let p = |k| discrete_laplace_ln_mass(k, 1, 3.0_f64.ln()).map(f64::exp);
/// assert!((p(0)? - 0.5).abs() < 1e-15 && (p(-1)? - 1.0 / 6.0).abs() < 1e-15);
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
pub fn discrete_laplace_ln_mass(
    noise: i64,
    sensitivity: u32,
    epsilon: f64,
) -> Result<f64, PrivacyError> {
    check_sensitivity(sensitivity)?;
    let r = check_epsilon(epsilon)? / f64::from(sensitivity);
    // (1 − e^−r) / (1 + e^−r), the difference without cancellation.
    Ok(log1mexp(-r) - (-r).exp().ln_1p() - r * noise.unsigned_abs() as f64)
}

fn check_sensitivity(sensitivity: u32) -> Result<(), PrivacyError> {
    if sensitivity == 0 {
        Err(PrivacyError::NoSensitivity)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn strong_privacy_does_not_overflow() {
        let rng = &mut Key::new(0).rng();
        let far = discrete_laplace(i64::MAX, u32::MAX, 1.0 / 1048576.0, rng).unwrap();
        assert!(far > 0 && discrete_laplace(0, 1, 1024.0, rng) == Ok(0));
        assert!(discrete_laplace(0, 0, 1.0, rng).is_err());
        assert!(discrete_laplace(0, 1, 0.0, rng).is_err());
    }
}
