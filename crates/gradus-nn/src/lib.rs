#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod callbacks;
mod data;
mod error;
pub mod layers;
mod memory;
mod network;
mod recording;
mod sample_shape;
mod training;

pub use data::{Dataset, Features, Samples, Subset, TargetBuffer};
pub use error::{Misfit, NnError};
pub use gradus_autodiff as autodiff;
pub use gradus_linalg::nalgebra;
pub use gradus_linalg::{Scalar, view};
pub use gradus_losses as losses;
pub use gradus_numeric as numeric;
pub use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
pub use gradus_optim as optim;
pub use gradus_random as random;
pub use gradus_random::Key;
pub use network::{Model, Network, Output, Summary};
pub use recording::{Initializer, SummaryRow};
pub use sample_shape::SampleShape;
pub use training::{
    Best, Callback, EarlyStopping, EpochRecord, Evaluation, Event, History, Metric, Penalty,
    RateCurve, RateRange, Settings, Training, learn_one_batch, rate_range,
};
