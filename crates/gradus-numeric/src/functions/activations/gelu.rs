//! The Gaussian error linear unit, exact and in its tanh approximation.

use super::gate::gated_slope;
use super::sigmoid::sigmoid;
use crate::functions::special::erf::NormalCdf;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The Gaussian error linear unit: a number times the normal probability below it.
///
/// ```math
/// \operatorname{gelu}(x) = x\,\Phi(x) = \frac x2 \Bigl(1 + \operatorname{erf}\frac{x}{\sqrt2}\Bigr), \qquad
/// \operatorname{gelu}'(x) = \Phi(x) + x\,\varphi(x)
/// ```
///
/// where $`\Phi`$ is the distribution function and $`\varphi`$ the density of the standard normal law: the
/// expected value if `x` is kept with the probability that a normal draw is smaller, and set to 0 otherwise.
/// It dips to $`-0.1700`$ at $`x = -0.7518`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{gelu}(x) - \operatorname{gelu}(-x) = x`$ | `gated_units_differ_from_their_mirror_by_the_identity` |
/// | $`\operatorname{gelu}(x) + \operatorname{gelu}(-x) = x \operatorname{erf}(x / \sqrt2)`$ | `gelu_and_its_mirror_sum_to_x_times_erf` |
/// | $`\operatorname{gelu}(x) \le \max(x, 0)`$ | `gated_units_lie_below_relu` |
/// | slope finite for every finite `x`, to the second order | `slopes_of_gated_units_are_finite` |
///
/// # Numerics
///
/// $`\Phi`$ comes from `erfc`, not from $`1 + \operatorname{erf}`$, which cancels in the lower tail. Where
/// $`\Phi`$ is subnormal, below $`-37.5`$, the product is formed by Mills' ratio,
/// $`x\,\Phi(x) = -\varphi(x)\,(1 - x^{-2} + 3 x^{-4} - 15 x^{-6} + \dots)`$. At most 4 ULP for
/// $`\lvert x \rvert \le 5`$ and 8 ULP ([measured](crate#accuracy)) everywhere. Limits: −0 at $`-\infty`$,
/// $`+\infty`$ at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{gelu, normal_cdf};
///
/// assert_eq!(gelu(0.0), 0.0);
/// assert_eq!(gelu(2.0), 2.0 * normal_cdf(2.0));
/// assert_eq!(gelu(100.0), 100.0);
/// ```
///
/// # References
///
/// D. Hendrycks and K. Gimpel, *Gaussian error linear units (GELUs)* (2016), §2,
/// <https://arxiv.org/abs/1606.08415>; NIST *Digital Library of Mathematical Functions*, eq. 7.12.1,
/// <https://dlmf.nist.gov/7.12.E1> (Mills' ratio).
#[inline]
pub fn gelu<R: Real>(x: R) -> R {
    x.apply(Gelu)
}

/// The tanh approximation of the Gaussian error linear unit.
///
/// ```math
/// \operatorname{gelu\_tanh}(x) = \frac x2 \bigl(1 + \tanh u\bigr) = x\,\sigma(2u), \qquad
/// u = \sqrt{\tfrac2\pi}\,(x + 0.044715\,x^3)
/// ```
///
/// The form that GPT-2 and BERT were trained with; it differs from [`gelu`] by up to $`4.8 \cdot 10^{-4}`$.
/// Choose it to run their weights, [`gelu`] otherwise.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`f(x) - f(-x) = x`$ | `gated_units_differ_from_their_mirror_by_the_identity` |
/// | $`\lvert \operatorname{gelu\_tanh}(x) - \operatorname{gelu}(x) \rvert < 4.8 \cdot 10^{-4}`$ | `the_tanh_form_is_near_gelu` |
/// | slope finite for every finite `x`, to the second order | `slopes_of_gated_units_are_finite` |
///
/// # Numerics
///
/// Computed as $`x\,\sigma(2u)`$: $`1 + \tanh u`$ cancels for negative `x`. The sigmoid multiplies the rounding
/// errors of its argument: at most $`3 + 4 \lvert 2u \rvert`$ ULP for $`x < 0`$
/// ([measured](crate#accuracy)), about as much as the function amplifies the rounding of `x` itself; at most 3 for
/// $`x \ge 0`$. Limits: −0 at $`-\infty`$, $`+\infty`$ at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::gelu_tanh;
///
/// assert_eq!(gelu_tanh(0.0), 0.0);
/// let u = (2.0 / std::f64::consts::PI).sqrt() * 1.044715;
/// assert!((gelu_tanh(1.0) - 0.5 * (1.0 + u.tanh())).abs() < 1e-15);
/// ```
///
/// # References
///
/// Hendrycks and Gimpel (2016), §2, as for [`gelu`].
#[inline(always)]
pub fn gelu_tanh<R: Real>(x: R) -> R {
    x.apply(GeluTanh)
}

/// The row of [`gelu`](crate::gelu).
#[derive(Clone, Copy, Debug)]
pub struct Gelu;
impl Unary for Gelu {
    #[inline]
    fn value(self, x: f64) -> f64 {
        if x < -37.5 {
            lower_tail(if x < -40.0 { -40.0 } else { x })
        } else {
            x * NormalCdf.value(x)
        }
    }
    #[inline]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        gated_slope(NormalCdf, x)
    }
}

/// $`x\,\Phi(x) = -\varphi(x) (1 - x^{-2} + 3 x^{-4} - \dots)`$ for $`x \le -37.5`$, to $`10^{-17}`$; 0 from −40 on.
///
/// The square is carried as a sum of two numbers, and the exponential as a square of its root, so that only
/// the last multiplication rounds to a subnormal number.
fn lower_tail(x: f64) -> f64 {
    let square = x * x;
    let rest = x.mul_add(x, -square);
    let q = 1.0 / square;
    let series = 1.0 - 9.0 * q * (1.0 - 11.0 * q * (1.0 - 13.0 * q));
    let series = 1.0 - q * (1.0 - 3.0 * q * (1.0 - 5.0 * q * (1.0 - 7.0 * q * series)));
    let root = (-0.25 * square).exp();
    -FRAC_1_SQRT_2PI * series * (1.0 - 0.5 * rest) * root * root
}

/// The row of [`gelu_tanh`](crate::gelu_tanh).
#[derive(Clone, Copy, Debug)]
pub struct GeluTanh;
impl Unary for GeluTanh {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        let x_held = if x < -40.0 { -40.0 } else { x };
        x_held * TanhGate.value(x_held)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        gated_slope(TanhGate, x)
    }
}

/// $`\frac12 (1 + \tanh u) = \sigma(2u)`$ with $`2u = a\,(x + 0.044715\,x^3)`$.
#[derive(Clone, Copy, Debug)]
struct TanhGate;
impl Unary for TanhGate {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        sigmoid(SQRT_8_OVER_PI * x * (1.0 + 0.044715 * (x * x)))
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, y: R) -> R {
        let (a, one) = (R::from_f64(SQRT_8_OVER_PI), R::from_f64(1.0));
        let square = x * x;
        let two_u = a * x * (one + R::from_f64(0.044715) * square);
        y * sigmoid(-two_u) * a * (one + R::from_f64(3.0 * 0.044715) * square)
    }
}

/// $`\sqrt{8 / \pi}`$; mpmath: `sqrt(8/pi)` at 50 digits.
const SQRT_8_OVER_PI: f64 = 1.595_769_121_605_730_7;
/// $`1/\sqrt{2\pi}`$.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let x = [-INFINITY, f64::MIN, -0.0, 0.0, f64::MAX, INFINITY];
        let y = [-0.0, -0.0, -0.0, 0.0, f64::MAX, INFINITY];
        assert_eq!(x.map(|x| gelu(x).to_bits()), y.map(f64::to_bits));
        assert_eq!(x.map(|x| gelu_tanh(x).to_bits()), y.map(f64::to_bits));
        assert!(gelu(f64::NAN).is_nan() && gelu_tanh(f64::NAN).is_nan());
    }

    #[test]
    fn both_forms_meet_where_the_tail_begins() {
        let x = -37.5;
        let ratio = lower_tail(x) / gelu(x);
        assert!((ratio - 1.0).abs() <= 8.0 * f64::EPSILON);
    }

    #[test]
    fn slope_goes_from_zero_over_one_half_to_one() {
        let x = [-INFINITY, f64::MIN, 0.0, f64::MAX, INFINITY];
        let y = [0.0, 0.0, 0.5, 1.0, 1.0];
        assert_eq!(x.map(|x| Gelu.slope(x, gelu(x))), y);
        assert_eq!(x.map(|x| GeluTanh.slope(x, gelu_tanh(x))), y);
    }
}
