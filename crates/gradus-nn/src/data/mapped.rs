//! Samples that are altered when they are gathered.

use super::samples::{Samples, TargetBuffer};
use gradus_numeric::Float;
use std::fmt;
use std::iter::zip;

/// A data set whose samples go through a function each time they are gathered: augmentation, noise, normalization.
///
/// ```math
/// x_i \mapsto f(i, x_i)
/// ```
///
/// The function gets the number of the sample and its features, which it alters in place; targets stay. It is called on
/// any thread, in any order, so what it does must depend on its arguments alone. What is random comes from a key of
/// (seed, epoch, sample): make one `Mapped` an epoch, and a training that is resumed sees the same samples.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | gathering commutes with the function | `mapped_samples_are_the_samples_mapped` |
///
/// # Examples
///
/// ```
/// use gradus_nn::losses::Target;
/// use gradus_nn::{Dataset, Features, Key, Mapped, MatrixRef, Order, Samples, Shape};
/// use gradus_nn::random::normal;
///
/// let x = MatrixRef::new(&[1.0, 2.0, 3.0], Shape::new(1, 3), Order::Columns)?;
/// let data = Dataset::new(Features::Numbers(x), Target::Labels(&[0, 1, 0]))?;
/// for epoch in 1..=2 {
///     let key = Key::new(42).stream(7).round(epoch);
///     let noisy = Mapped::new(&data, |sample, x: &mut [f64]| {
///         x[0] += 0.1 * normal(&mut key.index(sample.into()).rng());
///     });
///     let mut gathered = [0.0; 2];
///     noisy.gather(&[2, 0], &mut gathered); // training.fit(1, &noisy, …)
///     assert!((gathered[0] - 3.0).abs() < 1.0 && gathered[0] != 3.0);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Mapped<'a, T, F> {
    samples: &'a dyn Samples<T>,
    map: F,
}

impl<'a, T: Float, F: Fn(u32, &mut [T]) + Sync> Mapped<'a, T, F> {
    /// The samples through a function of their number and their features.
    pub fn new(samples: &'a dyn Samples<T>, map: F) -> Self {
        Self { samples, map }
    }
}

impl<T, F> fmt::Debug for Mapped<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapped").finish_non_exhaustive()
    }
}

impl<T: Float, F: Fn(u32, &mut [T]) + Sync> Samples<T> for Mapped<'_, T, F> {
    fn len(&self) -> usize {
        self.samples.len()
    }

    fn features(&self) -> usize {
        self.samples.features()
    }

    fn gather(&self, index: &[u32], x: &mut [T]) {
        self.samples.gather(index, x);
        for (&i, x) in zip(index, x.chunks_exact_mut(self.features().max(1))) {
            (self.map)(i, x);
        }
    }

    fn gather_targets(&self, index: &[u32], targets: &mut TargetBuffer<T>) {
        self.samples.gather_targets(index, targets);
    }

    fn gather_weights(&self, index: &[u32], weights: &mut Vec<T>) {
        self.samples.gather_weights(index, weights);
    }
}
