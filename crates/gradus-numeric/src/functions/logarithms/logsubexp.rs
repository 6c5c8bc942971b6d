//! The difference of two numbers known by their logarithms.

use super::log1mexp::log1mexp;
use crate::scalars::function::Binary;
use crate::scalars::real::Real;

/// The logarithm of the difference of two exponentials, for `a ≥ b`.
///
/// ```math
/// \operatorname{logsubexp}(a, b) = \ln(e^a - e^b), \qquad
/// \frac{\partial}{\partial a} = \frac{1}{1 - e^{b - a}}, \quad
/// \frac{\partial}{\partial b} = \frac{-e^{b - a}}{1 - e^{b - a}}
/// ```
///
/// Subtraction of two probabilities (or weights) known by their logarithms: an event without a part of it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{logsubexp}(\operatorname{logaddexp}(a, b), b) = a`$ | `logsubexp_undoes_logaddexp` |
/// | $`e^{\operatorname{logsubexp}(\ln p, \ln q)} = p - q`$ | `logsubexp_subtracts_probabilities` |
/// | $`\operatorname{logsubexp}(0, b) = \operatorname{log1mexp}(b)`$, to the bit | `logsubexp_from_one_is_log1mexp` |
/// | the slopes sum to 1 | `slopes_of_logsubexp_sum_to_one` |
///
/// # Numerics
///
/// $`a + \operatorname{log1mexp}(b - a)`$: no overflow. The error is below 2 ULP of
/// $`\max(\lvert a \rvert, \lvert y \rvert)`$; a result near 0 is the small difference of larger numbers.
/// $`-\infty`$ is the logarithm of 0: $`b = -\infty`$ takes nothing away; for $`a = b`$ the value is $`-\infty`$,
/// with slopes $`(+\infty, -\infty)`$, and $`(0, 0)`$ if both are $`-\infty`$. NaN for $`a < b`$, for two
/// $`+\infty`$, and if either is NaN.
///
/// # Examples
///
/// ```
/// use gradus_numeric::logsubexp;
///
/// assert!((logsubexp(3.0_f64.ln(), 0.0) - 2.0_f64.ln()).abs() < 1e-15);
/// assert_eq!(logsubexp(1000.0, f64::NEG_INFINITY), 1000.0);
/// assert_eq!(logsubexp(2.0, 2.0), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// Mächler (2012), eq. 7, as for [`log1mexp`].
#[doc(alias = "log_diff_exp")]
#[inline(always)]
pub fn logsubexp<R: Real>(a: R, b: R) -> R {
    a.apply2(b, LogSubExp)
}

/// The row of [`logsubexp`](crate::logsubexp).
#[derive(Clone, Copy, Debug)]
pub struct LogSubExp;
impl Binary for LogSubExp {
    #[inline(always)]
    fn value(self, a: f64, b: f64) -> f64 {
        if a == b && a < f64::INFINITY {
            f64::NEG_INFINITY // also where b − a is ∞ − ∞
        } else {
            a + log1mexp(b - a)
        }
    }
    #[inline(always)]
    fn slopes<R: Real>(self, a: R, b: R, _y: R) -> (R, R) {
        if a == b && a.to_f64() == f64::NEG_INFINITY {
            return (R::from_f64(0.0), R::from_f64(0.0));
        }
        let distance = a - b; // +0 at a tie, so that the slopes there are (+∞, −∞)
        let by_a = R::from_f64(-1.0) / (-distance).exp_m1();
        (by_a, -(-distance).exp() * by_a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn infinities_are_weights_of_zero_or_everything() {
        assert_eq!(logsubexp(-INFINITY, -INFINITY), -INFINITY);
        assert_eq!(logsubexp(3.0, -INFINITY), 3.0);
        assert_eq!(logsubexp(INFINITY, 3.0), INFINITY);
        assert_eq!(logsubexp(INFINITY, -INFINITY), INFINITY);
        assert_eq!(logsubexp(f64::MAX, f64::MIN), f64::MAX);
        assert_eq!(logsubexp(0.0, -0.0), -INFINITY);
    }

    #[test]
    fn what_has_no_logarithm_is_nan() {
        let nan = f64::NAN;
        for (a, b) in [(1.0, 2.0), (INFINITY, INFINITY), (-INFINITY, 0.0)] {
            assert!(logsubexp(a, b).is_nan(), "logsubexp({a}, {b})");
        }
        for b in [0.0, INFINITY, -INFINITY, nan] {
            assert!(logsubexp(nan, b).is_nan() && logsubexp(b, nan).is_nan());
        }
    }

    #[test]
    fn slopes_by_hand() {
        let slopes = |a: f64, b: f64| LogSubExp.slopes(a, b, logsubexp(a, b));
        let (by_a, by_b) = slopes(2.0_f64.ln(), 0.0);
        assert!((by_a - 2.0).abs() <= 8.0 * f64::EPSILON);
        assert!((by_b + 1.0).abs() <= 8.0 * f64::EPSILON);
        assert_eq!(slopes(1.0, 1.0), (INFINITY, -INFINITY));
        assert_eq!(slopes(-INFINITY, -INFINITY), (0.0, 0.0));
        assert_eq!(slopes(0.0, -INFINITY), (1.0, 0.0));
        assert_eq!(slopes(1e308, -1e308), (1.0, 0.0));
    }
}
