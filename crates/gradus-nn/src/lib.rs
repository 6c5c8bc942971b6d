#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod data;
mod error;
pub mod layers;
mod network;
mod recording;
mod sample_shape;
mod training;

pub use data::{Dataset, Features, Samples, TargetBuffer};
pub use error::{Misfit, NnError};
pub use gradus_linalg::Scalar;
pub use network::{Model, Network, Output, Summary};
pub use recording::{Initializer, SummaryRow};
pub use sample_shape::SampleShape;
pub use training::{
    Best, Callback, EarlyStopping, EpochRecord, Evaluation, Event, History, Metric, Settings,
    Training,
};
