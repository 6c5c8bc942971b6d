#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod check;
mod columnwise;
mod error;
mod lanes;
mod loss;
mod reduction;
mod softmax_cross_entropy;
mod squared_error;
mod target;

pub use error::LossError;
pub use loss::Loss;
pub use reduction::Reduction;
pub use softmax_cross_entropy::SoftmaxCrossEntropy;
pub use squared_error::{SquaredError, squared_error};
pub use target::{Target, Weights};
