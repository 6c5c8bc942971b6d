//! How good labels are, and the scores that they come from.

mod accuracy;
mod agreement;
mod argmax;
mod average;
mod confusion_matrix;
mod hinge;
mod hits;
mod probabilities;
mod top_k;

pub use accuracy::accuracy;
pub use argmax::argmax;
pub use average::{Average, ClassReport, Measure, Report, ZeroDivision};
pub use confusion_matrix::ConfusionMatrix;
pub use hinge::hinge_loss;
pub use hits::hits;
pub(crate) use probabilities::probability;
pub use probabilities::{brier_score, log_loss};
pub use top_k::top_k_accuracy;
