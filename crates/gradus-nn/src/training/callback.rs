//! What is told while a training runs.

use super::evaluation::Evaluation;
use super::history::EpochRecord;
use std::ops::ControlFlow;

/// Something that happens during a training.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a, T> {
    /// A call of [`fit`](crate::Training::fit) begins.
    FitStart {
        /// How many epochs were done before.
        epoch: u64,
    },
    /// An epoch begins; shuffling comes next.
    EpochStart {
        /// Which epoch, counted from 1.
        epoch: u64,
    },
    /// A step of the optimizer is done.
    Step {
        /// Which epoch, counted from 1.
        epoch: u64,
        /// Samples seen in this epoch.
        samples: usize,
        /// Samples of an epoch.
        of: usize,
        /// Means over the epoch so far.
        so_far: &'a Evaluation,
    },
    /// All steps of an epoch are done; validation, if there is any, comes next.
    EpochTrained {
        /// Which epoch, counted from 1.
        epoch: u64,
    },
    /// An epoch ends.
    EpochEnd {
        /// What it brought.
        record: &'a EpochRecord,
        /// The parameters after it.
        theta: &'a [T],
    },
}

/// Somebody who is told, and who can stop the training by [`ControlFlow::Break`].
///
/// Every closure `|event: &Event<'_, T>| ControlFlow::Continue(())` is one. The trainer has no clock and
/// prints nothing: progress bars, time measurement and checkpoints are callbacks.
pub trait Callback<T>: Send {
    /// Takes notice of an event.
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()>;
}

impl<T, F: FnMut(&Event<'_, T>) -> ControlFlow<()> + Send> Callback<T> for F {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        self(event)
    }
}
