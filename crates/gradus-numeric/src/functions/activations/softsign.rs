//! Softsign, the sign smoothed by a quotient.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The softsign, a smoothed sign that approaches its limits slowly.
///
/// ```math
/// \operatorname{softsign}(x) = \frac{x}{1 + \lvert x \rvert}, \qquad
/// \operatorname{softsign}'(x) = \frac{1}{(1 + \lvert x \rvert)^2}
/// ```
///
/// Like the hyperbolic tangent, but its slope dies like $`1 / x^2`$ and not exponentially.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | odd, to the bit | `softsign_is_odd` |
/// | $`\operatorname{softsign}(x) / (1 - \lvert \operatorname{softsign}(x) \rvert) = x`$ | `softsign_is_undone_by_its_inverse` |
/// | increasing | `bounded_units_never_fall` |
///
/// # Numerics
///
/// Two roundings, at most 2 ULP ([measured](crate#accuracy)); no exponential. Limits: $`\pm 1`$ at $`\pm\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::softsign;
///
/// assert_eq!(softsign(3.0), 0.75);
/// assert_eq!(softsign(-1.0), -0.5);
/// ```
///
/// # References
///
/// X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*,
/// AISTATS (2010), §3.1, <https://proceedings.mlr.press/v9/glorot10a.html>.
#[inline(always)]
pub fn softsign<R: Real>(x: R) -> R {
    x.apply(Softsign)
}

/// The row of [`softsign`](crate::softsign).
#[derive(Clone, Copy, Debug)]
pub struct Softsign;
impl Unary for Softsign {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x.is_infinite() {
            x.signum()
        } else {
            x / (1.0 + x.abs())
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let one = R::from_f64(1.0);
        let part = one / (one + x.abs());
        part * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let x = [-INFINITY, f64::MIN, -0.0, 0.0, 5e-324, f64::MAX, INFINITY];
        let y = [-1.0, -1.0, -0.0, 0.0, 5e-324, 1.0, 1.0];
        assert_eq!(x.map(|x| softsign(x).to_bits()), y.map(f64::to_bits));
        assert!(softsign(f64::NAN).is_nan());
    }

    #[test]
    fn slope_by_hand() {
        let x = [-INFINITY, -1.0, 0.0, 3.0, f64::MAX];
        assert_eq!(
            x.map(|x| Softsign.slope(x, f64::NAN)),
            [0.0, 0.25, 1.0, 0.0625, 0.0]
        );
    }
}
