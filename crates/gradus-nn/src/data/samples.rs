//! What a network learns from: samples that can be gathered by index.

use gradus_losses::Target;
use gradus_numeric::{Float, MatrixRef, Order, Shape};
use std::mem::take;

/// A data set of a training: numbered samples with their targets.
///
/// The trainer asks for a handful of samples at a time, in the order of a permutation. Both methods write
/// into memory that is reused from step to step. They are called on any thread, for parts of a batch.
///
/// # Examples
///
/// Samples that are computed and not stored, $`y = x^2`$ on a grid:
///
/// ```
/// use gradus_nn::losses::Target;
/// use gradus_nn::{Samples, TargetBuffer};
///
/// struct Parabola;
/// impl Parabola {
///     fn x(i: u32) -> f64 {
///         f64::from(i) / 8.0
///     }
/// }
/// impl Samples<f64> for Parabola {
///     fn len(&self) -> usize {
///         9
///     }
///     fn features(&self) -> usize {
///         1
///     }
///     fn gather(&self, index: &[u32], x: &mut [f64]) {
///         for (x, &i) in x.iter_mut().zip(index) {
///             *x = Self::x(i);
///         }
///     }
///     fn gather_targets(&self, index: &[u32], targets: &mut TargetBuffer<f64>) {
///         targets.set_values(1, index.iter().map(|&i| Self::x(i) * Self::x(i)));
///     }
/// }
///
/// let (mut x, mut y) = ([0.0; 2], TargetBuffer::default());
/// Parabola.gather(&[8, 4], &mut x);
/// Parabola.gather_targets(&[8, 4], &mut y);
/// assert_eq!(x, [1.0, 0.5]);
/// assert!(matches!(y.as_target(), Target::Values(y) if y.as_slice() == [1.0, 0.25]));
/// ```
pub trait Samples<T: Float>: Sync {
    /// How many samples there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many numbers describe a sample.
    fn features(&self) -> usize;

    /// Writes the samples at `index`, one after the other, each `features` numbers.
    ///
    /// Every index is less than `len()` and `x` holds `features · index.len()` numbers.
    fn gather(&self, index: &[u32], x: &mut [T]);

    /// Writes the targets of the samples at `index`.
    fn gather_targets(&self, index: &[u32], targets: &mut TargetBuffer<T>);

    /// Appends the weights of the samples at `index` to `weights`, which is empty; nothing if every sample counts 1.
    ///
    /// Weights are finite and not negative. A batch learns from its weighted mean
    /// $`\sum_i w_i \ell_i / \sum_i w_i`$; a sample of weight 0 is ignored, whatever its target is.
    fn gather_weights(&self, _index: &[u32], _weights: &mut Vec<T>) {}
}

/// Memory for the targets of a shard.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetBuffer<T> {
    labels: Vec<u32>,
    values: Vec<T>,
    rows: Option<usize>,
    /// Memory for the numbers of samples, where a subset translates them.
    numbers: Vec<u32>,
}

impl<T: Float> Default for TargetBuffer<T> {
    fn default() -> Self {
        Self {
            labels: Vec::new(),
            values: Vec::new(),
            rows: None,
            numbers: Vec::new(),
        }
    }
}

impl<T: Float> TargetBuffer<T> {
    /// Replaces the contents by labels.
    pub fn set_labels(&mut self, labels: impl Iterator<Item = u32>) {
        self.rows = None;
        self.labels.clear();
        self.labels.extend(labels);
    }

    /// Replaces the contents by samples of `rows` numbers each.
    pub fn set_values(&mut self, rows: usize, values: impl Iterator<Item = T>) {
        self.rows = Some(rows);
        self.values.clear();
        self.values.extend(values);
    }

    pub(super) fn take_numbers(&mut self) -> Vec<u32> {
        take(&mut self.numbers)
    }

    pub(super) fn keep_numbers(&mut self, numbers: Vec<u32>) {
        self.numbers = numbers;
    }

    /// The contents as a loss takes them.
    #[must_use]
    pub fn as_target(&self) -> Target<'_, T> {
        let Some(rows) = self.rows else {
            return Target::Labels(&self.labels);
        };
        let columns = self.values.len().checked_div(rows).unwrap_or(0);
        let whole = &self.values[..rows * columns]; // rows · ⌊n / rows⌋ ≤ n
        MatrixRef::new(whole, Shape::new(rows, columns), Order::Columns)
            .map_or(Target::Labels(&[]), Target::Values)
    }
}
