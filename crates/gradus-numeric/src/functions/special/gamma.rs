//! The gamma function and its logarithm.

use super::polygamma::digamma;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The gamma function, which continues the factorial.
///
/// ```math
/// \Gamma(x) = \int_0^\infty t^{x - 1} e^{-t} \, dt, \qquad \Gamma(n + 1) = n!, \qquad
/// \Gamma'(x) = \Gamma(x) \, \psi(x)
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\Gamma(x + 1) = x \, \Gamma(x)`$ | `gamma_of_the_successor_is_a_multiple` |
/// | $`\Gamma(x) \, \Gamma(1 - x) = \pi / \sin(\pi x)`$ | `gamma_is_reflected_by_the_sine` |
/// | $`\Gamma(x) \, \Gamma(x + \tfrac12) = 2^{1 - 2x} \sqrt\pi \, \Gamma(2x)`$ | `gamma_duplicates` |
/// | the slope is the derivative | `slopes_of_the_gamma_family_are_derivatives` |
///
/// # Numerics
///
/// `tgamma` of the crate `libm`: within 10 ULP ([measured](crate#accuracy)); factorials up to 22! are exact.
/// $`+\infty`$ from $`x = 171.62`$ on. $`\Gamma(\pm 0) = \pm\infty`$; at the other poles $`-1, -2, \dots`$ and at
/// $`-\infty`$ it has no limit: NaN.
///
/// # Examples
///
/// ```
/// use gradus_numeric::gamma;
///
/// assert_eq!(gamma(5.0), 24.0); // 4!
/// assert!((gamma(0.5_f64) - std::f64::consts::PI.sqrt()).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §5.2–5.5, <https://dlmf.nist.gov/5>.
#[doc(alias = "factorial")]
#[inline]
pub fn gamma<R: Real>(x: R) -> R {
    x.apply(Gamma)
}

/// The logarithm of the absolute value of the gamma function.
///
/// ```math
/// \ln \lvert \Gamma(x) \rvert, \qquad (\ln \lvert \Gamma \rvert)' = \psi
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ln \Gamma(x + 1) = \ln \Gamma(x) + \ln x`$ | `ln_gamma_of_the_successor_adds_a_logarithm` |
/// | $`e^{\ln \Gamma(x)} = \Gamma(x)`$ | `exp_of_ln_gamma_is_gamma` |
/// | $`\ln \Gamma`$ is convex on $`x > 0`$ (Bohr–Mollerup) | `ln_gamma_is_convex` |
/// | the slope is $`\psi`$ | `slopes_of_the_gamma_family_are_derivatives` |
///
/// # Numerics
///
/// `lgamma` of the crate `libm`: for $`x > 0`$ within 4 ULP ([measured](crate#accuracy)), also around the roots 1
/// and 2. For $`x < 0`$ the error is a few ULP of the larger of 1 and the value: near the roots there, all digits
/// may be lost. $`+\infty`$ at the poles $`0, -1, -2, \dots`$ and at $`+\infty`$; NaN at $`-\infty`$, which has no
/// limit.
///
/// # Examples
///
/// ```
/// use gradus_numeric::ln_gamma;
///
/// assert_eq!([1.0, 2.0].map(ln_gamma), [0.0, 0.0]);
/// assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-15);
/// assert!((ln_gamma(1e10_f64) / 220_258_509_288.810_6 - 1.0).abs() < 1e-15); // Γ overflows
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §5.2–5.5, <https://dlmf.nist.gov/5>.
#[doc(alias = "lgamma")]
#[doc(alias = "gammaln")]
#[inline]
pub fn ln_gamma<R: Real>(x: R) -> R {
    x.apply(LnGamma)
}

/// The row of [`gamma`](crate::gamma).
#[derive(Clone, Copy, Debug)]
pub struct Gamma;
impl Unary for Gamma {
    fn value(self, x: f64) -> f64 {
        libm::tgamma(x)
    }
    fn slope<R: Real>(self, x: R, y: R) -> R {
        y * digamma(x)
    }
}

/// The row of [`ln_gamma`](crate::ln_gamma).
#[derive(Clone, Copy, Debug)]
pub struct LnGamma;
impl Unary for LnGamma {
    fn value(self, x: f64) -> f64 {
        if x == f64::NEG_INFINITY {
            f64::NAN
        } else {
            libm::lgamma(x)
        }
    }
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        digamma(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn factorials_are_exact() {
        let mut factorial = 1.0;
        for n in 1..=22 {
            assert_eq!(gamma(f64::from(n)), factorial, "{n}");
            factorial *= f64::from(n);
        }
    }

    #[test]
    fn poles_and_limits_of_gamma() {
        assert_eq!(
            [0.0, -0.0, INFINITY, 172.0].map(gamma),
            [INFINITY, -INFINITY, INFINITY, INFINITY]
        );
        for x in [-1.0, -2.0, -1e15, -INFINITY, f64::NAN] {
            assert!(gamma(x).is_nan(), "gamma({x})");
        }
        assert_eq!(gamma(-1000.5), 0.0);
    }

    #[test]
    fn poles_and_limits_of_ln_gamma() {
        for x in [0.0, -0.0, -1.0, -2.0, -1e15, INFINITY] {
            assert_eq!(ln_gamma(x), INFINITY, "ln_gamma({x})");
        }
        assert!(ln_gamma(-INFINITY).is_nan() && ln_gamma(f64::NAN).is_nan());
        // |Γ(−½)| = 2 √π
        assert!((ln_gamma(-0.5_f64) - 1.265_512_123_484_645_4).abs() < 1e-15);
    }

    #[test]
    fn slopes_at_one_and_at_the_pole() {
        const EULER: f64 = 0.577_215_664_901_532_9;
        assert_eq!(Gamma.slope(1.0, 1.0), -EULER);
        assert_eq!(LnGamma.slope(1.0, 0.0), -EULER);
        assert_eq!(LnGamma.slope(0.0, INFINITY), -INFINITY);
        assert_eq!(Gamma.slope(0.0, INFINITY), -INFINITY);
    }
}
