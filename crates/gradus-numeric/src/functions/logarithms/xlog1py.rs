//! A product with a logarithm of one plus something, continued by 0.

use crate::scalars::function::Binary;
use crate::scalars::real::Real;

/// A number times the logarithm of one plus another; zero times any logarithm is zero.
///
/// ```math
/// \operatorname{xlog1py}(a, b) = a \ln(1 + b), \quad 0 \ln(1 + b) = 0, \qquad
/// \frac{\partial}{\partial a} = \ln(1 + b), \quad \frac{\partial}{\partial b} = \frac{a}{1 + b}
/// ```
///
/// The log-likelihood of failures: $`(n - k) \ln(1 - p)`$ is `xlog1py(n - k, -p)`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{xlog1py}(0, b) = 0`$ | `xlog1py_of_zero_is_zero` |
/// | $`\operatorname{xlog1py}(a, b) = \operatorname{xlogy}(a, 1 + b)`$ where $`1 + b`$ is exact | `xlog1py_is_xlogy_of_one_more` |
///
/// # Numerics
///
/// Two roundings, at most 2 ULP ([measured](crate#accuracy)), with `ln_1p`: a small `b` keeps its digits. At
/// $`(0, -1)`$ the slopes are $`(-\infty, 0)`$. NaN is not hidden: $`\operatorname{xlog1py}(0, \mathrm{NaN})`$
/// is NaN. For $`b < -1`$ the value is NaN unless $`a = 0`$, and the slope in $`a`$ always is.
///
/// # Examples
///
/// ```
/// use gradus_numeric::xlog1py;
///
/// assert_eq!(xlog1py(0.0, -1.0), 0.0);
/// assert_eq!(xlog1py(3.0, 1.0), 3.0 * std::f64::consts::LN_2);
/// assert_eq!(xlog1py(2.0, -1e-20), -2e-20);
/// ```
///
/// # References
///
/// As [`xlogy`](crate::xlogy); D. Goldberg, *What every computer scientist should know about floating-point arithmetic*, ACM
/// Comput. Surv. 23 (1991), 5–48, theorem 4, <https://doi.org/10.1145/103162.103163>, for $`\ln(1 + b)`$.
#[inline(always)]
pub fn xlog1py<R: Real>(a: R, b: R) -> R {
    a.apply2(b, XLog1pY)
}

/// The row of [`xlog1py`](crate::xlog1py).
#[derive(Clone, Copy, Debug)]
pub struct XLog1pY;
impl Binary for XLog1pY {
    #[inline(always)]
    fn value(self, a: f64, b: f64) -> f64 {
        if a == 0.0 && !b.is_nan() {
            0.0
        } else {
            a * b.ln_1p()
        }
    }
    #[inline(always)]
    fn slopes<R: Real>(self, a: R, b: R, _y: R) -> (R, R) {
        let zero = R::from_f64(0.0);
        let one_more = R::from_f64(1.0) + b;
        let by_b = if a == zero && one_more == zero {
            zero
        } else {
            a / one_more
        };
        (b.ln_1p(), by_b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_times_a_logarithm_is_zero() {
        for b in [-2.0, -1.0, -0.0, 0.0, 5e-324, 1.0, f64::INFINITY] {
            assert_eq!(xlog1py(0.0, b).to_bits(), 0);
            assert_eq!(xlog1py(-0.0, b).to_bits(), 0);
        }
    }

    #[test]
    fn edges() {
        assert_eq!(xlog1py(2.0, -1.0), f64::NEG_INFINITY);
        assert_eq!(xlog1py(-2.0, -1.0), f64::INFINITY);
        let nan = f64::NAN;
        for (a, b) in [(0.0, nan), (nan, 0.0), (nan, 1.0), (1.0, -2.0)] {
            assert!(xlog1py(a, b).is_nan(), "xlog1py({a}, {b})");
        }
    }

    #[test]
    fn slopes_at_the_end() {
        let slopes = |a: f64, b: f64| XLog1pY.slopes(a, b, xlog1py(a, b));
        assert_eq!(slopes(0.0, -1.0), (f64::NEG_INFINITY, 0.0));
        assert_eq!(slopes(3.0, 1.0), (std::f64::consts::LN_2, 1.5));
        assert_eq!(slopes(1.0, -1.0), (f64::NEG_INFINITY, f64::INFINITY));
    }
}
