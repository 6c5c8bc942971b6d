//! Sums and means of all entries.

mod mean;
mod squared_sum;
mod sums;
mod total;

pub use mean::Mean;
pub use squared_sum::SquaredSum;
pub(crate) use sums::{Careful, lane_sums, row_sums, scattered_sum, sum, sum_of};
pub use total::Total;
