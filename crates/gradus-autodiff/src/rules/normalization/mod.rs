//! Means and deviations of channels, and what is brought to them.

mod layer_norm;
mod moments;
mod normalize;

pub use layer_norm::LayerNorm;
pub use moments::Moments;
pub use normalize::Normalize;
