//! Training: epochs, shuffling, shards on threads, callbacks.

mod callback;
mod checkpoint;
mod constrained;
mod count;
mod curvature;
mod early_stopping;
mod epoch;
mod evaluation;
mod fingerprint;
mod history;
mod metric;
mod one_batch;
mod penalty;
mod private;
mod rate_range;
mod settings;
mod shard;
mod spectral;
mod step;
mod threads;
mod trainer;
mod workspace;

pub use callback::{Callback, Event};
pub use early_stopping::{Best, Better, EarlyStopping};
pub use evaluation::Evaluation;
pub use history::{EpochRecord, History};
pub use metric::Metric;
pub use one_batch::learn_one_batch;
pub use penalty::Penalty;
pub use private::{Private, PrivateTraining};
pub use rate_range::{RateCurve, RateRange, rate_range};
pub use settings::Settings;
pub use spectral::{NuclearNorm, Orthogonality};
pub use trainer::Training;
