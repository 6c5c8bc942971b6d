//! Layers made of layers.

mod function;
mod residual;
mod sequential;
mod tied;

pub use function::Function;
pub use residual::Residual;
pub use sequential::Sequential;
pub use tied::Tied;
