//! Windows that move over images.

mod convolve;
mod max_pool;
mod patches;
mod window;

pub use convolve::Convolve;
pub use max_pool::MaxPool;
pub use patches::Patches;
pub use window::Window;
