//! How good scores and probabilities of two classes are, whatever the threshold.

mod binary_scores;
mod calibration;

pub use binary_scores::BinaryScores;
pub use calibration::{Bin, Calibration};
