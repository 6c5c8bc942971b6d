//! Callbacks that come with the crate: what a training leaves behind as it goes.

mod event_file;
mod history_file;
mod statistics;

pub use event_file::EventFile;
pub use history_file::HistoryFile;
pub use statistics::{EpochStatistics, Spread, Statistics};
