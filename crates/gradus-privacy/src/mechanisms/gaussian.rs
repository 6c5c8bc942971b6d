//! Gaussian noise, calibrated exactly.

use crate::boundary::boundary;
use crate::error::{PrivacyError, check_delta, check_epsilon, check_noise};
use gradus_numeric::{normal_cdf, normal_ln_cdf};
use std::f64::consts::PI;

/// The δ that Gaussian noise gives for an ε, exactly.
///
/// ```math
/// \delta(\epsilon) = \Phi\Bigl(\frac{1}{2\sigma} - \epsilon\sigma\Bigr)
/// - e^\epsilon\, \Phi\Bigl(-\frac{1}{2\sigma} - \epsilon\sigma\Bigr)
/// ```
///
/// where $`\sigma`$ is the `noise`, the standard deviation over the sensitivity (how far one person can move the answer, in Euclidean
/// length). With probability at least $`1 - \delta`$ the outcome is at most $`e^\epsilon`$ times as likely as without that person.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | falls with ε and with σ | `gaussian_delta_falls_with_epsilon_and_noise` |
/// | it is the area between the densities | `gaussian_delta_is_the_area_between_the_densities` |
/// | [`gaussian_epsilon`] and [`gaussian_noise`] undo it | `gaussian_calibrations_undo_delta` |
///
/// # Numerics
///
/// The second term by the logarithm of $`\Phi`$, because $`e^\epsilon`$ may overflow. Where both terms are nearly equal, δ is computed as
/// the integral of a positive function, $`\int_0^\infty \varphi(\epsilon\sigma - \tfrac{1}{2\sigma} + s)\, (1 - e^{-s/\sigma})\, ds`$: a difference that
/// cancels to 0 would promise privacy that is not there. Within 10⁻¹² of the value (golden table).
///
/// # Errors
///
/// [`PrivacyError::NotANoise`], [`PrivacyError::NotAnEpsilon`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::gaussian_delta;
///
/// // ε = 0: the distance of the two laws, 2 Φ(1/2σ) − 1.
/// assert!((gaussian_delta(0.5, 0.0)? - 0.682_689_492_137_085_9).abs() < 1e-15);
/// assert_eq!(gaussian_delta(0.0, 1.0)?, 1.0); // no noise, no privacy
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// B. Balle and Y.-X. Wang, *Improving the Gaussian mechanism for differential privacy: analytical calibration and
/// optimal denoising*, ICML 2018, theorem 8, <https://arxiv.org/abs/1805.06530>.
pub fn gaussian_delta(noise: f64, epsilon: f64) -> Result<f64, PrivacyError> {
    check_epsilon(epsilon)?;
    if check_noise(noise)? == 0.0 {
        return Ok(1.0);
    }
    Ok(delta(noise, epsilon))
}

/// The smallest ε that Gaussian noise gives for a δ.
///
/// # Laws
///
/// As [`gaussian_delta`].
///
/// # Errors
///
/// [`PrivacyError::NotANoise`], [`PrivacyError::NotADelta`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::gaussian_epsilon;
///
/// assert!((gaussian_epsilon(10.0, 1e-6)? - 0.396_857_377_644_083_6).abs() < 1e-13);
/// assert_eq!(gaussian_epsilon(0.0, 1e-6)?, f64::INFINITY);
/// assert_eq!(gaussian_epsilon(1e9, 1e-6)?, 0.0); // δ alone is enough
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
pub fn gaussian_epsilon(noise: f64, delta_allowed: f64) -> Result<f64, PrivacyError> {
    check_delta(delta_allowed)?;
    if check_noise(noise)? == 0.0 {
        return Ok(f64::INFINITY);
    }
    let enough = |epsilon: f64| delta(noise, epsilon) <= delta_allowed;
    if enough(0.0) {
        return Ok(0.0);
    }
    let mut high = 1.0;
    while !enough(high) {
        if high == f64::INFINITY {
            return Ok(high); // the noise is so small that ε overflows
        }
        high *= 2.0;
    }
    Ok(boundary(0.0, high, enough))
}

/// The smallest noise that gives an ε and a δ: standard deviation over sensitivity.
///
/// Smaller than the classical $`\sqrt{2 \ln(1.25/\delta)} / \epsilon`$, which moreover holds for $`\epsilon \le 1`$ alone.
///
/// # Laws
///
/// As [`gaussian_delta`].
///
/// # Errors
///
/// [`PrivacyError::NotAnEpsilon`], [`PrivacyError::NotADelta`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::gaussian_noise;
///
/// let (exact, classical) = (gaussian_noise(1.0, 1e-5)?, (2.0 * 1.25e5_f64.ln()).sqrt());
/// assert!((exact - 3.730_631_634_815_942).abs() < 1e-12);
/// assert!(classical > 4.8);
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
pub fn gaussian_noise(epsilon: f64, delta_allowed: f64) -> Result<f64, PrivacyError> {
    check_epsilon(epsilon)?;
    check_delta(delta_allowed)?;
    let enough = |noise: f64| delta(noise, epsilon) <= delta_allowed;
    let (mut low, mut high) = (1.0, 1.0);
    while !enough(high) {
        high *= 2.0; // δ falls to 0: at most until 1 / 2σ is below δ
    }
    while enough(low) && low > f64::MIN_POSITIVE {
        low /= 2.0;
    }
    Ok(boundary(low, high, enough))
}

/// δ for positive noise.
fn delta(noise: f64, epsilon: f64) -> f64 {
    let (half, shift) = (0.5 / noise, epsilon * noise);
    let first = normal_cdf(half - shift);
    let second = (epsilon + normal_ln_cdf(-half - shift)).exp();
    if second < first / 2.0 {
        first - second
    } else {
        tail(shift - half, 1.0 / noise) // the difference would cancel
    }
}

/// $`\int_0^\infty \varphi(a + s)\, (1 - e^{-w s}) \, ds`$, the same δ without a difference.
///
/// By the trapezoidal rule after $`s = e^{u - e^{-u}} / (1 + a)`$, with which the integrand falls doubly exponentially at both ends.
/// (H. Takahasi and M. Mori, *Double exponential formulas for numerical integration*, 1974.)
fn tail(a: f64, w: f64) -> f64 {
    let scale = 1.0 / (1.0 + a.max(0.0));
    let term = |k: i32| {
        let u = f64::from(k) * STEP;
        let s = scale * (u - (-u).exp()).exp();
        let x = a + s;
        -(-x * x / 2.0).exp() * (-w * s).exp_m1() * s * (1.0 + (-u).exp())
    };
    let sum: f64 = (-POINTS..=POINTS).map(term).sum();
    sum * STEP / (2.0 * PI).sqrt()
}

/// Fine enough for 15 digits.
const STEP: f64 = 1.0 / 16.0;
/// From u = −5, where s is below 10⁻⁶⁶, to 5, where it is above 147.
const POINTS: i32 = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_answered() {
        assert!(gaussian_delta(f64::MAX, 0.0).unwrap() < 1e-308);
        assert_eq!(gaussian_delta(1e300, 1e300), Ok(0.0));
        assert_eq!(gaussian_delta(1e-200, 1.0), Ok(1.0));
        assert!(gaussian_epsilon(1e-200, 0.5).unwrap() > 1e300);
        assert!(gaussian_noise(1e300, 1e-300).unwrap() < 1e-140);
        assert!(gaussian_noise(0.0, 1e-300).unwrap() > 1e299);
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(gaussian_delta(bad, 1.0).is_err() && gaussian_delta(1.0, bad).is_err());
            assert!(gaussian_epsilon(1.0, bad).is_err() && gaussian_noise(bad, 0.5).is_err());
        }
        assert!(gaussian_noise(1.0, 0.0).is_err() && gaussian_noise(1.0, 1.0).is_err());
    }
}
