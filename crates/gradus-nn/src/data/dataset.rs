//! A data set in memory.

use super::samples::{Samples, TargetBuffer};
use crate::error::NnError;
use gradus_losses::Target;
use gradus_numeric::{Float, MatrixRef, Order, vectorized};
use std::hint::black_box;
use std::iter::zip;

/// The features of a data set, one contiguous sample after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Features<'a, T> {
    /// Bytes, such as pixels; a byte `b` stands for the number `b · scale`.
    Bytes {
        /// The bytes.
        bytes: &'a [u8],
        /// How many bytes describe a sample.
        features: usize,
        /// What a byte of 1 stands for: 1/255 for pixels in `[0, 1]`.
        scale: T,
    },
    /// Numbers: a features × samples matrix with contiguous columns.
    Numbers(MatrixRef<'a, T>),
}

/// Samples with targets, in memory and checked.
///
/// # Examples
///
/// ```
/// use gradus_nn::{Dataset, Features, Samples};
/// use gradus_nn::losses::Target;
///
/// let features = Features::Bytes { bytes: &[0, 255, 51, 102], features: 2, scale: 1.0 / 255.0 };
/// let data = Dataset::new(features, Target::Labels(&[7, 3]))?;
/// let mut x = [0.0_f64; 2];
/// data.gather(&[1], &mut x);
/// assert_eq!(x, [0.2, 0.4]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dataset<'a, T> {
    features: Features<'a, T>,
    targets: Target<'a, T>,
    samples: usize,
    weights: Option<&'a [T]>,
    ignored: Option<u32>,
}

impl<'a, T: Float> Dataset<'a, T> {
    /// A data set; one target per sample.
    ///
    /// # Errors
    ///
    /// [`NnError::TargetCount`], [`NnError::SampleCount`] or [`NnError::RowOrder`] if the parts do not fit.
    pub fn new(features: Features<'a, T>, targets: Target<'a, T>) -> Result<Self, NnError> {
        let samples = match features {
            Features::Bytes {
                bytes, features, ..
            } => whole_quotient(bytes.len(), features)?,
            Features::Numbers(x) => column_count(&x)?,
        };
        let targets_given = match targets {
            Target::Labels(labels) => labels.len(),
            Target::Values(y) => column_count(&y)?,
        };
        if samples != targets_given {
            return Err(NnError::TargetCount {
                features: samples,
                targets: targets_given,
            });
        }
        if samples == 0 || u32::try_from(samples).is_err() {
            return Err(NnError::SampleCount { samples });
        }
        Ok(Self {
            features,
            targets,
            samples,
            weights: None,
            ignored: None,
        })
    }

    /// The same samples, of which sample `i` counts `weights[i]` times as much as a sample of weight 1.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | a sample of weight 2 is a sample that comes twice | `a_sample_of_weight_two_is_two_samples` |
    /// | a sample of weight 0 is left out | `what_is_ignored_is_left_out` |
    /// | shards and batches change nothing but rounding | `weights_are_those_of_the_whole_batch` |
    ///
    /// # Errors
    ///
    /// [`NnError::WeightCount`] unless there is one weight a sample, [`NnError::SampleWeight`] for one that is
    /// negative or not finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::losses::Target;
    /// use gradus_nn::{Dataset, Features, NnError, Samples};
    ///
    /// let features = Features::Bytes { bytes: &[0, 1, 2], features: 1, scale: 1.0_f64 };
    /// let data = Dataset::new(features, Target::Labels(&[7, 3, 7]))?;
    /// let weighted = data.with_weights(&[1.0, 0.5, 2.0])?;
    /// let mut weights = vec![];
    /// weighted.gather_weights(&[2, 1], &mut weights);
    /// assert_eq!(weights, [2.0, 0.5]);
    /// let refused = data.with_weights(&[1.0, -1.0, 1.0]);
    /// assert_eq!(refused, Err(NnError::SampleWeight { sample: 1, weight: -1.0 }));
    /// # Ok::<(), NnError>(())
    /// ```
    pub fn with_weights(self, weights: &'a [T]) -> Result<Self, NnError> {
        let (samples, got) = (self.samples, weights.len());
        if samples != got {
            let weights = got;
            return Err(NnError::WeightCount { samples, weights });
        }
        check_weights(weights, |j| j)?;
        let weights = Some(weights);
        Ok(Self { weights, ..self })
    }

    /// The same samples, of which those with that label are ignored: PyTorch's `ignore_index`.
    ///
    /// They have weight 0. The label need not be one of the classes.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::losses::Target;
    /// use gradus_nn::{Dataset, Features, Samples};
    ///
    /// let features = Features::Bytes { bytes: &[0, 1, 2], features: 1, scale: 1.0_f64 };
    /// let data = Dataset::new(features, Target::Labels(&[1, 255, 0]))?.ignoring(255);
    /// let mut weights = vec![];
    /// data.gather_weights(&[0, 1, 2], &mut weights);
    /// assert_eq!(weights, [1.0, 0.0, 1.0]);
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    #[doc(alias = "ignore_index")]
    #[must_use]
    pub const fn ignoring(self, label: u32) -> Self {
        Self {
            ignored: Some(label),
            ..self
        }
    }

    /// How much sample `i` counts.
    fn weight(&self, i: u32) -> T {
        let one = T::from_f64(1.0);
        let label = match self.targets {
            Target::Labels(labels) => labels.get(i as usize),
            Target::Values(_) => None,
        };
        if label.is_some() && label == self.ignored.as_ref() {
            return T::from_f64(0.0);
        }
        let given = self.weights.and_then(|weights| weights.get(i as usize));
        given.copied().unwrap_or(one)
    }
}

/// Whether weights are finite and not negative; `sample` tells whose weight the one at a place is.
pub(crate) fn check_weights<T: Float>(
    weights: &[T],
    sample: impl Fn(usize) -> usize,
) -> Result<(), NnError> {
    let valid = |w: &T| w.is_finite() && *w >= T::from_f64(0.0);
    match weights.iter().position(|w| !valid(w)) {
        None => Ok(()),
        Some(at) => Err(NnError::SampleWeight {
            sample: sample(at),
            weight: weights.get(at).map_or(f64::NAN, |w| w.to_f64()),
        }),
    }
}

impl<T: Float> Samples<T> for Dataset<'_, T> {
    fn len(&self) -> usize {
        self.samples
    }

    fn features(&self) -> usize {
        match self.features {
            Features::Bytes { features, .. } => features,
            Features::Numbers(x) => x.rows(),
        }
    }

    fn gather(&self, index: &[u32], x: &mut [T]) {
        match self.features {
            Features::Bytes {
                bytes,
                features,
                scale,
            } => {
                touch(bytes, features, index);
                gather(
                    bytes,
                    features,
                    index,
                    x,
                    #[inline(always)]
                    move |b| T::from_f64(b.into()) * scale,
                );
            }
            Features::Numbers(m) => {
                gather(
                    m.as_slice(),
                    m.rows(),
                    index,
                    x,
                    #[inline(always)]
                    |x| x,
                );
            }
        }
    }

    fn gather_targets(&self, index: &[u32], targets: &mut TargetBuffer<T>) {
        match self.targets {
            Target::Labels(labels) => {
                let label = |&i: &u32| labels.get(i as usize).copied();
                targets.set_labels(index.iter().filter_map(label));
            }
            Target::Values(y) => {
                targets.set_values(y.rows(), index.iter().flat_map(|&i| y.column(i as usize)));
            }
        }
    }

    fn gather_weights(&self, index: &[u32], weights: &mut Vec<T>) {
        if self.weights.is_some() || self.ignored.is_some() {
            weights.extend(index.iter().map(|&i| self.weight(i)));
        }
    }
}

/// Copies the samples at `index`, converted by `number`.
fn gather<S: Copy, T: Float>(
    source: &[S],
    features: usize,
    index: &[u32],
    x: &mut [T],
    number: impl Fn(S) -> T,
) {
    vectorized(
        #[inline(always)]
        || {
            for (x, sample) in zip(
                x.chunks_exact_mut(features.max(1)),
                sample(source, features, index),
            ) {
                for (x, &s) in zip(x, sample) {
                    *x = number(s);
                }
            }
        },
    );
}

/// Loads a byte of every other cache line of the samples at `index`, all independently of each other; the lines between come with them.
///
/// Samples in random order lie in memory that no prefetcher foresees. Taken one by one each would wait for
/// the memory; touched together they wait once (measured: a third of the time).
fn touch(bytes: &[u8], features: usize, index: &[u32]) {
    const PAIR: usize = 128; // the processor fetches two lines together (`benches/peers/compare`: 3 % less of an epoch)
    let mut touched = 0_u32;
    for &i in index {
        let start = i as usize * features;
        // A branch, not a choice between two slices: the processor guesses it and runs on to the next sample.
        let Some(sample) = bytes.get(start..start + features) else {
            continue;
        };
        for &byte in sample.iter().step_by(PAIR) {
            touched += u32::from(byte);
        }
    }
    black_box(touched);
}

/// The samples at `index`.
#[inline(always)]
fn sample<'s, S>(
    source: &'s [S],
    features: usize,
    index: &'s [u32],
) -> impl Iterator<Item = &'s [S]> {
    let at = move |&i: &u32| source.get(i as usize * features..(i as usize + 1) * features);
    index.iter().map(move |i| at(i).unwrap_or(&[]))
}

fn whole_quotient(bytes: usize, features: usize) -> Result<usize, NnError> {
    match bytes.checked_rem(features) {
        Some(0) => Ok(bytes / features),
        _ => Err(NnError::FeatureCount {
            expected: features,
            got: bytes,
        }),
    }
}

fn column_count<T>(m: &MatrixRef<'_, T>) -> Result<usize, NnError> {
    let contiguous = m.order() == Order::Columns || m.columns() <= 1 || m.rows() <= 1;
    if contiguous {
        Ok(m.columns())
    } else {
        Err(NnError::RowOrder { shape: m.shape() })
    }
}
