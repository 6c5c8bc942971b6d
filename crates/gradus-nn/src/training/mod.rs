//! Training: epochs, shuffling, shards on threads, callbacks.

mod callback;
mod checkpoint;
mod count;
mod early_stopping;
mod epoch;
mod evaluation;
mod fingerprint;
mod history;
mod metric;
mod penalty;
mod settings;
mod shard;
mod step;
mod threads;
mod trainer;

pub use callback::{Callback, Event};
pub use early_stopping::{Best, EarlyStopping};
pub use evaluation::Evaluation;
pub use history::{EpochRecord, History};
pub use metric::Metric;
pub use penalty::Penalty;
pub use settings::Settings;
pub use trainer::Training;
