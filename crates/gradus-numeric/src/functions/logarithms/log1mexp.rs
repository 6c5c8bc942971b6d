//! The logarithm of a complement.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::LN_2;

/// The logarithm of one minus an exponential, for `x ≤ 0`.
///
/// ```math
/// \operatorname{log1mexp}(x) = \ln(1 - e^x), \qquad
/// \operatorname{log1mexp}'(x) = \frac{-1}{e^{-x} - 1}
/// ```
///
/// If `x` is the logarithm of a probability, this is the logarithm of the complementary one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{log1mexp}(\operatorname{log1mexp}(x)) = x`$ | `log1mexp_is_its_own_inverse` |
/// | $`e^x + e^{\operatorname{log1mexp}(x)} = 1`$ | `a_probability_and_its_complement_sum_to_one` |
///
/// # Numerics
///
/// For $`x > -\ln 2`$ the form is $`\ln(-(e^x - 1))`$ by `exp_m1`, otherwise $`\ln(1 + (-e^x))`$ by `ln_1p`; each
/// is exact where the other one cancels, and $`-\ln 2`$ balances their errors (Mächler). Below 2 ULP
/// ([measured](crate#accuracy)). Limits: $`-0`$ at $`-\infty`$, $`-\infty`$ at 0 (slope $`-\infty`$); NaN for
/// $`x > 0`$. Some libraries (Mächler's note itself, JAX) take $`-x`$ as argument.
///
/// # Examples
///
/// ```
/// use gradus_numeric::log1mexp;
///
/// assert_eq!(log1mexp(0.25_f64.ln()), 0.75_f64.ln());
/// assert_eq!(log1mexp(-1e-300), 1e-300_f64.ln());
/// assert_eq!(log1mexp(0.0), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// M. Mächler, *Accurately computing log(1 − exp(−|a|))*, R package Rmpfr (2012), eq. 7,
/// <https://cran.r-project.org/package=Rmpfr/vignettes/log1mexp-note.pdf>.
#[inline(always)]
pub fn log1mexp<R: Real>(x: R) -> R {
    x.apply(Log1mExp)
}

/// The row of [`log1mexp`](crate::log1mexp).
#[derive(Clone, Copy, Debug)]
pub struct Log1mExp;
impl Unary for Log1mExp {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x > -LN_2 {
            (-x.exp_m1()).ln()
        } else {
            (-x.exp()).ln_1p()
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        if x.to_f64() < -1.0 {
            return x.exp() / x.exp_m1(); // far out, where e^(−x) and the slope of its quotient overflow
        }
        let minus_x = R::from_f64(0.0) - x; // +0 at both zeros, so that the slope there is −∞
        R::from_f64(-1.0) / minus_x.exp_m1()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        assert_eq!([0.0, -0.0].map(log1mexp), [f64::NEG_INFINITY; 2]);
        assert_eq!(
            [f64::NEG_INFINITY, f64::MIN, -800.0].map(log1mexp),
            [0.0; 3]
        );
        assert_eq!(log1mexp(-5e-324), 5e-324_f64.ln());
        assert_eq!(log1mexp(-LN_2), -LN_2);
        for outside in [5e-324, 1.0, f64::INFINITY, f64::NAN] {
            assert!(log1mexp(outside).is_nan(), "log1mexp({outside})");
        }
    }

    #[test]
    fn slope_is_minus_the_odds() {
        let slope = Log1mExp.slope(0.75_f64.ln(), 0.25_f64.ln()); // odds 3 : 1
        assert!((slope + 3.0).abs() <= 4.0 * f64::EPSILON);
        assert_eq!(
            [0.0, -0.0].map(|x| Log1mExp.slope(x, f64::NEG_INFINITY)),
            [f64::NEG_INFINITY; 2]
        );
        assert_eq!(Log1mExp.slope(f64::NEG_INFINITY, 0.0), 0.0);
    }
}
