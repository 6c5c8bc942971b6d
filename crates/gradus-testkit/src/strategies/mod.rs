//! Inputs for laws: ordinary, structured and extreme.
//!
//! Random numbers alone miss the cases where mathematics breaks: zeros, ties, one dominating entry,
//! numbers so small or so large that a square leaves the range. Every law should be tried on
//! ordinary, on integer (exact) and on structured inputs.

mod matrix;
mod scalar;
mod simplex;
mod vector;

pub use matrix::{
    integer_matrix, matrix, orthogonal, positive_definite, structured_matrix, symmetric,
};
pub use scalar::{extreme, finite, special};
pub use simplex::{labels, simplex_point, weights};
pub use vector::{integers, logits, structured_vector, vector};
