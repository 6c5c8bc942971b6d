//! The inverse of softplus.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::LN_2;

/// The inverse of the softplus, for `y ≥ 0`.
///
/// ```math
/// \zeta^{-1}(y) = \ln(e^y - 1), \qquad (\zeta^{-1})'(y) = \frac{1}{1 - e^{-y}}
/// ```
///
/// The number to start from if a positive parameter `y` is learned as the softplus of a free one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\zeta(\zeta^{-1}(y)) = y`$ | `softplus_undoes_its_inverse` |
/// | $`\zeta^{-1}(y) = y + \operatorname{log1mexp}(-y)`$ | `softplus_inverse_is_a_shifted_log1mexp` |
///
/// # Numerics
///
/// Three forms, each where it does not cancel: $`\ln(e^y - 1)`$ by `exp_m1` for $`e^y < \frac32`$;
/// $`\ln(1 + 2 (e^{y - \ln 2} - 1))`$ up to 1, around the root $`\ln 2`$, with $`\ln 2`$ as a sum of two
/// numbers; $`y + \ln(1 - e^{-y})`$ beyond. At most 3 ULP ([measured](crate#accuracy)), near the root too.
/// Limits: $`-\infty`$ at 0 (slope $`+\infty`$), $`+\infty`$ at $`+\infty`$; NaN for $`y < 0`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::softplus_inverse;
///
/// assert!((softplus_inverse(4.0_f64.ln()) - 3.0_f64.ln()).abs() < 1e-15);
/// assert_eq!(softplus_inverse(1000.0), 1000.0);
/// assert_eq!(softplus_inverse(0.0), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// M. Mächler, *Accurately computing log(1 − exp(−|a|))*, R package Rmpfr (2012),
/// <https://cran.r-project.org/package=Rmpfr/vignettes/log1mexp-note.pdf>, for the form beyond 1.
#[doc(alias = "log of exp_m1")]
#[inline(always)]
pub fn softplus_inverse<R: Real>(y: R) -> R {
    y.apply(SoftplusInverse)
}

/// The row of [`softplus_inverse`](crate::softplus_inverse).
#[derive(Clone, Copy, Debug)]
pub struct SoftplusInverse;
impl Unary for SoftplusInverse {
    #[inline(always)]
    fn value(self, y: f64) -> f64 {
        if y < 0.4055 {
            y.exp_m1().ln()
        } else if y <= 1.0 {
            (2.0 * (y - LN_2 - LN_2_LOW).exp_m1()).ln_1p()
        } else {
            y + (-(-y).exp()).ln_1p()
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let minus_x = -(x + R::from_f64(0.0)); // −0 at both zeros, so that the slope there is +∞
        R::from_f64(-1.0) / minus_x.exp_m1()
    }
}

/// ln 2 minus `LN_2`; mpmath: `log(mpf(2)) - mpf(float(log(2)))` at 50 digits.
const LN_2_LOW: f64 = 2.319_046_813_846_299_6e-17;

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let y = [0.0, -0.0, f64::MAX, INFINITY];
        let x = [-INFINITY, -INFINITY, f64::MAX, INFINITY];
        assert_eq!(y.map(softplus_inverse), x);
        assert_eq!(softplus_inverse(5e-324), 5e-324_f64.ln());
        for outside in [-5e-324, -1.0, -INFINITY, f64::NAN] {
            assert!(softplus_inverse(outside).is_nan(), "at {outside}");
        }
    }

    #[test]
    fn the_root_is_ln_2() {
        // LN_2 lies below the root by LN_2_LOW, where the slope is 2
        assert_eq!(softplus_inverse(LN_2), -2.0 * LN_2_LOW);
    }

    #[test]
    fn slope_by_hand() {
        let slope = |y: f64| SoftplusInverse.slope(y, softplus_inverse(y));
        assert_eq!(slope(LN_2), 2.0);
        assert_eq!([0.0, -0.0].map(slope), [INFINITY; 2]);
        assert_eq!([1000.0, INFINITY].map(slope), [1.0; 2]);
    }
}
