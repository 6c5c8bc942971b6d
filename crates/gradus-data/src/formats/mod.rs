//! Files as bytes, and what they say.

pub mod csv;
mod gray;
pub mod idx;
mod idx_tables;
pub(crate) mod input;
pub(crate) mod limits;
pub mod npy;
mod npy_lines;
pub mod pgm;
pub mod png;

pub use gray::GrayImage;
pub use limits::Limits;
