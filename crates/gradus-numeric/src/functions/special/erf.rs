//! The error function, its complement, and the distribution function of the standard normal law.

use super::upper_tail::upper_tail;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::FRAC_2_SQRT_PI;

/// The error function, twice the area under a narrow bell between 0 and x.
///
/// ```math
/// \operatorname{erf}(x) = \frac{2}{\sqrt\pi} \int_0^x e^{-t^2} \, dt
/// ```
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | $`\operatorname{erf}(-x) = -\operatorname{erf}(x)`$, to the bit | `erf_is_odd` |
/// | $`\operatorname{erf}(x) + \operatorname{erfc}(x) = 1`$ | `erf_and_erfc_sum_to_one` |
///
/// # Numerics
///
/// Within 1 ULP ([measured](crate#accuracy)). `erf(±∞) = ±1`; NaN gives NaN.
///
/// # Examples
///
/// ```
/// use gradus_numeric::erf;
///
/// assert_eq!(erf(0.0), 0.0);
/// assert_eq!(erf(6.0), 1.0); // 1 - 2e-17 rounds to 1
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §7.2, <https://dlmf.nist.gov/7.2>.
#[inline]
pub fn erf<R: Real>(x: R) -> R {
    x.apply(Erf)
}

/// The complementary error function, one minus the error function without the loss of digits.
///
/// ```math
/// \operatorname{erfc}(x) = 1 - \operatorname{erf}(x) = \frac{2}{\sqrt\pi} \int_x^\infty e^{-t^2} \, dt
/// ```
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | $`\operatorname{erf}(x) + \operatorname{erfc}(x) = 1`$ | `erf_and_erfc_sum_to_one` |
/// | $`\operatorname{erfc}(-x) = 2 - \operatorname{erfc}(x)`$ | `erfc_reflects_about_one` |
///
/// # Numerics
///
/// Within 3 ULP ([measured](crate#accuracy)), in the tail too: `erfc(10.0)` is $`2.1 \cdot 10^{-45}`$, where
/// `1 - erf(10.0)` is 0.
///
/// # Examples
///
/// ```
/// use gradus_numeric::erfc;
///
/// assert_eq!(erfc(0.0), 1.0);
/// assert!(erfc(10.0) > 0.0);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §7.2, <https://dlmf.nist.gov/7.2>.
#[inline]
pub fn erfc<R: Real>(x: R) -> R {
    x.apply(Erfc)
}

/// The distribution function of the standard normal law: the probability that a draw is at most x.
///
/// ```math
/// \Phi(x) = \frac{1}{\sqrt{2\pi}} \int_{-\infty}^x e^{-t^2/2} \, dt
///         = \tfrac12 \operatorname{erfc}\left(-\frac{x}{\sqrt2}\right)
/// ```
///
/// Its slope is the bell curve $`\varphi(x) = e^{-x^2/2} / \sqrt{2\pi}`$.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | $`\Phi(x) + \Phi(-x) = 1`$ | `normal_cdf_and_its_mirror_sum_to_one` |
/// | $`\Phi' = \varphi`$ | `slopes_are_derivatives` |
///
/// # Numerics
///
/// From −5 to 5 the tail is one of some Taylor polynomials around eighths, whose coefficients $`f'' = -x f'`$ gives. Further out it is
/// $`e^{-x^2/2}`$ times a function that varies slowly, and rounding $`x^2`$ to one number would cost up to $`x^2 / 2`$ units in the last place, so the
/// square is carried as a sum of two.
/// Within 3 ULP ([measured](crate#accuracy)) everywhere.
///
/// # Examples
///
/// ```
/// use gradus_numeric::normal_cdf;
///
/// assert_eq!(normal_cdf(0.0), 0.5);
/// assert!((normal_cdf(1.0_f64) - normal_cdf(-1.0) - 0.682_689_492_137_085_9).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §7.18, <https://dlmf.nist.gov/7>.
#[inline]
#[doc(alias = "Phi")]
pub fn normal_cdf<R: Real>(x: R) -> R {
    x.apply(NormalCdf)
}

/// $`\operatorname{erf}(x)`$, see [`erf`].
#[derive(Clone, Copy, Debug)]
pub struct Erf;
impl Unary for Erf {
    #[inline]
    fn value(self, x: f64) -> f64 {
        libm::erf(x)
    }
    #[inline]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        R::from_f64(FRAC_2_SQRT_PI) * bell(x)
    }
}

/// $`\operatorname{erfc}(x)`$, see [`erfc`].
#[derive(Clone, Copy, Debug)]
pub struct Erfc;
impl Unary for Erfc {
    #[inline]
    fn value(self, x: f64) -> f64 {
        libm::erfc(x)
    }
    #[inline]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        R::from_f64(-FRAC_2_SQRT_PI) * bell(x)
    }
}

/// $`\Phi(x)`$, see [`normal_cdf`].
#[derive(Clone, Copy, Debug)]
pub struct NormalCdf;
impl Unary for NormalCdf {
    #[inline]
    fn value(self, x: f64) -> f64 {
        let tail = upper_tail(x.abs());
        if x > 0.0 { 1.0 - tail } else { tail }
    }
    #[inline]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        R::from_f64(FRAC_1_SQRT_2PI) * half_bell(x)
    }
}

/// $`e^{-x^2}`$; beyond the numbers where it is 0 its slopes are 0 too, not 0 · ∞.
fn bell<R: Real>(x: R) -> R {
    let x = x.clamp(-BEYOND, BEYOND);
    (-(x * x)).exp()
}

/// $`e^{-x^2/2}`$, likewise.
pub(super) fn half_bell<R: Real>(x: R) -> R {
    let x = x.clamp(-BEYOND, BEYOND);
    (R::from_f64(-0.5) * x * x).exp()
}

/// From here on Φ is 0 or 1 in double precision: Φ(−39) is below half of the smallest positive number.
const BEYOND: f64 = 39.0;
/// $`1/\sqrt{2\pi}`$.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;

#[cfg(test)]
mod tests {
    use super::{Erf, Erfc, NormalCdf, erf, erfc, normal_cdf};
    use crate::scalars::function::Unary;

    /// 0, ±2⁻³⁰ … ±2⁶ and points between.
    fn grid() -> impl Iterator<Item = f64> {
        (-30..6)
            .flat_map(|k| [1.0, 1.3, 1.7].map(|m| m * f64::from(k).exp2()))
            .flat_map(|x| [x, -x])
            .chain([0.0])
    }

    #[test]
    fn limits_and_nan() {
        assert_eq!((erf(f64::INFINITY), erf(f64::NEG_INFINITY)), (1.0, -1.0));
        assert_eq!((erfc(f64::INFINITY), erfc(f64::NEG_INFINITY)), (0.0, 2.0));
        assert_eq!(
            (normal_cdf(f64::INFINITY), normal_cdf(f64::NEG_INFINITY)),
            (1.0, 0.0)
        );
        assert_eq!((normal_cdf(f64::MAX), normal_cdf(f64::MIN)), (1.0, 0.0));
        assert!(
            [erf(f64::NAN), erfc(f64::NAN), normal_cdf(f64::NAN)]
                .iter()
                .all(|y| y.is_nan())
        );
        assert_eq!(erf(-0.0_f64).to_bits(), (-0.0_f64).to_bits());
    }

    #[test]
    fn values_of_a_table() {
        // mpmath, 50 digits
        assert!((erf(1.0_f64) / 0.842_700_792_949_714_9 - 1.0).abs() <= f64::EPSILON);
        assert!((erfc(2.0_f64) / 0.004_677_734_981_047_266 - 1.0).abs() <= 2.0 * f64::EPSILON);
        assert!(
            (normal_cdf(-37.0_f64) / 5.725_571_222_524_577e-300 - 1.0).abs() <= 8.0 * f64::EPSILON
        );
        assert_eq!(normal_cdf(-1.0_f32), 0.158_655_25);
    }

    #[test]
    fn erf_is_odd() {
        assert!(grid().all(|x| erf(-x).to_bits() == (-erf(x)).to_bits()));
    }

    #[test]
    fn erf_and_erfc_sum_to_one() {
        assert!(grid().all(|x| (erf(x) + erfc(x) - 1.0).abs() <= 2.0 * f64::EPSILON));
    }

    #[test]
    fn erfc_reflects_about_one() {
        assert!(grid().all(|x| (erfc(-x) + erfc(x) - 2.0).abs() <= 2.0 * f64::EPSILON));
    }

    #[test]
    fn normal_cdf_and_its_mirror_sum_to_one() {
        assert!(grid().all(|x| (normal_cdf(x) + normal_cdf(-x) - 1.0).abs() <= 2.0 * f64::EPSILON));
    }

    #[test]
    fn slopes_are_derivatives() {
        // 5-point differences, h = 2⁻¹⁰: truncation h⁴/30·|f⁗′| < 2e-12, rounding 2ε/h < 1e-12
        fn check(f: impl Unary) -> bool {
            let h = 1.0 / 1024.0;
            let d = |x: f64, k: f64| f.value(x + k * h) - f.value(x - k * h);
            (-60..=60).map(|i| f64::from(i) / 10.0).all(|x| {
                let slope = (8.0 * d(x, 1.0) - d(x, 2.0)) / (12.0 * h);
                (slope - f.slope(x, f.value(x))).abs() <= 5e-12
            })
        }
        assert!(check(Erf) && check(Erfc) && check(NormalCdf));
    }
}
