//! What can be done: weights before learning, thresholds after it.

mod frontier;
mod odds;
mod reweigh;
mod rule;
mod thresholds;

pub use reweigh::reweigh;
pub use rule::{Threshold, Thresholds};
pub use thresholds::{Parity, equalize};
