//! How a network is written down: layers ask for what they need and record what they compute.
//!
//! Bottom up: what is written down (`declaration`, with `initializer`, `mode`, `buffers`, `name`), how it is
//! followed (`plan`), what a layer sees of it (`pass`, `batch`), and the interface of layers (`layer`).

mod batch;
mod buffers;
mod declaration;
mod export;
mod initializer;
mod layer;
mod mode;
mod name;
mod pass;
mod plan;
mod summary_row;

pub use batch::Batch;
pub use buffers::Buffers;
pub(crate) use declaration::Declaration;
pub use export::{Export, Value};
pub use initializer::{Fan, Initializer, Law};
pub use layer::Layer;
pub use mode::Mode;
pub use name::Name;
pub use pass::Pass;
pub use summary_row::SummaryRow;
