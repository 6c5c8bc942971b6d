//! The larger and the smaller of two numbers.

use super::function::Binary;
use super::real::Real;

/// The larger of two numbers; NaN if either is NaN; half of the slope to each at a tie.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Binary, functions::Max};
///
/// assert_eq!((Max.value(1.0, 2.0), Max.slopes(1.0, 2.0, 2.0)), (2.0, (0.0, 1.0)));
/// assert_eq!(Max.slopes(3.0, 3.0, 3.0), (0.5, 0.5));
/// assert!(Max.value(f64::NAN, 2.0).is_nan()); // f64::max gives 2
/// ```
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
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Binary, functions::Min};
///
/// assert_eq!((Min.value(1.0, 2.0), Min.slopes(1.0, 2.0, 1.0)), (1.0, (1.0, 0.0)));
/// assert_eq!(Min.slopes(3.0, 3.0, 3.0), (0.5, 0.5));
/// ```
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_go_to_the_winner_and_are_shared_at_a_tie() {
        assert_eq!(
            (Max.value(1.0, 2.0), Max.slopes(1.0, 2.0, 2.0)),
            (2.0, (0.0, 1.0))
        );
        assert_eq!(
            (Min.value(1.0, 2.0), Min.slopes(1.0, 2.0, 1.0)),
            (1.0, (1.0, 0.0))
        );
        for (a, b) in [(1.0, 1.0), (0.0, -0.0), (f64::INFINITY, f64::INFINITY)] {
            assert_eq!((Max.value(a, b), Max.slopes(a, b, a)), (a, (0.5, 0.5)));
            assert_eq!((Min.value(a, b), Min.slopes(a, b, a)), (a, (0.5, 0.5)));
        }
    }

    #[test]
    fn nan_wins() {
        for b in [0.0, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Max.value(f64::NAN, b).is_nan() && Max.value(b, f64::NAN).is_nan());
            assert!(Min.value(f64::NAN, b).is_nan() && Min.value(b, f64::NAN).is_nan());
        }
    }
}
