//! Mean 0 and variance 1, over samples or over channels.

mod batch_norm;
mod layer_norm;

pub use batch_norm::BatchNorm;
pub use layer_norm::LayerNorm;
