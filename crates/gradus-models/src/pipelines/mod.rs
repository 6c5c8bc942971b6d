//! Models with what is done before, and judged fairly.

mod cross_validation;
mod curves;
mod pipeline;
mod preparation;

pub use cross_validation::{ScoreWeights, cross_predict, cross_validate, cross_validate_weighted};
pub use curves::{CurvePoint, learning_curve, validation_curve};
pub use pipeline::{Pipeline, PipelineModel};
pub use preparation::Preparation;
