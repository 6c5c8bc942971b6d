//! The same entries in another shape.

mod embed;
mod transpose;

pub use embed::Embed;
pub use transpose::Transpose;
