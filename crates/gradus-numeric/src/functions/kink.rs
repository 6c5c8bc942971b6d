//! Functions with a kink, and the slope chosen there.

use crate::function::Unary;
use crate::real::Real;

/// The absolute value; slope 0 at 0, the sub-gradient of least norm.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Abs};
///
/// assert_eq!((Abs.value(-2.0), Abs.slope(-2.0, 2.0)), (2.0, -1.0));
/// assert_eq!(Abs.slope(0.0, 0.0), 0.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Abs;
impl Unary for Abs {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.abs()
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        x.abs()
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let x = x.side();
        R::from_f64(if x == 0.0 { 0.0 } else { x.signum() })
    }
}

/// The nearest number in `[low, high]`; slope 1 on the closed interval, 0 outside.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Clamp};
///
/// let clamp = Clamp { low: -1.0, high: 1.0 };
/// assert_eq!([-3.0, 0.5, 1.0].map(|x| clamp.value(x)), [-1.0, 0.5, 1.0]);
/// assert_eq!([-3.0, 0.5, 1.0].map(|x| clamp.slope(x, 0.0)), [0.0, 1.0, 1.0]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Clamp {
    /// The least value.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
}
impl Unary for Clamp {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        if x < self.low {
            self.low
        } else if x > self.high {
            self.high
        } else {
            x
        }
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let x = x.to_f64();
        R::from_f64(if x < self.low || x > self.high {
            0.0
        } else {
            1.0
        })
    }
}

/// The number of least magnitude between the slopes on the two sides of a kink.
#[inline(always)]
pub(super) fn least_norm(left: f64, right: f64) -> f64 {
    if left * right <= 0.0 {
        0.0
    } else if left.abs() < right.abs() {
        left
    } else {
        right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_norm_between_two_slopes() {
        let pairs = [
            (0.0, 1.0),
            (-0.5, 1.0),
            (0.5, 1.0),
            (2.0, 1.0),
            (-3.0, -2.0),
        ];
        assert_eq!(
            pairs.map(|(left, right)| least_norm(left, right)),
            [0.0, 0.0, 0.5, 1.0, -2.0]
        );
    }

    #[test]
    fn slope_of_abs_at_zero_is_zero() {
        let x = [-2.0, -5e-324, -0.0, 0.0, 5e-324, 2.0];
        assert_eq!(
            x.map(|x: f64| Real::abs(x)),
            [2.0, 5e-324, 0.0, 0.0, 5e-324, 2.0]
        );
        assert_eq!(
            x.map(|x| Abs.slope(x, 0.0)),
            [-1.0, -1.0, 0.0, 0.0, 1.0, 1.0]
        );
        assert!(Real::abs(f64::NAN).is_nan());
    }

    #[test]
    fn clamp_passes_the_gradient_of_feasible_points() {
        let clamp = Clamp {
            low: -1.0,
            high: 2.0,
        };
        let x = [f64::NEG_INFINITY, -1.5, -1.0, 0.0, 2.0, 2.5, f64::INFINITY];
        assert_eq!(
            x.map(|x| clamp.value(x)),
            [-1.0, -1.0, -1.0, 0.0, 2.0, 2.0, 2.0]
        );
        assert_eq!(
            x.map(|x| clamp.slope(x, 0.0)),
            [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0]
        );
        assert!(clamp.value(f64::NAN).is_nan());
    }
}
