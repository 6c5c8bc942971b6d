//! What a network learns from: samples and their targets.

mod dataset;
mod samples;

pub use dataset::{Dataset, Features};
pub use samples::{Samples, TargetBuffer};
