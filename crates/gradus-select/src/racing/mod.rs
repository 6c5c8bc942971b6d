//! Many begin, few go on: searches that give most of the work to what does well early.

mod halving;
mod hyperband;

pub use halving::{Halving, Race, Rung, halve};
pub use hyperband::{brackets, hyperband};
