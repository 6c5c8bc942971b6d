//! What can go wrong in this crate.

use gradus_linalg::LinalgError;
use gradus_random::RandomError;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum SelectError {
    /// There is nothing to search.
    #[error("there is nothing to try: no point, no axis, or no trial")]
    Empty,
    /// An axis has no room between its ends.
    #[error(
        "an axis from {from} to {to} is not possible: both are finite, and the first is smaller"
    )]
    NotAnAxis {
        /// The lower end.
        from: f64,
        /// The upper end.
        to: f64,
    },
    /// A logarithmic axis begins at zero or below.
    #[error("a logarithmic axis cannot begin at {from}: its numbers are positive")]
    NotPositive {
        /// The lower end.
        from: f64,
    },
    /// A choice is NaN or infinite.
    #[error("choice {index} is {value}, not a finite number")]
    ChoiceNotFinite {
        /// Which choice, counted from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A grid would have more points than there may be.
    #[error(
        "a grid of {points} points is too large: at most {largest} are possible; draw at random instead"
    )]
    TooManyPoints {
        /// How many there would be.
        points: f64,
        /// How many there may be.
        largest: usize,
    },
    /// Points of one search differ in their number of coordinates.
    #[error("points of {left} and of {right} coordinates cannot be of one search")]
    LengthMismatch {
        /// How many coordinates the one has.
        left: usize,
        /// How many the other.
        right: usize,
    },
    /// Halving leaves nothing, or does not halve.
    #[error(
        "halving by {factor} from budget {first} to {last} is not possible: the factor is at least 2, and 1 ≤ {first} ≤ {last}"
    )]
    NotAHalving {
        /// By what the survivors are divided.
        factor: u32,
        /// The budget of the first rung.
        first: u32,
        /// The largest budget.
        last: u32,
    },
    /// A number that should be finite, or positive, is not.
    #[error("{name} = {value} is not possible: {domain}")]
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The values it may have.
        domain: &'static str,
    },
    /// A matrix of covariances could not be factored.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
    /// A random draw failed.
    #[error(transparent)]
    Random(#[from] RandomError),
}
