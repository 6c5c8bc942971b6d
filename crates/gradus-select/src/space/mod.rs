//! Where to search: axes, and points on them.

mod axis;
mod points;

pub use axis::Axis;
pub use points::{grid, random};
