//! How far predicted numbers are from the truth.

mod errors;

pub use errors::{mean_absolute_error, mean_squared_error, r_squared};
