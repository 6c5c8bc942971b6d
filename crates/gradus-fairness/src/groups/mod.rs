//! What happens to the members of each group.

mod by_group;
mod counts;
mod members;

pub use by_group::ByGroup;
pub use counts::{Both, Groups};
pub(crate) use members::{Members, check_binary};
