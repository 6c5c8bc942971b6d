#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod classification;
mod error;
mod kernel;
mod regression;
mod regularizers;

pub use classification::binary_cross_entropy::{
    BinaryCrossEntropy, BinaryCrossEntropyLogits, binary_cross_entropy,
    binary_cross_entropy_from_logit,
};
pub use classification::cross_entropy::CrossEntropy;
pub use classification::softmax_cross_entropy::SoftmaxCrossEntropy;
pub use error::LossError;
pub use kernel::loss::Loss;
pub use kernel::reduction::Reduction;
pub use kernel::target::{Target, Weights};
pub use regression::absolute_error::{AbsoluteError, absolute_error};
pub use regression::squared_error::{SquaredError, squared_error};
pub use regularizers::regularizer::{L1, L2, Regularizer};
