//! The sum of two numbers known by their logarithms.

use crate::functions::activations::sigmoid::sigmoid;
use crate::scalars::function::Binary;
use crate::scalars::real::Real;
use std::f64::consts::LN_2;

/// The logarithm of the sum of two exponentials.
///
/// ```math
/// \operatorname{logaddexp}(a, b) = \ln(e^a + e^b), \qquad
/// \frac{\partial}{\partial a} = \sigma(a - b), \quad \frac{\partial}{\partial b} = \sigma(b - a)
/// ```
///
/// Addition of two probabilities (or weights) known by their logarithms.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | commutative, to the bit | `logaddexp_is_commutative` |
/// | $`\ge \max(a, b)`$ | `logaddexp_is_at_least_the_maximum` |
/// | $`\operatorname{logaddexp}(x, \operatorname{log1mexp}(x)) = 0`$ | `a_probability_and_its_complement_sum_to_one` |
/// | $`= \operatorname{LSE}(a, b)`$ | `log_sum_exp_of_two_is_logaddexp` |
///
/// # Numerics
///
/// $`\max(a, b) + \ln(1 + e^{-\lvert a - b \rvert})`$: no overflow. The error is below 2 ULP of
/// $`\max(\lvert \max(a, b) \rvert, \lvert y \rvert)`$; a result near 0 is the small difference of larger
/// numbers. $`-\infty`$ is the logarithm of 0: it adds nothing, two of them give $`-\infty`$ with slopes
/// $`(0, 0)`$. Two $`+\infty`$ give $`+\infty`$ with slopes $`(\frac12, \frac12)`$. NaN if either is NaN.
///
/// # Examples
///
/// ```
/// use gradus_numeric::logaddexp;
///
/// assert_eq!(logaddexp(0.0, 0.0), std::f64::consts::LN_2);
/// assert_eq!(logaddexp(1000.0, -1000.0), 1000.0);
/// assert_eq!(logaddexp(f64::NEG_INFINITY, 3.0), 3.0);
/// ```
///
/// # References
///
/// P. Blanchard, D. J. Higham and N. J. Higham, *Accurately computing the log-sum-exp and softmax functions*, IMA J.
/// Numer. Anal. 41 (2021), 2311–2330, eq. 1.1 with $`n = 2`$, <https://doi.org/10.1093/imanum/draa038>.
#[inline(always)]
pub fn logaddexp<R: Real>(a: R, b: R) -> R {
    a.apply2(b, LogAddExp)
}

/// The row of [`logaddexp`](crate::logaddexp).
#[derive(Clone, Copy, Debug)]
pub struct LogAddExp;
impl Binary for LogAddExp {
    #[inline(always)]
    fn value(self, a: f64, b: f64) -> f64 {
        if a == b {
            a + LN_2 // also where a − b is ∞ − ∞
        } else {
            a.max(b) + (-(a - b).abs()).exp().ln_1p()
        }
    }
    #[inline(always)]
    fn slopes<R: Real>(self, a: R, b: R, _y: R) -> (R, R) {
        let (at_a, at_b) = (a.to_f64(), b.to_f64());
        if at_a == at_b && at_a.is_infinite() {
            let half = R::from_f64(if at_a > 0.0 { 0.5 } else { 0.0 });
            (half, half)
        } else {
            (sigmoid(a - b), sigmoid(b - a))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn infinities_are_weights_of_zero_or_everything() {
        assert_eq!(logaddexp(-INFINITY, -INFINITY), -INFINITY);
        assert_eq!(logaddexp(-INFINITY, 3.0), 3.0);
        assert_eq!(logaddexp(INFINITY, 3.0), INFINITY);
        assert_eq!(logaddexp(INFINITY, -INFINITY), INFINITY);
        assert_eq!(logaddexp(INFINITY, INFINITY), INFINITY);
        assert_eq!(logaddexp(f64::MAX, f64::MIN), f64::MAX);
    }

    #[test]
    fn nan_is_not_hidden() {
        for b in [0.0, INFINITY, -INFINITY, f64::NAN] {
            assert!(logaddexp(f64::NAN, b).is_nan() && logaddexp(b, f64::NAN).is_nan());
        }
    }

    #[test]
    fn slopes_are_shares() {
        let slopes = |a: f64, b: f64| LogAddExp.slopes(a, b, logaddexp(a, b));
        assert_eq!(slopes(1.0, 1.0), (0.5, 0.5));
        assert_eq!(slopes(3.0_f64.ln(), 0.0), (0.75, 0.25));
        assert_eq!(slopes(-INFINITY, -INFINITY), (0.0, 0.0));
        assert_eq!(slopes(INFINITY, INFINITY), (0.5, 0.5));
        assert_eq!(slopes(INFINITY, 0.0), (1.0, 0.0));
        assert_eq!(slopes(0.0, -INFINITY), (1.0, 0.0));
    }
}
