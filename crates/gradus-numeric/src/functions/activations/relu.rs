//! The rectifier.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The rectified linear unit.
///
/// ```math
/// \operatorname{relu}(x) = \max(x, 0), \qquad
/// \operatorname{relu}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{relu} \circ \operatorname{relu} = \operatorname{relu}`$ | `relu_is_idempotent` |
/// | $`\operatorname{relu}(x) + \operatorname{relu}(-x) = \lvert x \rvert`$ | `relu_and_its_mirror_sum_to_the_absolute_value` |
/// | $`\operatorname{relu}(x) - \operatorname{relu}(-x) = x`$ | `relu_and_its_mirror_differ_by_the_identity` |
/// | $`\operatorname{relu}(c x) = c \operatorname{relu}(x)`$ for $`c \ge 0`$ | `relu_is_positively_homogeneous` |
/// | $`\lvert \operatorname{relu}(x) - \operatorname{relu}(y) \rvert \le \lvert x - y \rvert`$ | `relu_is_lipschitz` |
///
/// # Numerics
///
/// Exact; these laws hold to the bit (−0 stays −0). The slope at the kink is 0, the sub-gradient of least
/// norm, as in PyTorch and TensorFlow; `max(x, 0)` gives ½ there. NaN stays NaN, with slope 0.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{relu, Unary, functions::Relu};
///
/// assert_eq!((relu(2.0), relu(-2.0)), (2.0, 0.0));
/// assert_eq!(Relu.slope(0.0, 0.0), 0.0);
/// ```
///
/// # References
///
/// Goodfellow, Bengio and Courville, *Deep Learning* (2016), §6.3.1.
#[doc(alias = "rectifier")]
#[inline(always)]
pub fn relu<R: Real>(x: R) -> R {
    x.apply(Relu)
}

/// The row of [`relu`](crate::relu).
#[derive(Clone, Copy, Debug)]
pub struct Relu;
impl Unary for Relu {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x < 0.0 { 0.0 } else { x }
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        if x < 0.0 { 0.0 } else { x }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        R::from_f64(if x > R::from_f64(0.0) { 1.0 } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let x = [f64::NEG_INFINITY, -5e-324, -0.0, 0.0, 5e-324, f64::INFINITY];
        let y = [0.0, 0.0, -0.0, 0.0, 5e-324, f64::INFINITY];
        assert_eq!(x.map(|x| relu(x).to_bits()), y.map(f64::to_bits));
        assert!(relu(f64::NAN).is_nan() && relu(f32::NAN).is_nan());
    }

    #[test]
    fn slope_at_the_kink_is_zero() {
        let x = [-1.0, -0.0, 0.0, 5e-324, 1.0];
        assert_eq!(x.map(|x| Relu.slope(x, relu(x))), [0.0, 0.0, 0.0, 1.0, 1.0]);
    }
}
