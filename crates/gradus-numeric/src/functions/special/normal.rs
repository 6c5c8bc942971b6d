//! The logarithm and the inverse of the distribution function of the standard normal law.

use super::erf::{half_bell, normal_cdf};
use super::erfinv::{ErfInv, ErfcInv};
use super::scaled_tail::scaled_tail;
use super::tail::mills_ratio;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The logarithm of the standard normal distribution function.
///
/// ```math
/// \ln \Phi(x) = \ln \frac{1}{\sqrt{2\pi}} \int_{-\infty}^x e^{-t^2/2} \, dt, \qquad
/// (\ln \Phi)'(x) = \frac{\varphi(x)}{\Phi(x)}
/// ```
///
/// The log-likelihood of "it was at most x", finite where the probability underflows (below −38.6). The slope
/// is the inverse Mills ratio, the mean of a standard normal draw that exceeds $`-x`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`e^{\ln \Phi(x)} = \Phi(x)`$ | `exp_of_normal_ln_cdf_is_normal_cdf` |
/// | $`e^{\ln \Phi(x)} + e^{\ln \Phi(-x)} = 1`$ | `normal_ln_cdf_and_ln_survival_sum_to_one` |
/// | never falls | `the_normal_family_never_falls` |
/// | $`\max(0, -x) < (\ln \Phi)'(x)`$, and $`(\ln\Phi)'(x) < -x - 1/x`$ for $`x < 0`$ | `inverse_mills_ratio_is_bounded` |
/// | the slope is the derivative | `slopes_of_the_normal_family_are_derivatives` |
///
/// # Numerics
///
/// For $`x > 0`$ by `ln_1p` of the upper tail, which keeps the relative accuracy of a value near 0; in the
/// middle the logarithm of $`\Phi`$; below −5 by the Mills ratio $`R(a) = (1 - \Phi(a)) / \varphi(a)`$, which falls slowly:
///
/// ```math
/// \ln \Phi(-a) = \ln \frac{R(a)}{\sqrt{2\pi}} - \tfrac{a^2}{2}, \qquad
/// R(a) = \cfrac{1}{a + \cfrac{1}{a + \cfrac{2}{a + \cfrac{3}{a + \cdots}}}}
/// ```
///
/// The slope is its reciprocal, by this continued fraction. Within 4 ULP ([measured](crate#accuracy)) over the whole line. $`-\infty`$ at
/// $`-\infty`$ (slope $`+\infty`$), 0 at $`+\infty`$ (slope 0).
///
/// # Examples
///
/// ```
/// use gradus_numeric::{normal_cdf, normal_ln_cdf};
///
/// assert_eq!(normal_ln_cdf(0.0), -std::f64::consts::LN_2);
/// assert_eq!(normal_cdf(-40.0), 0.0); // underflow
/// assert!((normal_ln_cdf(-40.0_f64) + 804.608_442_013_753_8).abs() < 2e-13);
/// ```
///
/// # References
///
/// M. Abramowitz and I. A. Stegun, *Handbook of Mathematical Functions* (1964), formula 26.2.14 (the
/// continued fraction); R. D. Gordon, Ann. Math. Statist. 12 (1941), 364–366,
/// <https://doi.org/10.1214/aoms/1177731721> (the bounds).
#[doc(alias = "log_ndtr")]
#[inline]
pub fn normal_ln_cdf<R: Real>(x: R) -> R {
    x.apply(NormalLnCdf)
}

/// The quantile of the standard normal law: the number that a draw does not exceed with probability p.
///
/// ```math
/// \Phi(\Phi^{-1}(p)) = p, \qquad (\Phi^{-1})'(p) = \frac{1}{\varphi(\Phi^{-1}(p))}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\Phi(\Phi^{-1}(p)) = p`$ | `normal_cdf_inverts_normal_quantile` |
/// | $`\Phi^{-1}(1 - p) = -\Phi^{-1}(p)`$ where $`1 - p`$ is exact, to the bit | `normal_quantile_is_odd_around_one_half` |
/// | never falls | `the_normal_family_never_falls` |
/// | the slope is the derivative | `slopes_of_the_normal_family_are_derivatives` |
///
/// # Numerics
///
/// $`\sqrt2 \operatorname{erfinv}(2p - 1)`$ for $`\frac14 \le p \le \frac34`$, otherwise
/// $`\mp\sqrt2 \operatorname{erfcinv}`$ of twice the smaller tail: all arguments are exact, and $`\sqrt2`$ is
/// carried as $`1 + 0.414\dots`$. Within 3 ULP ([measured](crate#accuracy)) down to the smallest positive number.
/// $`\mp\infty`$ at 0 and 1, with slopes $`+\infty`$; NaN outside of $`[0, 1]`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::normal_quantile;
///
/// assert_eq!(normal_quantile(0.5), 0.0);
/// assert!((normal_quantile(0.975_f64) - 1.959_963_984_540_054).abs() < 1e-15);
/// assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §7.17, <https://dlmf.nist.gov/7.17>.
#[doc(alias = "probit")]
#[doc(alias = "ndtri")]
#[inline]
pub fn normal_quantile<R: Real>(p: R) -> R {
    p.apply(NormalQuantile)
}

/// The row of [`normal_ln_cdf`](crate::normal_ln_cdf).
#[derive(Clone, Copy, Debug)]
pub struct NormalLnCdf;
impl Unary for NormalLnCdf {
    fn value(self, x: f64) -> f64 {
        if x < TAIL {
            scaled_tail(-x).ln() - 0.5 * x * x
        } else if x < 0.0 {
            normal_cdf(x).ln()
        } else {
            (-normal_cdf(-x)).ln_1p()
        }
    }
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        if x.to_f64() < TAIL {
            R::from_f64(1.0) / mills_ratio(-x)
        } else {
            R::from_f64(FRAC_1_SQRT_2PI) * half_bell(x) / normal_cdf(x)
        }
    }
}

/// The row of [`normal_quantile`](crate::normal_quantile).
#[derive(Clone, Copy, Debug)]
pub struct NormalQuantile;
impl Unary for NormalQuantile {
    #[inline]
    fn value(self, p: f64) -> f64 {
        if p < 0.25 {
            -times_sqrt_2(ErfcInv.value(2.0 * p))
        } else if p <= 0.75 {
            times_sqrt_2(ErfInv.value(2.0 * (p - 0.5)))
        } else {
            times_sqrt_2(ErfcInv.value(2.0 * (1.0 - p)))
        }
    }
    fn slope<R: Real>(self, _p: R, y: R) -> R {
        (R::from_f64(0.5) * y * y).exp() / R::from_f64(FRAC_1_SQRT_2PI)
    }
}

/// $`\sqrt2 \, y`$: of the product with a number below ½ the rounding is small beside the sum.
#[inline]
fn times_sqrt_2(y: f64) -> f64 {
    y + y * SQRT_2_MINUS_1
}

/// From here on downwards the continued fraction is exact to the last digit.
const TAIL: f64 = -5.0;
/// $`1/\sqrt{2\pi}`$.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// $`\sqrt2 - 1`$.
const SQRT_2_MINUS_1: f64 = 0.414_213_562_373_095_03;

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn limits_and_nan() {
        assert_eq!([-INFINITY, INFINITY].map(normal_ln_cdf), [-INFINITY, 0.0]);
        assert_eq!([0.0, 1.0].map(normal_quantile), [-INFINITY, INFINITY]);
        assert!(normal_ln_cdf(f64::NAN).is_nan());
        for p in [
            -5e-324,
            -1.0,
            1.0_f64.next_up(),
            INFINITY,
            -INFINITY,
            f64::NAN,
        ] {
            assert!(normal_quantile(p).is_nan(), "normal_quantile({p})");
        }
    }

    #[test]
    fn values_of_a_table() {
        // mpmath, 50 digits
        let close =
            |a: f64, b: f64| assert!((a - b).abs() <= 4.0 * f64::EPSILON * b.abs(), "{a} {b}");
        close(normal_ln_cdf(-40.0), -804.608_442_013_753_8);
        close(normal_ln_cdf(10.0), -7.619_853_024_160_527e-24);
        close(normal_ln_cdf(-1e10), -5e19);
        close(normal_quantile(0.001), -3.090_232_306_167_813_5);
        close(normal_quantile(5e-324), -38.467_405_617_144_346);
        assert_eq!(normal_quantile(0.975_f32), 1.959_964_4);
    }

    #[test]
    fn the_neighbor_of_one_half_has_a_quantile_with_all_digits() {
        let next = normal_quantile(0.5 + f64::EPSILON / 2.0); // √(2π) 2⁻⁵³
        assert!((next * FRAC_1_SQRT_2PI / f64::EPSILON - 0.5).abs() <= f64::EPSILON);
    }

    #[test]
    fn log_cdf_is_continuous_where_the_formula_changes() {
        for x in [TAIL, 0.0] {
            let (below, above): (f64, f64) = (normal_ln_cdf(x.next_down()), normal_ln_cdf(x));
            assert!(
                (below - above).abs() <= 4.0 * f64::EPSILON * below.abs(),
                "{x}"
            );
        }
    }

    #[test]
    fn slopes_at_the_ends() {
        let slope = |x: f64| NormalLnCdf.slope(x, normal_ln_cdf(x));
        assert_eq!(slope(-INFINITY), INFINITY);
        assert_eq!(slope(INFINITY), 0.0);
        assert_eq!(slope(-1e150), 1e150);
        assert_eq!(slope(0.0), 2.0 * FRAC_1_SQRT_2PI);
        assert_eq!(NormalQuantile.slope(0.0, -INFINITY), INFINITY);
        assert_eq!(NormalQuantile.slope(0.5, 0.0), 1.0 / FRAC_1_SQRT_2PI);
    }
}
