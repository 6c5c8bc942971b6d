//! The logarithm of the beta function.

use super::gamma::ln_gamma;
use super::polygamma::digamma;
use super::stirling::{correction, ln_gamma_step};
use crate::scalars::function::Binary;
use crate::scalars::real::Real;

/// The logarithm of the beta function of two positive numbers.
///
/// ```math
/// \ln \mathrm{B}(a, b) = \ln \int_0^1 t^{a - 1} (1 - t)^{b - 1} \, dt
///                      = \ln \frac{\Gamma(a) \, \Gamma(b)}{\Gamma(a + b)}, \qquad
/// \frac{\partial}{\partial a} = \psi(a) - \psi(a + b)
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric, to the bit | `ln_beta_is_symmetric` |
/// | $`\mathrm{B}(a, b) = \mathrm{B}(a + 1, b) + \mathrm{B}(a, b + 1)`$ | `beta_is_the_sum_of_its_neighbors` |
/// | $`\mathrm{B}(a, 1) = 1 / a`$ | `ln_beta_with_one_is_minus_the_logarithm` |
/// | the slopes are the derivatives | `slopes_of_the_gamma_family_are_derivatives` |
///
/// # Numerics
///
/// Three logarithms of gamma functions would cancel: for $`a = 10^8`$ they lose eight digits. From 10 on,
/// Stirling's formula cancels by hand and its corrections $`\delta`$ remain, with $`c = a + b`$, $`a \le b`$:
///
/// ```math
/// (a - \tfrac12) \ln \tfrac ac - b \ln(1 + \tfrac ab) - \tfrac12 \ln b + \ln \sqrt{2\pi}
/// + \delta(a) + \delta(b) - \delta(c)
/// ```
///
/// Below, $`\ln \Gamma(a)`$ minus $`\ln(\Gamma(c) / \Gamma(b))`$, which the same formula gives without
/// cancellation. The error is below $`8 \varepsilon \max(1, \lvert y \rvert, \lvert \ln \Gamma(a) \rvert)`$: relative but near the curve
/// $`\mathrm{B}(a, b) = 1`$, where the value is a small difference. $`+\infty`$ if either is 0 and $`-\infty`$ if either is infinite (NaN
/// if both happens), NaN below 0. The slopes keep the absolute accuracy of $`\psi`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::ln_beta;
///
/// assert!((ln_beta(2.0, 3.0) + 12.0_f64.ln()).abs() < 1e-14); // 1! 2! / 4!
/// assert_eq!(ln_beta(1.0, 8.0), -8.0_f64.ln());
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §5.12 and 5.11.1, <https://dlmf.nist.gov/5.12>.
#[doc(alias = "betaln")]
#[inline]
pub fn ln_beta<R: Real>(a: R, b: R) -> R {
    a.apply2(b, LnBeta)
}

/// The row of [`ln_beta`](crate::ln_beta).
#[derive(Clone, Copy, Debug)]
pub struct LnBeta;
impl Binary for LnBeta {
    fn value(self, a: f64, b: f64) -> f64 {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        if !(a >= 0.0 && b >= 0.0) || (a == 0.0 && b.is_infinite()) {
            f64::NAN
        } else if a == 0.0 {
            f64::INFINITY
        } else if b.is_infinite() {
            f64::NEG_INFINITY
        } else {
            of_ordered(a, b)
        }
    }
    fn slopes<R: Real>(self, a: R, b: R, _y: R) -> (R, R) {
        if a.to_f64() + b.to_f64() < SMALL {
            // ψ(x) is −1/x to the last digit; both may overflow, and their difference is a number
            let slope = |a: R, b: R| -(b / (a + b) / a);
            return (slope(a, b), slope(b, a));
        }
        let of_sum = digamma(a + b);
        (digamma(a) - of_sum, digamma(b) - of_sum)
    }
}

/// $`\ln \mathrm{B}(a, b)`$ for $`0 < a \le b < \infty`$.
fn of_ordered(a: f64, b: f64) -> f64 {
    if a == 1.0 {
        -b.ln()
    } else if b == 1.0 {
        -a.ln()
    } else if a < 10.0 {
        ln_gamma(a) - ln_gamma_step(b, a)
    } else {
        let share = a / b / (1.0 + a / b); // a / c, also where c overflows
        let corrections = correction(a) + (correction(b) - correction(a + b));
        (a - 0.5) * share.ln() - b * (a / b).ln_1p() - 0.5 * b.ln() + LN_SQRT_2PI + corrections
    }
}

/// Below, $`\pi^2/6`$ is not seen beside $`1/x^2`$.
const SMALL: f64 = 1e-100;
/// $`\ln \sqrt{2\pi}`$.
const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn limits_and_outside() {
        assert_eq!([ln_beta(0.0, 3.0), ln_beta(0.0, 0.0)], [INFINITY; 2]);
        assert_eq!(
            [ln_beta(INFINITY, 3.0), ln_beta(INFINITY, INFINITY)],
            [-INFINITY; 2]
        );
        for (a, b) in [
            (0.0, INFINITY),
            (-1.0, 2.0),
            (2.0, -1.0),
            (f64::NAN, 1.0),
            (1.0, f64::NAN),
        ] {
            assert!(ln_beta(a, b).is_nan(), "ln_beta({a}, {b})");
        }
        assert!(
            ln_beta(f64::MAX, f64::MAX).is_finite() || ln_beta(f64::MAX, f64::MAX) == -INFINITY
        );
    }

    #[test]
    fn reciprocals_of_binomials() {
        // B(k + 1, n - k + 1) = 1 / ((n + 1) C(n, k))
        assert!((ln_beta(6.0, 6.0) / -2772.0_f64.ln() - 1.0).abs() < 1e-15);
        assert!((ln_beta(11.0, 11.0) / -(21.0 * 184_756.0_f64).ln() - 1.0).abs() < 1e-15);
        assert_eq!(ln_beta(1.0, 1.0), 0.0);
    }

    #[test]
    fn large_arguments_do_not_cancel() {
        // mpmath, 50 digits
        assert!((ln_beta(1e8, 1e8) / -138_629_444.056_817_3 - 1.0_f64).abs() < 1e-15);
        assert!((ln_beta(1e-10, 1e10) / 23.025_850_927_580_15 - 1.0_f64).abs() < 1e-12);
    }

    #[test]
    fn slopes_at_one() {
        let (by_a, by_b) = LnBeta.slopes(1.0, 1.0, 0.0);
        assert!((by_a + 1.0_f64).abs() < 1e-15 && by_a == by_b); // ψ(1) − ψ(2) = −1
    }
}
