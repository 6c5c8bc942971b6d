//! Windows that move over images.

mod average_pool;
#[allow(
    clippy::module_inception,
    reason = "the chapter has the name of its concept"
)]
mod convolution;
mod global_pool;
mod max_pool;
mod sequence_convolution;
mod sight;

pub use average_pool::AveragePool;
pub use convolution::Convolution;
pub use global_pool::GlobalPool;
pub use max_pool::MaxPool;
pub use sequence_convolution::SequenceConvolution;
