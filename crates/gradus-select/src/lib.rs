#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod racing;
mod space;
mod surrogate;
mod trials;

pub use error::SelectError;
pub use gradus_linalg::LinalgError;
pub use gradus_random::{Key, RandomError, rand};
pub use racing::{Halving, Race, Rung, brackets, halve, hyperband};
pub use space::{Axis, grid, random};
pub use surrogate::{Bayesian, Covariance, GaussianProcess, bayesian, expected_improvement};
pub use trials::{Found, Trial, expected_best_accuracy, search};
