//! Networks and models: layers in order, their parameters, and both on disk.

mod constraint;
mod model;
#[allow(
    clippy::module_inception,
    reason = "the chapter has the name of its concept"
)]
mod network;
mod npz;
mod onnx_file;
mod output;
mod summary;
pub(crate) mod tensors;
mod unit_variance;
mod weights_file;

pub use constraint::Constraint;
pub use model::Model;
pub(crate) use model::not_finite;
pub use network::Network;
pub use output::Output;
pub use summary::Summary;
pub(crate) use weights_file::failed;
