//! A model in the neighborhood of one point: what changes if the point does?

mod line;
mod occlusion;
mod patches;

pub use line::{LocalLine, Neighborhood, local_line};
pub use occlusion::{occlusion, windows};
pub use patches::local_patches;
