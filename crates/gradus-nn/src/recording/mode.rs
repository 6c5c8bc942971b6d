//! Training or evaluation.

use gradus_random::Key;

/// Training or evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything is a fixed function of its input.
    Evaluation,
    /// What is random is drawn, and what is counted over batches is counted.
    Training {
        /// The key of this step: seed, first stream of the layers and, as `epoch`, the number of the step.
        key: Key,
        /// The place in the batch of the first sample of this shard.
        first: usize,
    },
}

impl Mode {
    /// Training with that key, on samples from that place of the batch on.
    #[must_use]
    pub const fn training(key: Key, first: usize) -> Self {
        Self::Training { key, first }
    }
}
