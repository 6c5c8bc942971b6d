//! The logarithm of the sigmoid.

use super::sigmoid::sigmoid;
use super::softplus::Softplus;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The logarithm of the logistic sigmoid.
///
/// ```math
/// \ln \sigma(x) = -\ln(1 + e^{-x}) = -\zeta(-x), \qquad (\ln \sigma)'(x) = \sigma(-x)
/// ```
///
/// The log-likelihood of an event of log-odds `x` that did happen; with the opposite sign it is the binary
/// cross-entropy of one label.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ln \sigma(x) = -\zeta(-x)`$ | `log_sigmoid_is_minus_softplus_of_the_opposite` |
/// | $`e^{\ln \sigma(x)} = \sigma(x)`$ | `exp_of_log_sigmoid_is_sigmoid` |
///
/// # Numerics
///
/// Below 2 ULP ([measured](crate#accuracy)) on the whole line, by [`softplus`](crate::softplus()). The naive
/// logarithm of the sigmoid is $`-\infty`$ for $`x < -746`$, where the value is simply $`x`$, and 0 for
/// $`x > 37`$, where it is $`-e^{-x}`$. Limits: $`-\infty`$ at $`-\infty`$, $`-0`$ at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::log_sigmoid;
///
/// assert_eq!(log_sigmoid(0.0), 0.5_f64.ln());
/// assert_eq!(log_sigmoid(-1000.0), -1000.0);
/// ```
///
/// # References
///
/// Goodfellow, Bengio and Courville, *Deep Learning* (2016), §3.10, eq. 3.36.
#[inline(always)]
pub fn log_sigmoid<R: Real>(x: R) -> R {
    x.apply(LogSigmoid)
}

/// The row of [`log_sigmoid`](crate::log_sigmoid).
#[derive(Clone, Copy, Debug)]
pub struct LogSigmoid;
impl Unary for LogSigmoid {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        -Softplus.value(-x)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        sigmoid(-x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let limits = [f64::NEG_INFINITY, f64::MIN, -800.0, 800.0, f64::INFINITY];
        assert_eq!(
            limits.map(log_sigmoid),
            [f64::NEG_INFINITY, f64::MIN, -800.0, 0.0, 0.0]
        );
        assert!(log_sigmoid(f64::NAN).is_nan());
        assert_eq!(log_sigmoid(700.0), -(-700.0_f64).exp());
    }

    #[test]
    fn slope_is_the_sigmoid_of_the_opposite() {
        assert_eq!(LogSigmoid.slope(0.0, log_sigmoid(0.0)), 0.5);
        assert_eq!(LogSigmoid.slope(-1000.0, -1000.0), 1.0);
        assert_eq!(LogSigmoid.slope(1000.0, 0.0), 0.0);
    }
}
