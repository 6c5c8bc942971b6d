//! What can go wrong in this crate.

use gradus_linalg::LinalgError;
use std::fmt;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum MinimizeError {
    /// A coordinate that the caller gave is not a finite number.
    #[error("{name}[{index}] = {} is not a finite number", Short(*value))]
    NonFinite {
        /// Name of the argument.
        name: &'static str,
        /// Which coordinate, counted from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// The function has no finite value, or no finite gradient, where the search begins.
    #[error("the function or its gradient is not finite at the start: f = {}", Short(*value))]
    StartOutside {
        /// The value of the function at the start.
        value: f64,
    },
    /// The start does not lie in the set that the answer must lie in.
    #[error("the start is {} away from its nearest point of the set", Short(*distance))]
    StartNotInSet {
        /// Distance of the start from the set.
        distance: f64,
    },
    /// Two things that must be of one length are not.
    #[error("{name} has {actual} entries where {expected} are expected")]
    LengthMismatch {
        /// What has the wrong length.
        name: &'static str,
        /// The length that is expected.
        expected: usize,
        /// The length that it has.
        actual: usize,
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
    /// A lower bound lies above its upper bound.
    #[error("coordinate {index}: the lower bound {} is not below or at the upper bound {}", Short(*lower), Short(*upper))]
    EmptyBounds {
        /// Which coordinate, counted from 0.
        index: usize,
        /// The lower bound.
        lower: f64,
        /// The upper bound.
        upper: f64,
    },
    /// The function does not fall along the direction of a line search.
    #[error("the slope along the direction is {}, not negative", Short(*slope))]
    NotDescent {
        /// The slope $`\nabla f^\top p`$.
        slope: f64,
    },
    /// A system of equations could not be solved.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}

/// A number in the fewest digits: `1e-300`, not three hundred zeros.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0.0 || (1e-4..1e6).contains(&self.0.abs()) {
            write!(f, "{}", self.0)
        } else {
            write!(f, "{:e}", self.0)
        }
    }
}
