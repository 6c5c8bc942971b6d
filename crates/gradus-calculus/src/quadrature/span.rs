//! A finite interval, whose length may be beyond all numbers or below the normal ones.

use crate::error::CalculusError;
use crate::evaluation::finite;
use gradus_numeric::{binary_exponent, ldexp};

/// Both ends, and the length in a unit in which neither it nor a part of it leaves the range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) a: f64,
    pub(super) b: f64,
    /// $`(b - a) / \text{unit}`$: below ½ in magnitude where the length is, so that times a value it cannot overflow before the integral.
    pub(super) length: f64,
    /// A power of two.
    pub(super) unit: f64,
}

impl Span {
    pub(super) fn new(a: f64, b: f64) -> Result<Self, CalculusError> {
        let (a, b) = (finite("a", a)?, finite("b", b)?);
        let length = b - a; // exact for ends that are near each other
        let (length, unit) = if length.is_infinite() {
            (0.5 * b - 0.5 * a, 2.0)
        } else if length.abs() >= 0.5 {
            (length, 1.0)
        } else {
            let exponent = binary_exponent(length) + 2;
            (ldexp(length, -exponent), ldexp(1.0, exponent))
        };
        Ok(Self { a, b, length, unit })
    }

    /// The point a share t of the way from a to b, from the nearer end: so it never lies outside.
    pub(super) fn at(self, t: f64) -> f64 {
        if t < 0.5 {
            self.a + self.unit * (self.length * t)
        } else {
            self.b - self.unit * (self.length * (1.0 - t))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_keep_their_digits() {
        let smallest = f64::from_bits(1);
        for (a, b) in [(1.0, 4.0), (1e9, 1e9 + 1e-6), (-smallest, 2.0 * smallest)] {
            let span = Span::new(a, b).unwrap();
            assert_eq!(span.unit * span.length, b - a);
            assert_eq!((span.at(0.0), span.at(1.0)), (a, b));
        }
        let all = Span::new(-f64::MAX, f64::MAX).unwrap();
        assert_eq!((all.length, all.unit, all.at(0.5)), (f64::MAX, 2.0, 0.0));
        assert!(Span::new(0.0, f64::INFINITY).is_err());
    }
}
