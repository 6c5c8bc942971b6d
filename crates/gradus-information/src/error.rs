//! What can go wrong in this crate.

use gradus_numeric::NumericError;
use gradus_probability::ProbabilityError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum InformationError {
    /// Two distributions live on sets of different size.
    #[error("distributions differ in length: {left} and {right}")]
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// A number that should be a probability is not.
    #[error("{value} is not a probability: it lies outside of [0, 1]")]
    NotAProbability {
        /// The number.
        value: f64,
    },
    /// A conditional distribution could not be formed.
    #[error(transparent)]
    Probability(#[from] ProbabilityError),
    /// A distribution could not be formed.
    #[error(transparent)]
    Numeric(#[from] NumericError),
}
