//! The sigmoid linear unit, or swish.

use super::gate::{gated_slope, times_exp};
use super::sigmoid::Sigmoid;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The sigmoid linear unit, or swish: a number times its own sigmoid.
///
/// ```math
/// \operatorname{silu}(x) = x\,\sigma(x) = \frac{x}{1 + e^{-x}}, \qquad
/// \operatorname{silu}'(x) = \sigma(x) + x\,\sigma'(x)
/// ```
///
/// A smooth rectifier that dips to $`-0.2785`$ at $`x = -1.2785`$ before it rises.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{silu}(x) - \operatorname{silu}(-x) = x`$ | `gated_units_differ_from_their_mirror_by_the_identity` |
/// | $`\operatorname{silu}(x) \le \max(x, 0)`$ | `gated_units_lie_below_relu` |
/// | slope finite for every finite `x`, to the second order | `slopes_of_gated_units_are_finite` |
///
/// # Numerics
///
/// $`x / (1 + e^{-x})`$ for $`x \ge 0`$ and $`x e^x / (1 + e^x)`$ for $`x < 0`$, where the product is formed
/// before the exponential loses digits as a subnormal number ($`x\,\sigma(x)`$ has no right digit in the end). At
/// most 4 ULP ([measured](crate#accuracy)) on the whole line. Limits: −0 at $`-\infty`$, $`+\infty`$ at
/// $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::silu;
///
/// assert_eq!(silu(0.0), 0.0);
/// assert!((silu(3.0_f64.ln()) - 0.75 * 3.0_f64.ln()).abs() < 1e-15); // odds 3 : 1
/// assert_eq!(silu(1000.0), 1000.0);
/// ```
///
/// # References
///
/// S. Elfwing, E. Uchibe and K. Doya, *Sigmoid-weighted linear units for neural network function
/// approximation in reinforcement learning*, Neural Networks 107 (2018), 3–11, eq. 9 and 11,
/// <https://arxiv.org/abs/1702.03118>; P. Ramachandran, B. Zoph and Q. V. Le, *Searching for activation
/// functions* (2017), §3 (swish with β = 1), <https://arxiv.org/abs/1710.05941>.
#[doc(alias = "swish")]
#[inline(always)]
pub fn silu<R: Real>(x: R) -> R {
    x.apply(Silu)
}

/// The row of [`silu`](crate::silu).
#[derive(Clone, Copy, Debug)]
pub struct Silu;
impl Unary for Silu {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x < 0.0 {
            times_exp(x) / (1.0 + x.exp())
        } else {
            x / (1.0 + (-x).exp())
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        gated_slope(Sigmoid, x)
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
        assert_eq!(x.map(|x| silu(x).to_bits()), y.map(f64::to_bits));
        assert!(silu(f64::NAN).is_nan());
    }

    #[test]
    fn the_subnormal_tail_keeps_its_digits() {
        // mpmath, 50 digits: -740 e^-740 is -62737.97 times the smallest positive number
        assert_eq!(silu(-740.0), -62738.0 * 5e-324);
    }

    #[test]
    fn slope_goes_from_zero_over_one_half_to_one() {
        let x = [-INFINITY, f64::MIN, 0.0, f64::MAX, INFINITY];
        assert_eq!(x.map(|x| Silu.slope(x, silu(x))), [0.0, 0.0, 0.5, 1.0, 1.0]);
    }
}
