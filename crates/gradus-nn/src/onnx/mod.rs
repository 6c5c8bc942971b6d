//! The ONNX format: nodes, tensors, and how they are written.

mod attribute;
mod message;
mod nodes;

pub use attribute::Attribute;
pub(crate) use nodes::Nodes;
