//! What is watched beside the loss.

use gradus_losses::{Target, Weights};
use gradus_numeric::MatrixRef;
use std::fmt;

/// A metric: a number per sample, summed over a batch, of logits and targets.
///
/// The trainer divides by the number of samples; accuracy is the metric that counts hits. It is called shard by
/// shard, on any thread.
///
/// # Examples
///
/// How often a single number lies within a half of its target:
///
/// ```
/// use gradus_nn::losses::Target;
/// use gradus_nn::{MatrixRef, Metric};
///
/// let close = Metric::new("close", |z: MatrixRef<'_, f64>, target| match target {
///     Target::Values(y) => z.row(0).zip(y.row(0)).filter(|(z, y)| (z - y).abs() < 0.5).count() as f64,
///     Target::Labels(_) => f64::NAN,
/// });
/// assert_eq!(close.name(), "close");
/// ```
pub struct Metric<T> {
    name: &'static str,
    sum: Box<SumOverSamples<T>>,
    weighted: bool,
}

/// Logits (outputs × samples), targets and weights to the sum over the samples.
type SumOverSamples<T> =
    dyn Fn(MatrixRef<'_, T>, Target<'_, T>, Weights<'_, T>) -> f64 + Send + Sync;

impl<T> Metric<T> {
    /// A metric by name and by its sum over the samples of a batch.
    pub fn new(
        name: &'static str,
        sum: impl Fn(MatrixRef<'_, T>, Target<'_, T>) -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            sum: Box::new(move |z, target, _| sum(z, target)),
            weighted: false,
        }
    }

    /// A metric by its weighted sum over the samples of a batch; the trainer divides by the sum of their weights.
    ///
    /// A sample of weight 0 is ignored, and its label need not be one: the sum must leave it out.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::losses::{Target, Weights};
    /// use gradus_nn::{MatrixRef, Metric};
    ///
    /// let positive = Metric::weighted("positive", |z: MatrixRef<'_, f64>, _: Target<'_, f64>, weights| {
    ///     let weight = |j: usize| match weights {
    ///         Weights::Equal => 1.0,
    ///         Weights::PerSample(w) => w[j],
    ///     };
    ///     z.row(0).enumerate().filter(|(_, z)| *z > 0.0).map(|(j, _)| weight(j)).sum()
    /// });
    /// assert_eq!(positive.name(), "positive");
    /// ```
    pub fn weighted(
        name: &'static str,
        sum: impl Fn(MatrixRef<'_, T>, Target<'_, T>, Weights<'_, T>) -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            sum: Box::new(sum),
            weighted: true,
        }
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(super) const fn is_weighted(&self) -> bool {
        self.weighted
    }

    pub(super) fn sum(
        &self,
        logits: MatrixRef<'_, T>,
        target: Target<'_, T>,
        weights: Weights<'_, T>,
    ) -> f64 {
        (self.sum)(logits, target, weights)
    }
}

impl<T> fmt::Debug for Metric<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metric")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
