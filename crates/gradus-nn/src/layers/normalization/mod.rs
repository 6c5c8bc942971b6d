//! Mean 0 and variance 1, over samples or over channels.

mod batch_norm;
mod group_norm;
mod layer_norm;
mod rms_norm;

pub use batch_norm::{BatchNorm, RunningVariance};
pub use group_norm::GroupNorm;
pub use layer_norm::LayerNorm;
pub use rms_norm::RmsNorm;
