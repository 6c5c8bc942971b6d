//! Batches: the samples of an epoch in random order, a few at a time.

use crate::error::DataError;
use gradus_random::{Key, permute};

/// What happens to the last batch of an epoch if the samples do not fill it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastBatch {
    /// It is kept, shorter than the others.
    Keep,
    /// It is dropped: its samples wait for the next epoch, which has another order.
    Drop,
}

/// The samples of an epoch in random order, cut into batches.
///
/// ```math
/// B_k = \{\pi(k s), \dots, \pi(k s + s - 1)\}, \qquad \pi \text{ a random permutation of }
/// 0, \dots, n - 1
/// ```
///
/// where `n` is the number of samples and `s` the size of a batch. The permutation belongs to a
/// [`Key`] (seed, stream, round), so epoch 7 of a resumed run has the order of epoch 7 of the run
/// that was not interrupted.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | an epoch visits every index once | `an_epoch_visits_every_index_once` |
/// | dropping leaves only whole batches, keeping at most one short one | `batches_have_the_promised_sizes` |
/// | same key, same order, whatever came before | `the_same_key_gives_the_same_batches` |
/// | another epoch, another order | `epochs_differ` |
///
/// # Examples
///
/// ```
/// use gradus_data::{Batches, LastBatch};
/// use gradus_data::Key;
///
/// let mut batches = Batches::new(10, 4, LastBatch::Keep)?;
/// assert_eq!(batches.len(), 3);
///
/// let key = Key::new(42);
/// let sizes: Vec<usize> = batches.epoch(key.round(0)).map(<[u32]>::len).collect();
/// assert_eq!(sizes, [4, 4, 2]);
///
/// let mut seen = batches.epoch(key.round(1)).flatten().copied().collect::<Vec<u32>>();
/// seen.sort_unstable();
/// assert_eq!(seen, (0..10).collect::<Vec<u32>>());
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// Goodfellow, Bengio, Courville, *Deep Learning*, 2016, §8.1.3 (minibatches, and why they are
/// shuffled).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batches {
    order: Vec<u32>,
    size: usize,
    used: usize,
}

impl Batches {
    /// Batches of `size` from `samples` samples.
    ///
    /// # Errors
    ///
    /// [`DataError::Empty`] without samples, [`DataError::EmptyBatch`] for a size of 0,
    /// [`DataError::NoFullBatch`] if every batch would be dropped.
    pub fn new(samples: u32, size: u32, last: LastBatch) -> Result<Self, DataError> {
        if samples == 0 {
            return Err(DataError::Empty);
        }
        if size == 0 {
            return Err(DataError::EmptyBatch);
        }
        let used = match last {
            LastBatch::Keep => samples,
            LastBatch::Drop => samples - samples % size,
        };
        if used == 0 {
            return Err(DataError::NoFullBatch { samples, size });
        }
        Ok(Self {
            order: (0..samples).collect(),
            size: size as usize,
            used: used as usize,
        })
    }

    /// How many batches an epoch has; at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always a batch")]
    pub const fn len(&self) -> usize {
        self.used.div_ceil(self.size)
    }

    /// The batches of one epoch, as indices of samples; nothing is allocated.
    pub fn epoch(&mut self, key: Key) -> impl ExactSizeIterator<Item = &[u32]> {
        // Cannot fail: a u32 has counted the samples.
        let _ = permute(&mut self.order, &mut key.rng());
        self.order[..self.used].chunks(self.size) // used ≤ samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_batch_is_refused() {
        assert_eq!(Batches::new(0, 1, LastBatch::Keep), Err(DataError::Empty));
        assert_eq!(
            Batches::new(1, 0, LastBatch::Keep),
            Err(DataError::EmptyBatch)
        );
        let error = DataError::NoFullBatch {
            samples: 3,
            size: 4,
        };
        assert_eq!(Batches::new(3, 4, LastBatch::Drop), Err(error));
    }

    #[test]
    fn a_batch_may_be_larger_than_the_data() {
        let mut batches = Batches::new(3, u32::MAX, LastBatch::Keep).unwrap();
        assert_eq!(batches.len(), 1);
        assert_eq!(
            batches
                .epoch(Key::new(0))
                .map(<[u32]>::len)
                .collect::<Vec<_>>(),
            [3]
        );
    }
}
