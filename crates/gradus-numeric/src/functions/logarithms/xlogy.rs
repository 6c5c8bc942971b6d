//! A product with a logarithm, continued by 0.

use crate::scalars::function::Binary;
use crate::scalars::real::Real;

/// A number times the logarithm of another; zero times any logarithm is zero.
///
/// ```math
/// \operatorname{xlogy}(a, b) = a \ln b, \quad 0 \ln b = 0, \qquad
/// \frac{\partial}{\partial a} = \ln b, \quad \frac{\partial}{\partial b} = \frac ab
/// ```
///
/// The term of entropies and log-likelihoods: what has probability 0 contributes nothing, even where its
/// logarithm is infinite.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{xlogy}(0, b) = 0`$ | `xlogy_of_zero_is_zero` |
/// | $`\operatorname{xlogy}(a, b^2) = 2 \operatorname{xlogy}(a, b)`$ | `xlogy_of_a_square_is_twice_xlogy` |
///
/// # Numerics
///
/// Two roundings, at most 2 ULP ([measured](crate#accuracy)). At $`(0, 0)`$ the slopes are $`(-\infty, 0)`$. NaN
/// is not hidden: $`\operatorname{xlogy}(0, \mathrm{NaN})`$ is NaN. For $`b < 0`$ the value is NaN
/// unless $`a = 0`$, and the slope in $`a`$ always is.
///
/// # Examples
///
/// ```
/// use gradus_numeric::xlogy;
///
/// assert_eq!(xlogy(0.0, 0.0), 0.0);
/// assert_eq!(xlogy(2.0, 1.0), 0.0);
/// assert_eq!(xlogy(0.5, 0.5), -std::f64::consts::LN_2 / 2.0);
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), §2.1 and §2.3 ($`0 \ln 0 = 0`$, and the
/// other conventions of divergences).
#[inline(always)]
pub fn xlogy<R: Real>(a: R, b: R) -> R {
    a.apply2(b, XLogY)
}

/// The row of [`xlogy`](crate::xlogy).
#[derive(Clone, Copy, Debug)]
pub struct XLogY;
impl Binary for XLogY {
    #[inline(always)]
    fn value(self, a: f64, b: f64) -> f64 {
        if a == 0.0 && !b.is_nan() {
            0.0
        } else {
            a * b.ln()
        }
    }
    #[inline(always)]
    fn slopes<R: Real>(self, a: R, b: R, _y: R) -> (R, R) {
        let zero = R::from_f64(0.0);
        let by_b = if a == zero && b == zero { zero } else { a / b };
        (b.ln(), by_b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_times_a_logarithm_is_zero() {
        for b in [0.0, -0.0, 5e-324, 1.0, -1.0, f64::INFINITY] {
            assert_eq!(xlogy(0.0, b).to_bits(), 0);
            assert_eq!(xlogy(-0.0, b).to_bits(), 0);
        }
    }

    #[test]
    fn edges() {
        assert_eq!(xlogy(2.0, 0.0), f64::NEG_INFINITY);
        assert_eq!(xlogy(-2.0, 0.0), f64::INFINITY);
        for (a, b) in [
            (0.0, f64::NAN),
            (f64::NAN, 0.0),
            (f64::NAN, 1.0),
            (1.0, -1.0),
        ] {
            assert!(xlogy(a, b).is_nan(), "xlogy({a}, {b})");
        }
    }

    #[test]
    fn slopes_at_zero() {
        let slopes = |a: f64, b: f64| XLogY.slopes(a, b, xlogy(a, b));
        assert_eq!(slopes(0.0, 0.0), (f64::NEG_INFINITY, 0.0));
        assert_eq!(slopes(0.0, 2.0), (2.0_f64.ln(), 0.0));
        assert_eq!(slopes(3.0, 2.0), (2.0_f64.ln(), 1.5));
        assert_eq!(slopes(1.0, 0.0), (f64::NEG_INFINITY, f64::INFINITY));
    }
}
