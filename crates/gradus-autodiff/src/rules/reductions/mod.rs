//! Sums and means of all entries.

mod mean;
mod squared_sum;
mod total;

pub use mean::Mean;
pub use squared_sum::SquaredSum;
pub use total::Total;
