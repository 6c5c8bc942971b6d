//! The piecewise linear stand-ins: ReLU6 and the hard sigmoid, tanh and swish made of clipped lines.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The rectifier that ends at six.
///
/// ```math
/// \operatorname{relu6}(x) = \min(\max(x, 0), 6)
/// ```
///
/// A bounded output loses the fewest digits in a number format of few bits.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{relu6}(x) = \operatorname{relu}(x) - \operatorname{relu}(x - 6)`$ | `relu6_is_a_difference_of_rectifiers` |
/// | idempotent, to the bit | `clipped_lines_are_idempotent` |
/// | increasing | `bounded_units_never_fall` |
///
/// # Numerics
///
/// Exact; −0 stays −0. The slope is 0 at both kinks, the sub-gradient (at 0) and super-gradient (at 6) of
/// least norm.
///
/// # Examples
///
/// ```
/// use gradus_numeric::relu6;
///
/// assert_eq!([-1.0, 4.0, 9.0].map(relu6), [0.0, 4.0, 6.0]);
/// ```
///
/// # References
///
/// A. Krizhevsky, *Convolutional deep belief networks on CIFAR-10* (2010), §2.
#[inline(always)]
pub fn relu6<R: Real>(x: R) -> R {
    x.apply(Relu6)
}

/// The hard sigmoid, a line of slope 1/6 clipped to the unit interval.
///
/// ```math
/// \operatorname{hard\_sigmoid}(x) = \min\Bigl(\max\Bigl(\frac{x + 3}{6}, 0\Bigr), 1\Bigr)
/// ```
///
/// The form of PyTorch and Keras 3; Keras 2 has the slope 1/5.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`f(x) + f(-x) = 1`$ | `hard_sigmoid_of_the_opposite_is_the_complement` |
/// | $`f(x) = \frac12 + \frac12 \operatorname{hard\_tanh}(x / 3)`$ | `hard_sigmoid_is_a_stretched_hard_tanh` |
/// | increasing | `bounded_units_never_fall` |
///
/// # Numerics
///
/// Two roundings, at most 2 ULP ([measured](crate#accuracy)). The slope is 0 at both kinks, the number of smallest
/// magnitude between the two sides. Limits: 0 at $`-\infty`$, 1 at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::hard_sigmoid;
///
/// assert_eq!([-4.0, 0.0, 1.5, 4.0].map(hard_sigmoid), [0.0, 0.5, 0.75, 1.0]);
/// ```
///
/// # References
///
/// A. Howard et al., *Searching for MobileNetV3*, ICCV (2019), §5.2, <https://arxiv.org/abs/1905.02244>.
#[inline(always)]
pub fn hard_sigmoid<R: Real>(x: R) -> R {
    x.apply(HardSigmoid)
}

/// The hard hyperbolic tangent, the identity clipped to the interval from −1 to 1.
///
/// ```math
/// \operatorname{hard\_tanh}(x) = \min(\max(x, -1), 1)
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | odd, to the bit | `hard_tanh_is_odd` |
/// | idempotent, to the bit | `clipped_lines_are_idempotent` |
/// | increasing | `bounded_units_never_fall` |
///
/// # Numerics
///
/// Exact. The slope at $`\pm 1`$ is 0, the number of smallest magnitude between the two sides;
/// [`Clamp`](crate::functions::Clamp), a projection, has the same values and lets the gradient of its end
/// points pass.
///
/// # Examples
///
/// ```
/// use gradus_numeric::hard_tanh;
///
/// assert_eq!([-4.0, -0.5, 0.25, 4.0].map(hard_tanh), [-1.0, -0.5, 0.25, 1.0]);
/// ```
///
/// # References
///
/// R. Collobert, *Large scale machine learning*, thesis, Université Paris VI (2004), §3.2.
#[inline(always)]
pub fn hard_tanh<R: Real>(x: R) -> R {
    x.apply(HardTanh)
}

/// The hard swish: a number times its hard sigmoid.
///
/// ```math
/// \operatorname{hard\_swish}(x) = x \operatorname{hard\_sigmoid}(x)
///   = \begin{cases} 0 & x \le -3 \\ x (x + 3) / 6 & -3 < x < 3 \\ x & x \ge 3 \end{cases}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`f(x) - f(-x) = x`$ | `gated_units_differ_from_their_mirror_by_the_identity` |
/// | $`f(x) \le \max(x, 0)`$ | `gated_units_lie_below_relu` |
///
/// # Numerics
///
/// Three roundings, at most 2 ULP ([measured](crate#accuracy)). The slope is 0 at −3 and 1 at 3, the number of
/// smallest magnitude between the two sides. Limits: 0 at $`-\infty`$, $`+\infty`$ at $`+\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::hard_swish;
///
/// assert_eq!([-4.0, -1.5, 1.5, 4.0].map(hard_swish), [0.0, -0.375, 1.125, 4.0]);
/// ```
///
/// # References
///
/// A. Howard et al., *Searching for MobileNetV3*, ICCV (2019), §5.2, <https://arxiv.org/abs/1905.02244>.
#[doc(alias = "hard silu")]
#[inline(always)]
pub fn hard_swish<R: Real>(x: R) -> R {
    x.apply(HardSwish)
}

/// The row of [`relu6`](crate::relu6).
#[derive(Clone, Copy, Debug)]
pub struct Relu6;
impl Unary for Relu6 {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        clip(x, 0.0, 6.0)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        slope_between(x, 0.0, 6.0, 1.0)
    }
}

/// The row of [`hard_sigmoid`](crate::hard_sigmoid).
#[derive(Clone, Copy, Debug)]
pub struct HardSigmoid;
impl Unary for HardSigmoid {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        clip((x + 3.0) / 6.0, 0.0, 1.0)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        slope_between(x, -3.0, 3.0, 1.0 / 6.0)
    }
}

/// The row of [`hard_tanh`](crate::hard_tanh).
#[derive(Clone, Copy, Debug)]
pub struct HardTanh;
impl Unary for HardTanh {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        clip(x, -1.0, 1.0)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        slope_between(x, -1.0, 1.0, 1.0)
    }
}

/// The row of [`hard_swish`](crate::hard_swish).
#[derive(Clone, Copy, Debug)]
pub struct HardSwish;
impl Unary for HardSwish {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x <= -3.0 {
            0.0
        } else if x >= 3.0 {
            x
        } else {
            x * (x + 3.0) / 6.0
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let three = R::from_f64(3.0);
        if x <= -three {
            R::from_f64(0.0)
        } else if x >= three {
            R::from_f64(1.0)
        } else {
            (x + x + three) / R::from_f64(6.0)
        }
    }
}

/// The nearest number in `[low, high]`; NaN and a zero at the end keep their bits.
#[inline(always)]
fn clip(x: f64, low: f64, high: f64) -> f64 {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}

/// `slope` in the open interval, 0 elsewhere.
#[inline(always)]
fn slope_between<R: Real>(x: R, low: f64, high: f64, slope: f64) -> R {
    let x = x.to_f64();
    R::from_f64(if low < x && x < high { slope } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let x = [-INFINITY, -3.0, -1.0, -0.0, 0.0, 3.0, 6.0, INFINITY];
        let bits = |y: [f64; 8]| y.map(f64::to_bits);
        assert_eq!(
            bits(x.map(relu6)),
            bits([0.0, 0.0, 0.0, -0.0, 0.0, 3.0, 6.0, 6.0])
        );
        assert_eq!(
            bits(x.map(hard_tanh)),
            bits([-1.0, -1.0, -1.0, -0.0, 0.0, 1.0, 1.0, 1.0])
        );
        assert_eq!(
            x.map(hard_sigmoid),
            [0.0, 0.0, 1.0 / 3.0, 0.5, 0.5, 1.0, 1.0, 1.0]
        );
        assert_eq!(
            bits(x.map(hard_swish)),
            bits([0.0, 0.0, -1.0 / 3.0, -0.0, 0.0, 3.0, 6.0, INFINITY])
        );
        let nan = f64::NAN;
        assert!(
            [
                relu6(nan),
                hard_tanh(nan),
                hard_sigmoid(nan),
                hard_swish(nan)
            ]
            .iter()
            .all(|y| y.is_nan())
        );
    }

    #[test]
    fn slopes_at_kinks_have_least_norm() {
        assert_eq!([0.0, 3.0, 6.0].map(|x| Relu6.slope(x, x)), [0.0, 1.0, 0.0]);
        assert_eq!(
            [-1.0, 0.0, 1.0].map(|x| HardTanh.slope(x, x)),
            [0.0, 1.0, 0.0]
        );
        let sixth = 1.0 / 6.0;
        assert_eq!(
            [-3.0, 0.0, 3.0].map(|x| HardSigmoid.slope(x, x)),
            [0.0, sixth, 0.0]
        );
        assert_eq!(
            [-3.0, 0.0, 3.0].map(|x| HardSwish.slope(x, x)),
            [0.0, 0.5, 1.0]
        );
    }
}
