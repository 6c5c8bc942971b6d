//! The matrix product and the layer made of it.

mod affine;
mod product;

pub use affine::Affine;
pub use product::Product;
