//! Windows that move over images.

#[allow(
    clippy::module_inception,
    reason = "the chapter has the name of its concept"
)]
mod convolution;
mod global_pool;
mod pool;
mod sequence_convolution;
mod sight;
mod turned;

pub use convolution::Convolution;
pub use global_pool::GlobalPool;
pub use pool::{Pool, Pooling};
pub use sequence_convolution::SequenceConvolution;
pub use turned::turned_windows;
