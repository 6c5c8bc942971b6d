//! Functions of every entry, and of every column.

mod map;
mod softmax;

pub use map::Map;
pub use softmax::Softmax;
