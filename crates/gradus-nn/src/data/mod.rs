//! What a network learns from: samples and their targets.

mod dataset;
mod mapped;
mod samples;

pub use dataset::{Dataset, Features};
pub use mapped::Mapped;
pub use samples::{Samples, TargetBuffer};
