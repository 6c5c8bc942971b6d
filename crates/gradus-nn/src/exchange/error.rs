//! What can go wrong between processes.

use thiserror::Error;

/// What can go wrong between processes that train together.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExchangeError {
    /// Two processes were started with something else.
    #[error("{what} is {theirs} on rank {rank} and {first} on rank 0: start all processes alike")]
    Differs {
        /// The first process that differs from process 0.
        rank: usize,
        /// What differs.
        what: String,
        /// What it is on process 0.
        first: String,
        /// What it is there.
        theirs: String,
    },
    /// A process could not do its part of a step; no process has done the step.
    #[error("rank {rank} could not do its part of step {step}; its own message tells why")]
    Failed {
        /// The first such process.
        rank: usize,
        /// The step, counted from 1.
        step: u64,
    },
    /// A process has ended, or cannot be reached.
    #[error("rank {rank} has ended or cannot be reached")]
    Gone {
        /// Which one.
        rank: usize,
    },
    /// A message has another length than expected.
    #[error("a message of {expected} bytes from rank {rank} was expected, it has {got}")]
    Length {
        /// Which process sent it.
        rank: usize,
        /// How many bytes were expected.
        expected: usize,
        /// How many came.
        got: usize,
    },
}
