//! The same entries in another shape.

mod transpose;

pub use transpose::Transpose;
