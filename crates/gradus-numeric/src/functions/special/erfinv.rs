//! The inverses of the error function and of its complement.

use super::erfinv_middle::{MIDDLE, middle};
use super::erfinv_tail::root_in_tail;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::FRAC_2_SQRT_PI;

/// The inverse of the error function.
///
/// ```math
/// \operatorname{erf}(\operatorname{erfinv}(x)) = x, \qquad
/// \operatorname{erfinv}'(x) = \frac{\sqrt\pi}{2}\, e^{\operatorname{erfinv}(x)^2}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{erf}(\operatorname{erfinv}(x)) = x`$ | `erf_inverts_erfinv` |
/// | $`\operatorname{erfinv}(-x) = -\operatorname{erfinv}(x)`$, to the bit | `erfinv_is_odd` |
/// | the slope is the derivative | `slopes_of_the_normal_family_are_derivatives` |
///
/// # Numerics
///
/// For $`|x| \le 0.9`$, x times one of a few polynomials in $`x^2`$; beyond, one of some Taylor polynomials in $`\ln(1 - |x|)`$, where the difference is
/// exact. Within 2 ULP ([measured](crate#accuracy)).
///
/// $`\operatorname{erfinv}(\pm 1) = \pm\infty`$, with slopes $`+\infty`$; NaN outside of $`[-1, 1]`$. The
/// relative error of the slope grows as $`y^2`$ ULP.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{erf, erfinv};
///
/// assert_eq!(erfinv(0.0), 0.0);
/// assert_eq!(erfinv(1.0), f64::INFINITY);
/// assert!((erfinv(0.5_f64) - 0.476_936_276_204_469_9).abs() < 1e-15); // the probable error, over √2
/// assert!((erf(erfinv(0.7_f64)) - 0.7).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §7.17, <https://dlmf.nist.gov/7.17>; P. J. Acklam, *An
/// algorithm for computing the inverse normal cumulative distribution function* (2003), for the start.
#[doc(alias = "inverse error function")]
#[inline]
pub fn erfinv<R: Real>(x: R) -> R {
    x.apply(ErfInv)
}

/// The inverse of the complementary error function.
///
/// ```math
/// \operatorname{erfc}(\operatorname{erfcinv}(p)) = p, \qquad
/// \operatorname{erfcinv}(p) = \operatorname{erfinv}(1 - p)
/// ```
///
/// For small `p`, where $`1 - p`$ rounds to one, it still has all its digits.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{erfc}(\operatorname{erfcinv}(p)) = p`$ | `erfc_inverts_erfcinv` |
/// | $`\operatorname{erfcinv}(1 - x) = \operatorname{erfinv}(x)`$ where $`1 - x`$ is exact | `erfcinv_of_the_complement_is_erfinv` |
/// | the slope is the derivative | `slopes_of_the_normal_family_are_derivatives` |
///
/// # Numerics
///
/// As [`erfinv`]; below $`p = 5 \cdot 10^{-21}`$ by a step of Halley's iteration, which cubes the error of the start ($`10^{-9}`$), on
/// $`p \, e^{y^2} = e^{y^2} \operatorname{erfc}(y)`$, whose right-hand side does not underflow. Within 2 ULP
/// ([measured](crate#accuracy)) down to the smallest positive number. $`+\infty`$ at 0 and $`-\infty`$ at 2, with slopes
/// $`-\infty`$; NaN outside of $`[0, 2]`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{erfcinv, erfinv};
///
/// assert_eq!(erfcinv(1.0), 0.0);
/// assert_eq!(erfcinv(0.75), erfinv(0.25));
/// assert!((erfcinv(1e-40_f64) - 9.448_789_766_720_858).abs() < 1e-14);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §7.17, <https://dlmf.nist.gov/7.17>.
#[inline]
pub fn erfcinv<R: Real>(p: R) -> R {
    p.apply(ErfcInv)
}

/// The row of [`erfinv`](crate::erfinv).
#[derive(Clone, Copy, Debug)]
pub struct ErfInv;
impl Unary for ErfInv {
    #[inline]
    fn value(self, x: f64) -> f64 {
        if x.abs() <= MIDDLE {
            middle(x, 0.0)
        } else {
            root_in_tail(1.0 - x.abs()).copysign(x)
        }
    }
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        R::from_f64(1.0 / FRAC_2_SQRT_PI) * (y * y).exp()
    }
}

/// The row of [`erfcinv`](crate::erfcinv).
#[derive(Clone, Copy, Debug)]
pub struct ErfcInv;
impl Unary for ErfcInv {
    #[inline]
    fn value(self, p: f64) -> f64 {
        let x = 1.0 - p;
        if x.abs() <= MIDDLE {
            middle(x, (1.0 - x) - p)
        } else if p <= 1.0 {
            root_in_tail(p)
        } else {
            -root_in_tail(2.0 - p)
        }
    }
    fn slope<R: Real>(self, _p: R, y: R) -> R {
        R::from_f64(-1.0 / FRAC_2_SQRT_PI) * (y * y).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn ends_and_outside() {
        assert_eq!([-1.0, 1.0].map(erfinv), [-INFINITY, INFINITY]);
        assert_eq!(
            [0.0, -0.0, 2.0].map(erfcinv),
            [INFINITY, INFINITY, -INFINITY]
        );
        for x in [2.0, -2.0, 1.0_f64.next_up(), INFINITY, -INFINITY, f64::NAN] {
            assert!(erfinv(x).is_nan(), "erfinv({x})");
        }
        for p in [-5e-324, 2.0_f64.next_up(), INFINITY, -INFINITY, f64::NAN] {
            assert!(erfcinv(p).is_nan(), "erfcinv({p})");
        }
    }

    #[test]
    fn the_origin_is_exact() {
        assert_eq!(erfinv(-0.0_f64).to_bits(), (-0.0_f64).to_bits());
        assert_eq!(erfcinv(1.0), 0.0);
        // √π/2 · 2⁻¹⁰²² is subnormal, and within 10⁻¹ of its last digit halfway between two numbers
        let expected = f64::MIN_POSITIVE / FRAC_2_SQRT_PI;
        assert!((erfinv(f64::MIN_POSITIVE) - expected).abs() <= f64::from_bits(1));
        assert!(erfinv(5e-324) == 5e-324);
    }

    #[test]
    fn values_of_a_table() {
        // mpmath, 50 digits
        for (p, y) in [
            (5e-324, 27.213_293_210_812_949),
            (1e-300, 26.209_469_960_516_123_9),
            (1e-100, 15.065_574_702_592_646),
        ] {
            assert!(
                (erfcinv(p) - y).abs() <= 4.0 * f64::EPSILON * y,
                "{p}: {}",
                erfcinv(p)
            );
        }
        assert_eq!(erfinv(0.5_f32), 0.476_936_28);
    }

    #[test]
    fn slopes_at_the_center_and_the_ends() {
        assert_eq!(ErfInv.slope(0.0, 0.0), 1.0 / FRAC_2_SQRT_PI);
        assert_eq!(ErfcInv.slope(1.0, 0.0), -1.0 / FRAC_2_SQRT_PI);
        assert_eq!(ErfInv.slope(1.0, INFINITY), INFINITY);
        assert_eq!(ErfcInv.slope(0.0, INFINITY), -INFINITY);
    }
}
