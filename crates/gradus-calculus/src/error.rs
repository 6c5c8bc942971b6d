//! What can go wrong in this crate.

use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum CalculusError {
    /// The function has no finite value at a point where it is needed.
    #[error("f({at}) = {value} is not a finite number")]
    NonFinite {
        /// The argument.
        at: f64,
        /// The value of the function there.
        value: f64,
    },
    /// A function of several variables has no finite value at a point where it is needed.
    #[error("the function is {value} where coordinate {coordinate} is {at}, not a finite number")]
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
    #[error("{name} = {value} lies outside of its domain")]
    Domain {
        /// Name of the argument.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The answer is too great for the number type.
    #[error("the answer is too great for f64; scale the function")]
    Overflow,
    /// The function has the same sign at both ends of an interval that should hold a root.
    #[error(
        "f({low}) = {at_low} and f({high}) = {at_high} have the same sign: no root is enclosed"
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
    #[error("the slope at {at} is zero: start elsewhere, or enclose the root")]
    FlatSlope {
        /// The iterate.
        at: f64,
    },
    /// An iteration reached its bound.
    #[error(
        "no convergence within {iterations} iterations; the error estimate stands at {residual:e}"
    )]
    DidNotConverge {
        /// How many iterations were made.
        iterations: usize,
        /// What the last one left: the error estimate of an integral, the last step towards a root.
        residual: f64,
    },
}
