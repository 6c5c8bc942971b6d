//! What all models have in common.

mod fit;
mod predict;
mod target;

pub use fit::Fit;
pub use predict::Predict;
pub use target::Target;
