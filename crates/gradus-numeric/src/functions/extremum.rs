//! The greater and the smaller of two numbers.

use crate::function::Binary;
use crate::real::Real;

/// The greater of two numbers; NaN if either is NaN; half of the slope to each at a tie.
#[derive(Clone, Copy, Debug)]
pub struct Max;
impl Binary for Max {
    #[inline(always)]
    fn value(self, a: f64, b: f64) -> f64 {
        if a > b || a.is_nan() { a } else { b }
    }
    #[inline(always)]
    fn slopes<R: Real>(self, a: R, b: R, _y: R) -> (R, R) {
        let share = share(a > b, a < b);
        (R::from_f64(share), R::from_f64(1.0 - share))
    }
}

/// The smaller of two numbers; NaN if either is NaN; half of the slope to each at a tie.
#[derive(Clone, Copy, Debug)]
pub struct Min;
impl Binary for Min {
    #[inline(always)]
    fn value(self, a: f64, b: f64) -> f64 {
        if a < b || a.is_nan() { a } else { b }
    }
    #[inline(always)]
    fn slopes<R: Real>(self, a: R, b: R, _y: R) -> (R, R) {
        let share = share(a < b, a > b);
        (R::from_f64(share), R::from_f64(1.0 - share))
    }
}

/// What the first of two gets of the slope.
#[inline(always)]
fn share(first: bool, second: bool) -> f64 {
    match (first, second) {
        (true, _) => 1.0,
        (_, true) => 0.0,
        _ => 0.5,
    }
}
