//! The settings of a training.

use crate::error::NnError;
use std::ops::Range;

/// How the samples of an epoch are cut up, and on how many threads.
///
/// `batch`, `shard` and `seed` decide the result to the last bit; `threads` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Samples per step of the optimizer. Default 32, as in Keras.
    pub batch: usize,
    /// How many samples one thread works on at a time, at most: a batch is cut into as few shards as that
    /// allows, nearly equal in width, and their gradients are added in order. Default 64.
    ///
    /// The memory of a training grows with the width of a shard and not with the batch, so that a batch of any
    /// size can be taken (elsewhere called gradient accumulation).
    /// Products are faster in wide shards, as long as what a layer makes stays in the caches: for convolutions, which make
    /// thousands of numbers a sample, 16 is faster than 64.
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
    pub(crate) fn check(&self) -> Result<(), NnError> {
        let counts = [
            ("batch", self.batch),
            ("shard", self.shard),
            ("threads", self.threads),
        ];
        match counts.into_iter().find(|(_, count)| *count == 0) {
            None => Ok(()),
            Some((name, _)) => Err(NnError::Domain {
                name,
                value: 0.0,
                domain: "1, 2, 3, …",
            }),
        }
    }

    /// How a batch of that many samples is cut.
    pub(crate) const fn cut(&self, samples: usize) -> Cut {
        Cut {
            samples,
            shards: samples.div_ceil(self.shard),
        }
    }
}

/// A batch cut into shards, nearly equal in width.
///
/// The first ones are wider by one sample if it does not divide: no shard is left with a sample alone unless
/// the batch has no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    samples: usize,
    shards: usize,
}

impl Cut {
    /// How many places the shards are worked on in: each has a gradient of its own.
    pub(crate) const fn places(self) -> usize {
        if self.shards < MAX_PLACES {
            self.shards
        } else {
            MAX_PLACES
        }
    }

    /// The shards that a place works on, one after the other.
    pub(crate) const fn shards_of(self, place: usize) -> Range<usize> {
        let places = self.places();
        place * self.shards / places..(place + 1) * self.shards / places
    }

    /// The samples of a shard.
    pub(crate) fn samples_of(self, shard: usize) -> Range<usize> {
        let (width, more) = (self.samples / self.shards, self.samples % self.shards);
        let start = shard * width + shard.min(more);
        start..start + width + usize::from(shard < more)
    }

    /// The widths of the widest and the narrowest shard.
    pub(crate) const fn widths(self) -> [usize; 2] {
        [
            self.samples.div_ceil(self.shards),
            self.samples / self.shards,
        ]
    }
}

/// How many gradients a step adds up, and how many pieces it can give to threads.
pub(crate) const MAX_PLACES: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(samples: usize, shard: usize) -> Vec<usize> {
        let settings = Settings {
            shard,
            ..Settings::default()
        };
        let cut = settings.cut(samples);
        let shards = (0..cut.places()).flat_map(|place| cut.shards_of(place));
        shards.map(|shard| cut.samples_of(shard).len()).collect()
    }

    #[test]
    fn shards_are_nearly_equal() {
        assert_eq!(widths(128, 64), [64, 64]);
        assert_eq!(widths(96, 64), [48, 48]);
        assert_eq!(widths(65, 64), [33, 32]);
        assert_eq!(widths(7, 3), [3, 2, 2]);
        assert_eq!(widths(1, 3), [1]);
    }

    #[test]
    fn every_sample_is_in_one_shard() {
        for (samples, shard) in [(1000, 1), (130, 2), (64, 1), (65, 1), (4097, 64)] {
            let cut = Settings {
                shard,
                ..Settings::default()
            }
            .cut(samples);
            let shards = (0..cut.places()).flat_map(|place| cut.shards_of(place));
            let all: Vec<_> = shards.flat_map(|shard| cut.samples_of(shard)).collect();
            assert_eq!(all, (0..samples).collect::<Vec<_>>());
            assert!(cut.places() <= MAX_PLACES && cut.widths()[0] <= shard);
        }
    }
}
