//! Powers with a constant exponent.

use crate::function::Unary;
use crate::real::Real;

/// $`x^n`$ for a whole number `n`; $`x^0 = 1`$, also at 0.
#[derive(Clone, Copy, Debug)]
pub struct Powi(pub i32);
impl Unary for Powi {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.powi(self.0)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        match self.0 {
            0 => R::from_f64(0.0),
            1 => R::from_f64(1.0),
            n => R::from_f64(n.into()) * x.apply(Powi(n.saturating_sub(1))),
        }
    }
}

/// $`x^p`$ for a constant exponent; $`x^0 = 1`$, also at 0.
#[derive(Clone, Copy, Debug)]
pub struct Powf(pub f64);
impl Unary for Powf {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.powf(self.0)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        match self.0 {
            0.0 => R::from_f64(0.0),
            1.0 => R::from_f64(1.0),
            p => R::from_f64(p) * x.apply(Powf(p - 1.0)),
        }
    }
}
