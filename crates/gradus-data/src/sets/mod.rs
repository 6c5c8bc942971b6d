//! Data sets: images with labels, folders of them, sets that come with the crate, and their batches.

mod batches;
mod class_folders;
mod embedded;
mod folder;
mod generators;
mod images;

pub use batches::{Batches, LastBatch};
pub use class_folders::{ClassFolders, open_class_folders};
pub use embedded::{breast_cancer, census_income, diabetes, digits, iris, wine};
pub use folder::{TrainTest, open_folder, open_images};
pub use generators::{blobs, circles, linear, moons, sinusoid, spirals};
pub use images::LabelledImages;
