//! Mish, a number gated by the hyperbolic tangent of its softplus.

use super::gate::{gated_slope, times_exp};
use super::sigmoid::sigmoid;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// Mish: a number times the hyperbolic tangent of its softplus.
///
/// ```math
/// \operatorname{mish}(x) = x \tanh(\ln(1 + e^x)) = x\,\frac{(1 + e^x)^2 - 1}{(1 + e^x)^2 + 1}
/// ```
///
/// A smooth rectifier that dips to $`-0.3088`$ at $`x = -1.1925`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{mish}(x) = x \tanh \zeta(x)`$ with the softplus $`\zeta`$ | `mish_is_gated_by_tanh_of_softplus` |
/// | $`\operatorname{mish}(x) \le \max(x, 0)`$ | `gated_units_lie_below_relu` |
/// | slope finite for every finite `x`, to the second order | `slopes_of_gated_units_are_finite` |
///
/// # Numerics
///
/// One exponential, of $`-\lvert x \rvert`$: with $`e = e^x`$ the gate is
/// $`e (e + 2) / (e (e + 2) + 2)`$ for $`x < 0`$, and with $`e = e^{-x}`$ it is
/// $`(1 + 2e) / (1 + 2e + 2e^2)`$ for $`x \ge 0`$: nothing cancels or overflows. Subnormal results as in
/// [`silu`](crate::silu). At most 4 ULP ([measured](crate#accuracy)) on the whole line. Limits: −0 at $`-\infty`$,
/// $`+\infty`$ at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::mish;
///
/// assert_eq!(mish(0.0), 0.0);
/// let x = 2.0_f64.ln(); // 1 + e^x = 3, so the gate is (9 - 1) / (9 + 1)
/// assert!((mish(x) - 0.8 * x).abs() < 1e-15);
/// ```
///
/// # References
///
/// D. Misra, *Mish: a self regularized non-monotonic activation function*, BMVC (2020), eq. 1,
/// <https://arxiv.org/abs/1908.08681>.
#[inline(always)]
pub fn mish<R: Real>(x: R) -> R {
    x.apply(Mish)
}

/// The row of [`mish`](crate::mish).
#[derive(Clone, Copy, Debug)]
pub struct Mish;
impl Unary for Mish {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x < 0.0 {
            let e = x.exp();
            times_exp(x) * (e + 2.0) / (e * (e + 2.0) + 2.0)
        } else {
            x * SoftplusGate.value(x)
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        gated_slope(SoftplusGate, x)
    }
}

/// $`\omega(x) = \tanh(\ln(1 + e^x))`$, of slope $`(1 - \omega)(1 + \omega)\,\sigma(x)`$.
#[derive(Clone, Copy, Debug)]
struct SoftplusGate;
impl Unary for SoftplusGate {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        let e = (-x.abs()).exp();
        if x < 0.0 {
            let n = e * (e + 2.0);
            n / (n + 2.0)
        } else {
            let n = 1.0 + 2.0 * e;
            n / (n + 2.0 * e * e)
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, y: R) -> R {
        let one = R::from_f64(1.0);
        (one - y) * (one + y) * sigmoid(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let x = [-INFINITY, f64::MIN, -0.0, 0.0, f64::MAX, INFINITY];
        let y = [-0.0, -0.0, -0.0, 0.0, f64::MAX, INFINITY];
        assert_eq!(x.map(|x| mish(x).to_bits()), y.map(f64::to_bits));
        assert!(mish(f64::NAN).is_nan());
    }

    #[test]
    fn slope_goes_from_zero_to_one() {
        let x = [-INFINITY, f64::MIN, 0.0, f64::MAX, INFINITY];
        assert_eq!(x.map(|x| Mish.slope(x, mish(x))), [0.0, 0.0, 0.6, 1.0, 1.0]);
    }
}
