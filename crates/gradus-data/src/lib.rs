#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod formats;
mod sets;
mod tables;

pub use error::DataError;
pub use formats::{Limits, csv, idx};
pub use sets::{
    Batches, LabelledImages, LastBatch, TrainTest, digits, iris, open_folder, open_images,
};
pub use tables::{LabelledTable, Table};
