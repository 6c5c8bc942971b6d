#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod accuracy;
mod argmax;
mod average;
mod confusion_matrix;
mod error;
mod hits;
mod regression;
mod split;

pub use accuracy::accuracy;
pub use argmax::argmax;
pub use average::{Average, ClassReport, Measure, Report, ZeroDivision};
pub use confusion_matrix::ConfusionMatrix;
pub use error::EvaluationError;
pub use hits::hits;
pub use regression::{mean_absolute_error, mean_squared_error, r_squared};
pub use split::{Fractions, Split, folds, split, stratified_split};
