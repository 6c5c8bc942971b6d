//! The length of a vector with two components.

use crate::function::Binary;
use crate::real::Real;

/// The hypotenuse: the length of the vector (a, b).
///
/// ```math
/// \operatorname{hypot}(a, b) = \sqrt{a^2 + b^2}, \qquad
/// \frac{\partial}{\partial a} = \frac ay, \quad \frac{\partial}{\partial b} = \frac by
/// ```
///
/// where $`y`$ is the value: the slopes are the components of the unit vector.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric, and blind to signs, to the bit | `hypot_is_symmetric` |
/// | $`\max(\lvert a \rvert, \lvert b \rvert) \le \operatorname{hypot}(a, b) \le \lvert a \rvert + \lvert b \rvert`$ | `hypot_lies_between_maximum_and_sum` |
/// | $`\operatorname{hypot}(c a, c b) = \lvert c \rvert \operatorname{hypot}(a, b)`$ for $`c = 2^k`$, to the bit | `hypot_is_homogeneous` |
/// | $`f(y) \ge f(x) + \langle \nabla f(x), y - x \rangle`$, at $`(0, 0)`$ too | `slopes_at_kinks_are_subgradients` |
/// | the slopes are a unit vector | `slopes_of_hypot_are_a_unit_vector` |
///
/// # Numerics
///
/// At most 1 ULP ([measured](crate#accuracy)): the squares neither overflow nor underflow, so the value is finite
/// unless it is greater than every number. The slopes at $`(0, 0)`$ are $`(0, 0)`$, the sub-gradient of least
/// norm; a second derivative there is taken along the ray on which (a, b) leaves the origin, so that the square of the
/// length bends by 2 in every direction. $`\sqrt{a^2 + b^2}`$ written out has NaN there. $`+\infty`$ if either is infinite (IEEE 754: even if the
/// other is NaN), then the slopes of the infinite arguments are NaN; otherwise NaN if either is NaN.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{hypot, Binary, functions::Hypot};
///
/// assert_eq!(hypot(3.0, 4.0), 5.0);
/// assert_eq!(hypot(f64::MAX, 1.0), f64::MAX);
/// assert_eq!(Hypot.slopes(3.0, 4.0, 5.0), (0.6, 0.8));
/// ```
///
/// # References
///
/// IEEE Std 754-2019, §9.2 (`hypot`); N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd
/// ed., SIAM (2002), §27.5–27.8.
#[inline(always)]
pub fn hypot<R: Real>(a: R, b: R) -> R {
    a.apply2(b, Hypot)
}

/// The row of [`hypot`](crate::hypot()).
#[derive(Clone, Copy, Debug)]
pub struct Hypot;
impl Binary for Hypot {
    #[inline(always)]
    fn value(self, a: f64, b: f64) -> f64 {
        a.hypot(b)
    }
    #[inline(always)]
    fn slopes<R: Real>(self, a: R, b: R, y: R) -> (R, R) {
        if y == R::from_f64(0.0) {
            // In a second derivative (a, b) leaves the origin along a ray, on which the unit vector is constant.
            let (a, b) = (a.side(), b.side());
            let length = a.hypot(b);
            let unit = |c: f64| R::from_f64(if length == 0.0 { 0.0 } else { c / length });
            (unit(a), unit(b))
        } else {
            (a / y, b / y)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        assert_eq!(hypot(0.0_f64, -0.0).to_bits(), 0);
        assert_eq!(hypot(-3.0, 0.0), 3.0);
        assert_eq!(hypot(3e-310, 4e-310), 5e-310);
        assert_eq!(hypot(f64::MAX, 1.0), f64::MAX);
        assert_eq!(hypot(-INFINITY, f64::NAN), INFINITY);
        assert!(hypot(f64::NAN, 1.0).is_nan());
        assert_eq!(hypot(3e38_f32, 1e38_f32), 3.162_277_7e38);
    }

    #[test]
    fn slopes_at_the_origin_are_zero() {
        assert_eq!(Hypot.slopes(0.0, -0.0, 0.0), (0.0, 0.0));
        assert_eq!(Hypot.slopes(0.0, -2.0, 2.0), (0.0, -1.0));
        let huge = 2.0_f64.powi(1000);
        assert_eq!(
            Hypot.slopes(3.0 * huge, 4.0 * huge, hypot(3.0 * huge, 4.0 * huge)),
            (0.6, 0.8)
        );
    }
}
