//! Powers with a constant exponent.

use super::function::Unary;
use super::real::Real;

/// The power with a whole exponent.
///
/// $`y = x^n`$, $`y' = n x^{n - 1}`$; $`x^0 = 1`$ with slope 0, also at 0.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Powi};
///
/// let cube = Powi(3);
/// assert_eq!((cube.value(-2.0), cube.slope(-2.0, -8.0)), (-8.0, 12.0));
/// assert_eq!(Powi(0).value(0.0), 1.0);
/// ```
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

/// The power with a constant real exponent.
///
/// $`y = x^p`$, $`y' = p x^{p - 1}`$; $`x^0 = 1`$ with slope 0, also at 0. NaN for negative `x` unless `p` is a
/// whole number.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Powf};
///
/// let power = Powf(1.5);
/// assert_eq!((power.value(4.0), power.slope(4.0, 8.0)), (8.0, 3.0)); // (√4)³ and 3/2 √4
/// assert!(power.value(-1.0).is_nan());
/// ```
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_at_zero() {
        let at_zero = |n| (Powi(n).value(0.0), Powi(n).slope(0.0, Powi(n).value(0.0)));
        assert_eq!(at_zero(0), (1.0, 0.0));
        assert_eq!(at_zero(1), (0.0, 1.0));
        assert_eq!(at_zero(2), (0.0, 0.0));
        assert_eq!(at_zero(-1), (f64::INFINITY, f64::NEG_INFINITY));
    }

    #[test]
    fn whole_powers_of_negative_numbers() {
        assert_eq!(
            (Powi(3).value(-2.0), Powi(3).slope(-2.0, -8.0)),
            (-8.0, 12.0)
        );
        assert_eq!(Powi(i32::MIN).value(1.0), 1.0);
        assert_eq!(Powi(i32::MIN).slope(1.0, 1.0), f64::from(i32::MIN));
    }

    #[test]
    fn real_powers_at_zero() {
        let at_zero = |p| (Powf(p).value(0.0), Powf(p).slope(0.0, Powf(p).value(0.0)));
        assert_eq!(at_zero(0.0), (1.0, 0.0));
        assert_eq!(at_zero(0.5), (0.0, f64::INFINITY));
        assert_eq!(at_zero(1.0), (0.0, 1.0));
        assert_eq!(at_zero(1.5), (0.0, 0.0));
        assert_eq!(at_zero(2.0), (0.0, 0.0));
    }

    #[test]
    fn a_broken_power_of_a_negative_number_is_nan() {
        assert!(Powf(0.5).value(-1.0).is_nan() && Powf(0.5).slope(-1.0, f64::NAN).is_nan());
    }
}
