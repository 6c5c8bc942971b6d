#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod float;
mod function;
pub mod functions;
mod matrix;
mod real;
mod simd;

pub use error::NumericError;
pub use float::Float;
pub use function::{Binary, Unary, pull};
pub use matrix::{MatrixMut, MatrixRef, Order, Shape};
pub use real::Real;
pub use simd::vectorized;
