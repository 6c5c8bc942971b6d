//! The theorems of evaluation, as properties.

#[path = "laws/batches.rs"]
mod batches;
#[path = "laws/classification.rs"]
mod classification;
#[path = "laws/regression.rs"]
mod regression;
#[path = "laws/scores.rs"]
mod scores;
#[path = "laws/splits.rs"]
mod splits;
#[path = "laws/validation.rs"]
mod validation;
#[path = "laws/weights.rs"]
mod weights;
