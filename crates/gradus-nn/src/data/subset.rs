//! Some of the samples of a data set.

use super::samples::{Samples, TargetBuffer};
use crate::error::NnError;
use gradus_numeric::Float;
use std::fmt;

/// Some samples of a data set, by number, in any order and as often as they are named; nothing is copied.
///
/// ```math
/// x'_j = x_{i_j}, \qquad y'_j = y_{i_j}, \qquad w'_j = w_{i_j}
/// ```
///
/// where $`i`$ are the indices: one part of a split, a learning curve's first thousand, or the rare classes several times.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a training on a subset is one on a copy of its samples, to the bit | `a_subset_is_a_copy_of_its_samples` |
///
/// # Examples
///
/// ```
/// use gradus_nn::losses::Target;
/// use gradus_nn::{Dataset, Features, NnError, Samples, Subset};
///
/// let features = Features::Bytes { bytes: &[10, 20, 30], features: 1, scale: 1.0 };
/// let data = Dataset::new(features, Target::Labels(&[0, 1, 0]))?;
/// let some = Subset::new(&data, vec![2, 2, 0])?;
/// let mut x = [0.0_f64; 3];
/// some.gather(&[0, 1, 2], &mut x);
/// assert_eq!(x, [30.0, 30.0, 10.0]);
/// let missing = Subset::new(&data, vec![3]).err();
/// assert_eq!(missing, Some(NnError::NoSuchSample { sample: 3, samples: 3 }));
/// # Ok::<(), NnError>(())
/// ```
pub struct Subset<'a, T> {
    samples: &'a dyn Samples<T>,
    index: Vec<u32>,
}

impl<'a, T: Float> Subset<'a, T> {
    /// The samples with these numbers, counted from 0.
    ///
    /// # Errors
    ///
    /// [`NnError::NoSuchSample`] for the first number that no sample has.
    pub fn new(samples: &'a dyn Samples<T>, index: Vec<u32>) -> Result<Self, NnError> {
        let count = samples.len();
        match index.iter().find(|&&i| i as usize >= count) {
            None => Ok(Self { samples, index }),
            Some(&sample) => Err(NnError::NoSuchSample {
                sample,
                samples: count,
            }),
        }
    }

    /// Calls `gather` with the numbers in the whole data set, a handful at a time.
    ///
    /// They stand on the stack: a step allocates nothing.
    fn each_handful(&self, index: &[u32], mut gather: impl FnMut(usize, &[u32])) {
        let mut numbers = [0; HANDFUL];
        for (k, some) in index.chunks(HANDFUL).enumerate() {
            for (number, &j) in numbers.iter_mut().zip(some) {
                *number = self.index.get(j as usize).copied().unwrap_or(0);
            }
            gather(k * HANDFUL, &numbers[..some.len()]);
        }
    }
}

impl<T: Float> Samples<T> for Subset<'_, T> {
    fn len(&self) -> usize {
        self.index.len()
    }

    fn features(&self) -> usize {
        self.samples.features()
    }

    fn gather(&self, index: &[u32], x: &mut [T]) {
        let features = self.features();
        self.each_handful(index, |first, numbers| {
            let window = first * features..(first + numbers.len()) * features;
            if let Some(x) = x.get_mut(window) {
                self.samples.gather(numbers, x);
            }
        });
    }

    fn gather_targets(&self, index: &[u32], targets: &mut TargetBuffer<T>) {
        // Targets are written as a whole, so their numbers are, too: memory that the buffer keeps.
        let mut numbers = targets.take_numbers();
        numbers.clear();
        let number = |&j: &u32| self.index.get(j as usize).copied().unwrap_or(0);
        numbers.extend(index.iter().map(number));
        self.samples.gather_targets(&numbers, targets);
        targets.keep_numbers(numbers);
    }

    fn gather_weights(&self, index: &[u32], weights: &mut Vec<T>) {
        self.each_handful(index, |_, numbers| {
            self.samples.gather_weights(numbers, weights);
        });
    }
}

impl<T: Float> fmt::Debug for Subset<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut subset = f.debug_struct("Subset");
        subset.field("samples", &self.index.len());
        subset.field("of", &self.samples.len());
        subset.finish()
    }
}

/// So many numbers are translated at once.
const HANDFUL: usize = 64;
