//! What can go wrong in this crate.

use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum RandomError {
    /// The ends of an interval are out of order, infinite or NaN.
    #[error(
        "[{low}, {high}) is no interval: both ends must be finite and low must not exceed high"
    )]
    InvalidInterval {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// A probability lies outside of 0 to 1.
    #[error("{value} is no probability: it must lie between 0 and 1")]
    InvalidProbability {
        /// The value.
        value: f64,
    },
    /// There is no integer below zero to draw.
    #[error("there is no integer from 0 to below 0; the bound must be at least 1")]
    EmptyRange,
    /// Indices of 32 bits cannot count the entries.
    #[error("{length} entries cannot be numbered by 32-bit indices; at most 4294967296 can")]
    TooLong {
        /// How many entries there are.
        length: usize,
    },
}
