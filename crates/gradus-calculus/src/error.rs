//! What can go wrong in this crate.

use std::fmt;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum CalculusError {
    /// The function has no finite value at a point where it is needed.
    #[error("f({}) = {} is not a finite number", Short(*at), Short(*value))]
    NonFinite {
        /// The argument.
        at: f64,
        /// The value of the function there.
        value: f64,
    },
    /// A function of several variables has no finite value at a point where it is needed.
    #[error(
        "the function is {} where coordinate {coordinate} is {}: not a finite number",
        Short(*value), Short(*at)
    )]
    NonFiniteAlong {
        /// Which coordinate was varied, counted from 0.
        coordinate: usize,
        /// The value of that coordinate.
        at: f64,
        /// The value of the function there.
        value: f64,
    },
    /// The function gives vectors of different lengths.
    #[error("the function gives {left} numbers at one point and {right} at another")]
    LengthMismatch {
        /// Length at one point.
        left: usize,
        /// Length at another.
        right: usize,
    },
    /// An argument lies outside of its domain.
    #[error("{name} = {} is outside of its domain: {domain}", Short(*value))]
    Domain {
        /// Name of the argument.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The values it may have.
        domain: &'static str,
    },
    /// Towards a point, the contributions to an integral do not shrink.
    #[error(
        "the integral does not converge towards x = {}: the contributions do not shrink on the way there",
        Short(*at)
    )]
    Divergent {
        /// The point, or an infinity.
        at: f64,
    },
    /// The answer is too large for the number type.
    #[error("the answer is too large for f64; scale the function")]
    Overflow,
    /// The function has the same sign at both ends of an interval that should hold a root.
    #[error(
        "f({}) = {} and f({}) = {} have the same sign: no root is enclosed",
        Short(*low), Short(*at_low), Short(*high), Short(*at_high)
    )]
    NoSignChange {
        /// One end.
        low: f64,
        /// The other end.
        high: f64,
        /// The value at the one end.
        at_low: f64,
        /// The value at the other end.
        at_high: f64,
    },
    /// The slope at an iterate of Newton's method is zero: its tangent meets the axis nowhere.
    #[error("the slope at {} is zero: start elsewhere, or enclose the root", Short(*at))]
    FlatSlope {
        /// The iterate.
        at: f64,
    },
    /// An iteration reached its bound.
    #[error(
        "no convergence within {iterations} iterations; the error estimate is {}",
        Short(*residual)
    )]
    DidNotConverge {
        /// How many iterations were made.
        iterations: usize,
        /// What the last one left: the error estimate of an integral, the last step towards a root.
        residual: f64,
    },
}

/// A number in a message: in powers of ten where it would have many zeros.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size == 0.0 || (1e-4..1e7).contains(&size) || !size.is_finite() {
            write!(f, "{}", self.0)
        } else {
            write!(f, "{:e}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_messages_are_short() {
        let (at, value) = (1e-300, f64::INFINITY);
        let message = CalculusError::NonFinite { at, value }.to_string();
        assert_eq!(message, "f(1e-300) = inf is not a finite number");
        let error = CalculusError::NoSignChange {
            low: -0.5,
            high: 1e200,
            at_low: 2.0,
            at_high: 0.0,
        };
        assert_eq!(
            error.to_string(),
            "f(-0.5) = 2 and f(1e200) = 0 have the same sign: no root is enclosed"
        );
    }

    #[test]
    fn a_domain_is_told() {
        let error = CalculusError::Domain {
            name: "h",
            value: -1.0,
            domain: "positive",
        };
        assert_eq!(
            error.to_string(),
            "h = -1 is outside of its domain: positive"
        );
    }
}
