//! The logistic sigmoid.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use crate::scalars::single;

/// The logistic sigmoid, the inverse of the logit.
///
/// ```math
/// \sigma(x) = \frac{1}{1 + e^{-x}}, \qquad \sigma'(x) = \sigma(x)\,\sigma(-x)
/// ```
///
/// The probability whose log-odds are `x`: it turns a score of the whole line into a probability.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sigma(-x) = 1 - \sigma(x)`$ | `sigmoid_of_the_opposite_is_the_complement` |
/// | $`\tanh x = 2 \sigma(2x) - 1`$ | `tanh_is_a_stretched_sigmoid` |
/// | $`\sigma' = \sigma (1 - \sigma)`$ | `slope_of_sigmoid_is_sigmoid_times_complement` |
/// | $`\lvert \sigma(x) - \sigma(y) \rvert \le \frac14 \lvert x - y \rvert`$ | `sigmoid_is_lipschitz` |
/// | $`\sigma'(x) \operatorname{logit}'(\sigma(x)) = 1`$ | `slopes_of_sigmoid_and_logit_are_inverse` |
///
/// # Numerics
///
/// With $`e = e^{-\lvert x \rvert} \le 1`$ the value is $`1 / (1 + e)`$ for $`x \ge 0`$ and $`e / (1 + e)`$ for
/// $`x < 0`$: nothing overflows, nothing cancels, and the error is below 3 ULP ([measured](crate#accuracy)) on the
/// whole line: exponential, sum and quotient each add a rounding, which is up to one unit of the quotient. (The textbook
/// form $`1 / (1 + e^{-x})`$ is wrong by up to $`10^{15}`$ ULP where $`e^{-x}`$ overflows,
/// $`\frac12 (1 + \tanh \frac x2)`$ for every negative `x` of size.) The slope is a product of two
/// values, not $`y (1 - y)`$, which is 0 for $`x > 37`$. Limits: 0 at $`-\infty`$, 1 at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::sigmoid;
///
/// assert_eq!(sigmoid(0.0), 0.5);
/// assert_eq!(sigmoid(3.0_f64.ln()), 0.75); // odds 3 : 1
/// assert_eq!(sigmoid(-1000.0_f32), 0.0);
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press (2016), §3.10, eq. 3.30 and 3.35.
#[doc(alias = "logistic")]
#[doc(alias = "expit")]
#[inline(always)]
pub fn sigmoid<R: Real>(x: R) -> R {
    x.apply(Sigmoid)
}

/// The row of [`sigmoid`](crate::sigmoid).
#[derive(Clone, Copy, Debug)]
pub struct Sigmoid;
impl Unary for Sigmoid {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        let e = (-x.abs()).exp();
        (if x < 0.0 { e } else { 1.0 }) / (1.0 + e)
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        single::sigmoid(x)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, y: R) -> R {
        y * sigmoid(-x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let limits = [
            f64::NEG_INFINITY,
            f64::MIN,
            -800.0,
            -0.0,
            0.0,
            800.0,
            f64::INFINITY,
        ];
        assert_eq!(limits.map(sigmoid), [0.0, 0.0, 0.0, 0.5, 0.5, 1.0, 1.0]);
        assert_eq!(sigmoid(-745.0), (-745.0_f64).exp()); // subnormal
        assert!(sigmoid(f64::NAN).is_nan());
    }

    #[test]
    fn slope_does_not_vanish_where_the_value_is_one() {
        assert_eq!(Sigmoid.slope(0.0, 0.5), 0.25);
        assert_eq!(Sigmoid.slope(40.0, sigmoid(40.0)), (-40.0_f64).exp());
        assert_eq!(
            Sigmoid.slope(-90.0_f32, sigmoid(-90.0)),
            Real::exp(-90.0_f32)
        );
        for x in [-800.0, 800.0, f64::NEG_INFINITY, f64::INFINITY] {
            assert_eq!(Sigmoid.slope(x, sigmoid(x)), 0.0);
        }
    }
}
