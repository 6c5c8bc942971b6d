#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod absolute_error;
mod binary_cross_entropy;
mod check;
mod columnwise;
mod cross_entropy;
mod error;
mod lanes;
mod logarithm;
mod loss;
mod pointwise;
mod reduction;
mod regularizer;
mod softmax_cross_entropy;
mod squared_error;
mod target;

pub use absolute_error::{AbsoluteError, absolute_error};
pub use binary_cross_entropy::{
    BinaryCrossEntropy, BinaryCrossEntropyLogits, binary_cross_entropy,
    binary_cross_entropy_from_logit,
};
pub use cross_entropy::CrossEntropy;
pub use error::LossError;
pub use loss::Loss;
pub use reduction::Reduction;
pub use regularizer::{L1, L2, Regularizer};
pub use softmax_cross_entropy::SoftmaxCrossEntropy;
pub use squared_error::{SquaredError, squared_error};
pub use target::{Target, Weights};
