//! Callbacks that come with the crate: what a training leaves behind as it goes.

mod checkpoints;
mod event_file;
mod history_file;
mod progress;
mod statistics;

pub use checkpoints::Checkpoints;
pub use event_file::EventFile;
pub use history_file::HistoryFile;
pub use progress::Progress;
pub use statistics::{EpochStatistics, Spread, Statistics};
