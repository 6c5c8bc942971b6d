#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod batches;
pub mod csv;
mod embedded;
mod error;
mod folder;
pub mod idx;
mod images;
mod input;
mod limits;
mod table;

pub use batches::{Batches, LastBatch};
pub use embedded::{digits, iris};
pub use error::DataError;
pub use folder::{TrainTest, open_folder, open_images};
pub use images::LabelledImages;
pub use limits::Limits;
pub use table::{LabelledTable, Table};
