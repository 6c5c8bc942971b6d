//! Noise against learning by heart.

mod dropout;

pub use dropout::Dropout;
