//! What a network learns from: samples and their targets.

mod dataset;
mod samples;
mod subset;

pub(crate) use dataset::check_weights;
pub use dataset::{Dataset, Features};
pub use samples::{Samples, TargetBuffer};
pub use subset::Subset;
