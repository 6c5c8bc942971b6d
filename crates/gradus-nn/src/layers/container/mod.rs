//! Layers made of layers.

mod function;
mod residual;
mod sequential;

pub use function::Function;
pub use residual::Residual;
pub use sequential::Sequential;
