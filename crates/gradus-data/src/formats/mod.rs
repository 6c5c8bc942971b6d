//! Files as bytes, and what they say.

pub mod csv;
pub mod idx;
mod idx_tables;
pub(crate) mod input;
pub(crate) mod limits;
pub mod npy;
mod npy_lines;
pub mod pgm;

pub use limits::Limits;
