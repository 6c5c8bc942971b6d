//! Points that were tried, and which is best.

mod luck;
mod search;
mod trial;

pub use luck::expected_best_accuracy;
pub use search::search;
pub(crate) use search::tried;
pub use trial::{Found, Trial};
