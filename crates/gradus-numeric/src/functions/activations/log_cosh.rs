//! The logarithm of the hyperbolic cosine, a smooth absolute value.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::LN_2;

/// The logarithm of the hyperbolic cosine.
///
/// ```math
/// \operatorname{log\_cosh}(x) = \ln \frac{e^x + e^{-x}}{2}, \qquad \operatorname{log\_cosh}'(x) = \tanh x
/// ```
///
/// A smooth absolute value: $`\frac12 x^2`$ near 0, $`\lvert x \rvert - \ln 2`$ far away, with a slope
/// between −1 and 1. As a loss it is squared for small and absolute for large residuals.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert x \rvert - \ln 2 \le \operatorname{log\_cosh}(x) \le \lvert x \rvert`$ | `log_cosh_lies_just_below_the_absolute_value` |
/// | $`\operatorname{log\_cosh}(x) \le \frac12 x^2`$ | `log_cosh_lies_below_half_the_square` |
/// | even, to the bit | `log_cosh_is_even` |
/// | $`= \operatorname{logaddexp}(x, -x) - \ln 2`$ | `log_cosh_is_logaddexp_of_both_signs` |
/// | $`\lvert \operatorname{log\_cosh}(x) - \operatorname{log\_cosh}(y) \rvert \le \lvert x - y \rvert`$ | `log_cosh_is_lipschitz` |
///
/// # Numerics
///
/// The cosine never overflows: $`\lvert x \rvert - \ln 2 + \ln(1 + e^{-2 \lvert x \rvert})`$ from
/// $`\lvert x \rvert = 0.7`$ on. Below, where these summands cancel,
///
/// ```math
/// \tfrac12 \ln(1 + \sinh^2 x), \qquad \sinh^2 x = x^2 + \tfrac13 x^4 + \tfrac2{45} x^6 + \cdots
/// = \sum_{n \ge 1} \frac{2^{2n - 1}}{(2n)!} x^{2n}
/// ```
///
/// At most 3 ULP ([measured](crate#accuracy)): the rounding errors of a square, a sum, a logarithm. The first form
/// alone has no right digit near 0. Limits: $`+\infty`$ at $`\pm\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::log_cosh;
///
/// assert_eq!(log_cosh(0.0), 0.0);
/// assert_eq!(log_cosh(1000.0), 1000.0 - std::f64::consts::LN_2);
/// assert_eq!(log_cosh(1e-100), 0.5e-200);
/// ```
///
/// # References
///
/// Mächler (2012), §3, as for [`softplus`](crate::softplus).
#[inline(always)]
pub fn log_cosh<R: Real>(x: R) -> R {
    x.apply(LogCosh)
}

/// The row of [`log_cosh`](crate::log_cosh).
#[derive(Clone, Copy, Debug)]
pub struct LogCosh;
impl Unary for LogCosh {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        let x = x.abs();
        if x < 0.7 {
            0.5 * sinh_squared(x).ln_1p()
        } else {
            x - LN_2 + (-2.0 * x).exp().ln_1p()
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        x.tanh()
    }
}

/// $`\sinh^2 x`$ for $`\lvert x \rvert \le 0.7`$.
#[inline(always)]
fn sinh_squared(x: f64) -> f64 {
    let square = x * x;
    let rest = SINH_SQUARED
        .iter()
        .rev()
        .fold(0.0, |sum, &c| sum * square + c);
    square + square * square * rest
}

/// $`2^{2n - 1} / (2n)!`$, $`n = 2, 3, \dots`$
const SINH_SQUARED: [f64; 10] = [
    1.0 / 3.0,
    2.0 / 45.0,
    1.0 / 315.0,
    2.0 / 14175.0,
    2.0 / 467775.0,
    4.0 / 42567525.0,
    1.0 / 638512875.0,
    2.0 / 97692469875.0,
    2.0 / 9280784638125.0,
    4.0 / 2143861251406875.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let x = [-INFINITY, f64::MIN, -0.0, 0.0, 5e-324, f64::MAX, INFINITY];
        let y = [INFINITY, f64::MAX, 0.0, 0.0, 0.0, f64::MAX, INFINITY];
        assert_eq!(x.map(|x| log_cosh(x).to_bits()), y.map(f64::to_bits));
        assert!(log_cosh(f64::NAN).is_nan());
    }

    #[test]
    fn a_value_by_hand() {
        let x = 2.0_f64.ln(); // cosh = (2 + 1/2) / 2 = 5/4
        assert!((log_cosh(x) - 1.25_f64.ln()).abs() <= 2.0 * f64::EPSILON);
    }

    #[test]
    fn slope_is_the_hyperbolic_tangent() {
        let x = [-INFINITY, 0.0, 2.0, INFINITY];
        assert_eq!(
            x.map(|x| LogCosh.slope(x, log_cosh(x))),
            [-1.0, 0.0, Real::tanh(2.0), 1.0]
        );
    }
}
