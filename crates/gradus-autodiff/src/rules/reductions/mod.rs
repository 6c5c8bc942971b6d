//! Sums, means and maxima of all entries.

mod maximum;
mod mean;
mod squared_sum;
mod sums;
mod total;

pub use maximum::Maximum;
pub use mean::Mean;
pub use squared_sum::SquaredSum;
pub(crate) use sums::{Lanes, lane_sums, row_sums, scattered_sum, sum, sum_of, sum_over};
pub use total::Total;
