#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod folder;
mod target;
mod temporary;
mod write;

pub use error::FileError;
pub use folder::prepare_folder;
pub use write::{write, write_with};
