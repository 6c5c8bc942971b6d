//! What a sample is, seen in another way.

mod flatten;

pub use flatten::Flatten;
