//! How a network is written down: layers ask for what they need and record what they compute.

mod batch;
mod declaration;
mod initializer;
mod layer;
mod pass;
mod summary_row;

pub use batch::Batch;
pub(crate) use declaration::Declaration;
pub use initializer::Initializer;
pub use layer::Layer;
pub use pass::{Buffers, Mode, Pass};
pub use summary_row::SummaryRow;
