//! How good labels are, and the scores that they come from.

mod accuracy;
mod agreement;
mod argmax;
mod average;
mod confusion_matrix;
mod d2_log_loss;
mod hinge;
mod hits;
mod probabilities;
mod top_k;

pub use accuracy::{accuracy, accuracy_weighted};
pub use argmax::argmax;
pub use average::{Average, ClassReport, Measure, Report, ZeroDivision};
pub use confusion_matrix::ConfusionMatrix;
pub use d2_log_loss::{d2_log_loss, d2_log_loss_weighted};
pub use hinge::{hinge_loss, hinge_loss_weighted};
pub use hits::hits;
pub(crate) use probabilities::probability;
pub use probabilities::{brier_score, brier_score_weighted, log_loss, log_loss_weighted};
pub use top_k::top_k_accuracy;
