//! Windows that move over images.

#[allow(
    clippy::module_inception,
    reason = "the chapter has the name of its concept"
)]
mod convolution;
mod max_pool;
mod sequence_convolution;

pub use convolution::Convolution;
pub use max_pool::MaxPool;
pub use sequence_convolution::SequenceConvolution;
