#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod attribution;
pub mod callbacks;
mod data;
mod error;
pub mod exchange;
pub mod layers;
mod memory;
mod network;
mod onnx;
mod recording;
mod sample_shape;
mod training;

pub use data::{Dataset, Features, Mapped, Samples, Subset, TargetBuffer};
pub use error::{Misfit, NnError};
pub use gradus_autodiff as autodiff;
pub use gradus_data::DataError;
pub use gradus_linalg::nalgebra;
pub use gradus_linalg::{Scalar, view};
pub use gradus_losses as losses;
pub use gradus_numeric as numeric;
pub use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
pub use gradus_optim as optim;
pub use gradus_privacy as privacy;
pub use gradus_random as random;
pub use gradus_random::Key;
pub use network::{Constraint, Model, Network, Output, Summary};
pub use onnx::Attribute;
pub use recording::{Fan, Initializer, Law, SummaryRow};
pub use sample_shape::SampleShape;
pub use training::{
    Best, Better, Callback, EarlyStopping, EpochRecord, Evaluation, Event, History, Metric,
    NuclearNorm, Orthogonality, Penalty, Private, PrivateTraining, RateCurve, RateRange, Settings,
    Training, learn_one_batch, rate_range,
};
