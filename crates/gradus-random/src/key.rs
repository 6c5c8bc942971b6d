//! Keys: four numbers that name one random stream.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// Four numbers that name one random stream.
///
/// ```math
/// (\text{seed}, \text{stream}, \text{round}, \text{index}) \mapsto
/// \operatorname{ChaCha8}\bigl(\text{key} =
/// \text{seed} \,\|\, \text{stream} \,\|\, \text{round} \,\|\, \text{index}\bigr)
/// ```
///
/// where $`\|`$ joins the four numbers, 64 bits each in little-endian order, to the 256-bit key of
/// the `ChaCha` stream cipher (8 rounds, counter and nonce zero).
/// The map is one-to-one, so two different keys never share a stream, however alike they look:
/// seeds 1, 2, 3 are as good as any.
///
/// Every draw belongs to a *place* (this seed, this use, this round, this item), not to a *moment* in one
/// long stream. Nothing has to be carried along to resume a run or to deal work to several threads:
/// the same key gives the same numbers.
///
/// | | meaning | shuffling | dropout | initialization |
/// |---|---|---|---|---|
/// | `seed` | the run, chosen by the user | seed | seed | seed |
/// | `stream` | the use: give each use one of its own | of its own | of its own for each layer | of its own |
/// | `round` | how often the use has come round | epoch | training step | 0 |
/// | `index` | which item of the round | 0 | sample | parameter |
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | equal keys give equal bits | `equal_keys_give_equal_bits` |
/// | different keys give different bits | `different_keys_give_different_bits` |
/// | the bits are those of `ChaCha8` by the book | `words_are_the_chacha8_key_stream` |
///
/// # Examples
///
/// ```
/// use gradus_random::{Key, uniform};
///
/// let key = Key::new(42).stream(1).round(3);
/// assert_eq!(key, Key { seed: 42, stream: 1, round: 3, index: 0 });
/// assert_eq!(uniform(&mut key.rng()), uniform(&mut key.rng()));
/// assert_ne!(uniform(&mut key.rng()), uniform(&mut key.round(4).rng()));
/// ```
///
/// # References
///
/// - Bernstein, *`ChaCha`, a variant of Salsa20*, 2008; RFC 8439 §2.3 (the same block function with
///   20 rounds).
/// - Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC 2011 (keyed,
///   counter-based streams).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The run: the one number a user chooses.
    pub seed: u64,
    /// What the numbers are for: initialization, shuffling, a dropout layer.
    pub stream: u64,
    /// How often this use has come round: the epoch of a shuffle, the training step of a mask.
    pub round: u64,
    /// Which item of the round: the sample of a mask, the parameter of an initialization.
    pub index: u64,
}

impl Key {
    /// The key of a seed; stream, round and index are 0.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            stream: 0,
            round: 0,
            index: 0,
        }
    }

    /// The same key with another stream.
    #[must_use]
    pub const fn stream(self, stream: u64) -> Self {
        Self { stream, ..self }
    }

    /// The same key with another round.
    #[must_use]
    pub const fn round(self, round: u64) -> Self {
        Self { round, ..self }
    }

    /// The same key with another index.
    #[must_use]
    pub const fn index(self, index: u64) -> Self {
        Self { index, ..self }
    }

    /// The generator of this key, at the beginning of its stream.
    #[must_use]
    pub fn rng(self) -> ChaCha8Rng {
        ChaCha8Rng::from_seed(self.bytes())
    }

    /// The four numbers side by side, little end first.
    fn bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let words = [self.seed, self.stream, self.round, self.index];
        for (place, word) in bytes.chunks_exact_mut(8).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_side_by_side_little_end_first() {
        let bytes = Key::new(1).stream(2).round(3).index(0x0405).bytes();
        let mut expected = [0; 32];
        (expected[0], expected[8], expected[16]) = (1, 2, 3);
        (expected[24], expected[25]) = (5, 4);
        assert_eq!(bytes, expected);
    }
}
