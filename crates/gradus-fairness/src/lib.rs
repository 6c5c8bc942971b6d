#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod groups;
mod impossibility;
mod mitigation;
mod rate;
mod scores;

pub use error::FairnessError;
pub use gradus_evaluation::{Calibration, ConfusionMatrix, EvaluationError};
pub use gradus_random::Key;
pub use groups::{Both, ByGroup, Groups};
pub use impossibility::{implied_false_positive_rate, implied_negative_score};
pub use mitigation::{Parity, Threshold, Thresholds, equalize, reweigh};
pub use rate::Rate;
pub use scores::{Steepest, calibration_by_group, mean_scores, steepest_pair};
