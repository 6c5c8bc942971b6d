//! What can go wrong in this crate.

use crate::shape::Shape;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum NumericError {
    /// A slice does not hold as many numbers as a matrix of this shape has entries.
    #[error("a {shape} matrix has {} entries but the slice holds {length}", shape.checked_len().unwrap_or(usize::MAX))]
    WrongLength {
        /// The declared shape.
        shape: Shape,
        /// How many numbers the slice holds.
        length: usize,
    },
    /// Two slices that belong together differ in length.
    #[error("lengths differ: {left} and {right}")]
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// There is nothing to compute from.
    #[error("no numbers were given")]
    Empty,
    /// There are fewer numbers than the question needs.
    #[error("{have} numbers were given where {need} are needed")]
    TooFew {
        /// How many are needed.
        need: u64,
        /// How many there are.
        have: u64,
    },
    /// An entry is NaN or infinite where a finite number is needed.
    #[error("entry {index} is {value}, not a finite number")]
    NonFinite {
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A probability is negative.
    #[error("probability {index} is negative: {value}")]
    Negative {
        /// Index of the first such entry.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// Probabilities do not sum to one; `Simplex::from_weights` normalizes.
    #[error("probabilities sum to {sum}, not to 1; from_weights normalizes")]
    NotNormalized {
        /// Their sum.
        sum: f64,
    },
    /// Every log-weight is −∞ (or every weight is zero): there is no distribution.
    #[error("all weights are zero: there is nothing to normalize")]
    EmptySupport,
    /// A parameter lies outside of its domain.
    #[error("{name} = {value} lies outside of its domain")]
    Domain {
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
}
