//! How good scores and probabilities of two classes are, whatever the threshold.

mod binary_scores;
mod calibration;
mod one_against_rest;

pub use binary_scores::BinaryScores;
pub use calibration::{Bin, Calibration};
pub use one_against_rest::{area_against_rest, one_against_rest};
