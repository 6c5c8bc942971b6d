//! How good labels are, and the scores that they come from.

mod accuracy;
mod argmax;
mod average;
mod confusion_matrix;
mod hits;

pub use accuracy::accuracy;
pub use argmax::argmax;
pub use average::{Average, ClassReport, Measure, Report, ZeroDivision};
pub use confusion_matrix::ConfusionMatrix;
pub use hits::hits;
