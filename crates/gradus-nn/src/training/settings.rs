//! The settings of a training.

use crate::error::NnError;

/// How the samples of an epoch are cut up, and on how many threads.
///
/// `batch`, `shard` and `seed` decide the result to the last bit; `threads` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Samples per step of the optimizer. Default 32, as in Keras.
    pub batch: usize,
    /// Samples that one thread works on at a time: a batch is cut into shards of this width, whose
    /// gradients are added in order. Default 64.
    pub shard: usize,
    /// Worker threads. Default 1.
    pub threads: usize,
    /// Seed of shuffling and dropout. Default 0.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            batch: 32,
            shard: 64,
            threads: 1,
            seed: 0,
        }
    }
}

impl Settings {
    /// How many shards a full batch has.
    pub(crate) const fn shards(&self) -> usize {
        self.batch.div_ceil(self.shard)
    }

    pub(crate) fn check(&self) -> Result<(), NnError> {
        let counts = [
            ("batch", self.batch),
            ("shard", self.shard),
            ("threads", self.threads),
        ];
        for (name, count) in counts {
            if count == 0 {
                return Err(NnError::Domain {
                    name,
                    value: 0.0,
                    domain: "1, 2, 3, …",
                });
            }
        }
        let (batch, shard, shards) = (self.batch, self.shard, self.shards());
        if shards > MAX_SHARDS {
            return Err(NnError::TooManyShards {
                batch,
                shard,
                shards,
                limit: MAX_SHARDS,
            });
        }
        Ok(())
    }
}

/// How many shard gradients a step can add up without memory of its own.
pub(crate) const MAX_SHARDS: usize = 64;
