//! Weighted sums of all inputs.

mod dense;

pub use dense::Dense;
