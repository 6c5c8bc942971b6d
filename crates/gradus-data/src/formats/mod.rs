//! Files as bytes, and what they say.

mod blocks;
pub mod csv;
mod gray;
mod half;
pub mod idx;
mod idx_blocks;
mod idx_tables;
pub(crate) mod input;
pub(crate) mod limits;
mod names;
pub mod npy;
mod npy_lines;
mod npy_values;
pub mod npz;
mod numbered;
pub mod pgm;
pub mod png;
pub mod safetensors;
mod zip;

pub use gray::GrayImage;
pub use limits::Limits;
