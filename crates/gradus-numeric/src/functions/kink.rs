//! Functions with a kink, and the slope chosen there.

use crate::function::Unary;
use crate::real::Real;

/// $`|x|`$; slope 0 at 0.
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
        let x = x.to_f64();
        R::from_f64(if x == 0.0 { 0.0 } else { x.signum() })
    }
}

/// The nearest number in `[low, high]`; slope 1 on the closed interval, 0 outside.
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
