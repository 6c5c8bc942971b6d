//! Data sets: images with labels, folders of them, sets that come with the crate, and their batches.

mod batches;
mod embedded;
mod folder;
mod images;

pub use batches::{Batches, LastBatch};
pub use embedded::{digits, iris};
pub use folder::{TrainTest, open_folder, open_images};
pub use images::LabelledImages;
