//! Memory to work on a shard.

use crate::data::TargetBuffer;
use crate::error::NnError;
use crate::memory::filled;
use crate::network::Network;
use gradus_autodiff::{Arena, Footprint};
use gradus_linalg::Scalar;
use gradus_pages::LargePages;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Memory to work on one shard after the other; after the first steps nothing is allocated any more.
#[derive(Debug)]
pub(super) struct Workspace<T: Scalar> {
    pub(super) arena: Arena<T>,
    pub(super) targets: TargetBuffer<T>,
    /// The gradient of a second shard, before it is added to that of the first.
    pub(super) more: LargePages<T>,
    /// What the buffers will be after the step, as one shard sees it.
    pub(super) wish: Vec<T>,
}

impl<T: Scalar> Workspace<T> {
    /// Memory for shards of that footprint, or, little by little, of a larger one.
    fn new(network: &Network<T>, footprint: &Footprint) -> Result<Self, NnError> {
        let buffers = network.buffer_layout().len();
        Ok(Self {
            arena: Arena::with_room(footprint)?,
            targets: TargetBuffer::default(),
            more: LargePages::default(),
            wish: filled("buffers", buffers, T::from_f64(0.0))?,
        })
    }
}

/// Workspaces that no thread works in.
///
/// There is one a thread, however many shards a batch has: which of them a shard was worked on in leaves no trace in its result. They are taken
/// in turn, so that all have seen a shard after as many shards as there are workspaces.
#[derive(Debug)]
pub(super) struct Workspaces<T: Scalar> {
    idle: Mutex<VecDeque<Workspace<T>>>,
}

impl<T: Scalar> Workspaces<T> {
    pub(super) const fn new() -> Self {
        let idle = Mutex::new(VecDeque::new());
        Self { idle }
    }

    /// How many there are while nothing runs.
    pub(super) fn count(&self) -> usize {
        self.idle().len()
    }

    /// One more.
    pub(super) fn add(&self, network: &Network<T>, footprint: &Footprint) -> Result<(), NnError> {
        self.give_back(Workspace::new(network, footprint)?);
        Ok(())
    }

    /// The one that has been idle for the longest time.
    ///
    /// There is none if a metric or a loss runs work on the pool itself, and its thread takes up another shard while it
    /// waits: then one is made.
    pub(super) fn take(&self, network: &Network<T>) -> Result<Workspace<T>, NnError> {
        let idle = self.idle().pop_front();
        idle.map_or_else(|| Workspace::new(network, &Footprint::default()), Ok)
    }

    pub(super) fn give_back(&self, workspace: Workspace<T>) {
        self.idle().push_back(workspace);
    }

    /// A thread that panicked between two lines of this file has left the list whole.
    fn idle(&self) -> MutexGuard<'_, VecDeque<Workspace<T>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
