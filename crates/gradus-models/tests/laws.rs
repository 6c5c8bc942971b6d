//! Theorems about models, as property tests.

#[path = "laws/bayes.rs"]
mod bayes;
#[path = "laws/classification.rs"]
mod classification;
#[path = "laws/linear.rs"]
mod linear;
#[path = "laws/neighbors.rs"]
mod neighbors;
#[path = "laws/networks.rs"]
mod networks;
#[path = "laws/penalties.rs"]
mod penalties;
#[path = "laws/pipelines.rs"]
mod pipelines;
#[path = "laws/samples.rs"]
mod samples;
#[path = "laws/weights.rs"]
mod weights;
