#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub use nalgebra;

mod error;
mod scalar;
mod view;

pub use error::LinalgError;
pub use scalar::Scalar;
pub use view::{view, view_mut};
