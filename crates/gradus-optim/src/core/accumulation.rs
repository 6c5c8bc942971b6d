//! The gradient of a large batch, from small ones that are computed one after the other.

use crate::core::layout::Layout;
use crate::core::settings::positive;
use crate::error::OptimError;
use gradus_numeric::Float;
use gradus_pages::LargePages;
use std::iter::zip;

/// The mean of gradients of micro-batches, weighted by their samples: the gradient of the whole batch.
///
/// ```math
/// \bar g = \frac{\sum_k n_k g_k}{\sum_k n_k}, \qquad
/// \bar g \leftarrow \Bigl(1 - \frac{n_k}{N}\Bigr) \bar g + \frac{n_k}{N} g_k
/// ```
///
/// where $`g_k`$ is the gradient of the mean loss of micro-batch $`k`$, $`n_k`$ its number of samples (or their weight) and
/// $`N`$ the sum of all so far. A batch that does not fit into memory is seen in parts; one gradient is kept. Where all
/// parts are in memory, [`Gradient::sum_of`](crate::Gradient::sum_of) takes them as they are, and `gradus-nn` cuts batches
/// of any size into shards by itself.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the mean over micro-batches is that over the batch, to rounding | `micro_batches_make_the_batch` |
/// | one micro-batch is its gradient, to the bit | `one_micro_batch_is_the_batch` |
/// | saved between two micro-batches and added to a new accumulation, it goes on to the bit | `an_accumulation_resumes_to_the_bit` |
/// | means of finite gradients are finite | `means_of_huge_gradients_are_finite` |
///
/// # Numerics
///
/// The shares add up to 1, so no sum overflows. The error is at most $`3 k \varepsilon \max |g|`$ after $`k`$
/// micro-batches. A gradient that is not finite makes the mean so, and the step is refused, or skipped and counted by
/// [`SkipNonFinite`](crate::SkipNonFinite).
///
/// A program that stops in the middle of a batch saves [`gradient`](Self::gradient), [`loss`](Self::loss) and
/// [`weight`](Self::weight); adding them to a new accumulation restores it.
///
/// # Errors
///
/// [`add`](Self::add) refuses a gradient of another length and a weight that is not positive and finite; the mean is then
/// unchanged.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Accumulation, Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let (optimizer, mut theta) = (sgd(1.0)?, [0.0]);
/// let mut state = optimizer.init(&layout, &theta)?;
/// let mut batch = Accumulation::new(&layout)?;
/// batch.add(&[1.0], 0.5, 30.0)?; // gradient and loss, means of 30 samples
/// batch.add(&[5.0], 2.5, 10.0)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[batch.gradient()]).with_loss(batch.loss()))?;
/// batch.clear();
/// assert_eq!(theta, [-2.0]); // (30 · 1 + 10 · 5) / 40
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[doc(alias = "gradient accumulation")]
#[derive(Clone, Debug, PartialEq)]
pub struct Accumulation<T: Float> {
    mean: LargePages<T>,
    loss: f64,
    weight: f64,
    parts: usize,
}

impl<T: Float> Accumulation<T> {
    /// Memory for one gradient of that layout.
    ///
    /// # Errors
    ///
    /// [`OptimError::NoMemory`].
    pub fn new(layout: &Layout) -> Result<Self, OptimError> {
        let mean = crate::core::chain::zeros(layout.len())?;
        let (loss, weight, parts) = (0.0, 0.0, 0);
        Ok(Self {
            mean,
            loss,
            weight,
            parts,
        })
    }

    /// Takes in one micro-batch: gradient and loss, both means over samples that weigh `weight` together.
    ///
    /// # Errors
    ///
    /// [`OptimError::GradientLength`], [`OptimError::NotPositive`].
    pub fn add(&mut self, gradient: &[T], loss: f64, weight: f64) -> Result<(), OptimError> {
        let (shard, expected, got) = (self.parts, self.mean.len(), gradient.len());
        if expected != got {
            return Err(OptimError::GradientLength {
                shard,
                expected,
                got,
            });
        }
        positive::<f64>("weight", weight)?;
        positive::<f64>("sum of all weights", self.weight + weight)?;
        self.weight += weight;
        self.parts += 1;
        let share = weight / self.weight;
        if self.parts == 1 {
            self.mean.copy_from_slice(gradient); // not 0 · mean + g, which loses the sign of −0
            self.loss = loss;
            return Ok(());
        }
        self.loss = (1.0 - share) * self.loss + share * loss;
        let [rest, share] = [1.0 - share, share].map(T::from_f64);
        for (mean, &g) in zip(&mut *self.mean, gradient) {
            *mean = rest * *mean + share * g;
        }
        Ok(())
    }

    /// The mean gradient of all micro-batches so far; zero before the first.
    #[must_use]
    pub fn gradient(&self) -> &[T] {
        &self.mean
    }

    /// The mean loss of all micro-batches so far; zero before the first.
    #[must_use]
    pub const fn loss(&self) -> f64 {
        self.loss
    }

    /// The weight of all micro-batches so far.
    #[must_use]
    pub const fn weight(&self) -> f64 {
        self.weight
    }

    /// Forgets all micro-batches, for the next batch.
    pub fn clear(&mut self) {
        self.mean.fill(T::default());
        (self.loss, self.weight, self.parts) = (0.0, 0.0, 0);
    }
}
