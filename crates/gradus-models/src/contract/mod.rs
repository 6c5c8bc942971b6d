//! What all models have in common.

mod fit;
mod fit_weighted;
mod predict;
mod target;

pub use fit::Fit;
pub use fit_weighted::FitWeighted;
pub use predict::Predict;
pub use target::Target;
