#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod dataset;
mod declaration;
mod error;
mod initializer;
pub mod layers;
mod model;
mod network;
mod output;
mod sample_shape;
mod samples;
mod summary;
mod training;
mod weights_file;

pub use dataset::{Dataset, Features};
pub use error::{Misfit, NnError};
pub use gradus_linalg::Scalar;
pub use initializer::Initializer;
pub use model::Model;
pub use network::Network;
pub use output::Output;
pub use sample_shape::SampleShape;
pub use samples::{Samples, TargetBuffer};
pub use summary::{Summary, SummaryRow};
pub use training::{
    Best, Callback, EarlyStopping, EpochRecord, Evaluation, Event, History, Metric, Settings,
    Training,
};
