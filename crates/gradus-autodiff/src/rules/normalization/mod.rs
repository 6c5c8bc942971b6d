//! Means and deviations of channels, and what is brought to them.

mod group_norm;
mod layer_norm;
mod moments;
mod normalize;
mod rms_norm;
mod standard;
mod strip;

pub use group_norm::GroupNorm;
pub use layer_norm::LayerNorm;
pub use moments::Moments;
pub use normalize::Normalize;
pub use rms_norm::RmsNorm;
