//! What a network learns from: samples and their targets.

mod dataset;
mod mapped;
mod samples;
mod subset;

pub(crate) use dataset::check_weights;
pub use dataset::{Dataset, Features};
pub use mapped::Mapped;
pub use samples::{Samples, TargetBuffer};
pub use subset::Subset;
