//! Functions of one number, entry by entry.

mod entrywise;

pub use entrywise::{Relu, Sigmoid, Tanh};
