#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod classification;
mod error;
mod lengths;
mod regression;
mod splits;

pub use classification::{
    Average, ClassReport, ConfusionMatrix, Measure, Report, ZeroDivision, accuracy, argmax, hits,
};
pub use error::EvaluationError;
pub use regression::{mean_absolute_error, mean_squared_error, r_squared};
pub use splits::{Fractions, Split, folds, split, stratified_split};
