//! A mean over samples that come in batches.

use crate::error::EvaluationError;
use crate::weights::Weights;
use gradus_numeric::{CompensatedSum, compensated_sum, ldexp};

/// What has to be kept of batches so that a mean over all of their samples can be told.
///
/// ```math
/// m = \frac{\sum_k n_k m_k}{\sum_k n_k}
/// ```
///
/// where $`m_k`$ is the mean over the $`n_k`$ samples of batch $`k`$, or, where samples have weights, the weighted mean, and $`n_k`$ the sum of the weights: its log loss, Brier score, hinge or pinball loss, deviance, mean error, its
/// accuracy, also among the best few. The mean of the $`m_k`$ is another number, as soon as one batch is smaller than the others.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of batches, in any order, it is the mean over all samples | `batch_means_are_those_of_all_samples` |
/// | with weights, it is the weighted mean over all samples | `weighted_batch_means_are_those_of_all_samples` |
/// | it lies between the smallest and the largest mean, however large they are | `a_batch_mean_lies_between_its_means` |
///
/// # Numerics
///
/// The sum is compensated, so its error does not grow with the number of batches, and how samples are cut into batches moves the mean by some
/// units in the last place of the largest. There may be up to 2⁶⁴ samples. Means above 10²⁸⁰ are summed in a unit of their own: only an infinite
/// mean makes an infinite one, such as the log loss of a certainty that was wrong.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{BatchMean, brier_score};
///
/// let mut all = BatchMean::default();
/// all.add(brier_score(&[1, 0], &[1.0, 0.0])?, 2)?; // 0
/// all.add(brier_score(&[1], &[0.5])?, 1)?; // ¼
/// assert_eq!((all.count(), all.value()?), (3, 0.25 / 3.0));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BatchMean {
    total: CompensatedSum,
    /// What large means add to the total, in units of 2⁶⁴.
    large: CompensatedSum,
    /// How many samples, or the sum of their weights.
    weight: CompensatedSum,
    count: u64,
    batches: usize,
}

impl BatchMean {
    /// Adds the mean over so many samples.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Empty`] without samples, [`EvaluationError::ScoreNotFinite`] with the number of means before it if it is NaN. Nothing has been added then.
    pub fn add(&mut self, mean: f64, samples: usize) -> Result<(), EvaluationError> {
        if samples == 0 {
            return Err(EvaluationError::Empty);
        }
        self.add_total(mean, samples as f64, samples)
    }

    /// Adds the weighted mean over samples of these weights.
    ///
    /// A batch whose weights are all 0 has no mean, and is left out.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NotAWeight`], [`EvaluationError::NoWeight`], [`EvaluationError::WeightsFarApart`], [`EvaluationError::WeightOutOfRange`] unless the sum of the weights lies between
    /// 2⁻⁶⁴ and 2⁶⁴, [`EvaluationError::ScoreNotFinite`] with the number of means before it if it is NaN. Nothing has been added then.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::{BatchMean, accuracy_weighted};
    ///
    /// let mut all = BatchMean::default();
    /// for (truth, weights) in [([0, 1], [1.0, 2.0]), ([1, 0], [4.0, 1.0])] {
    ///     all.add_weighted(accuracy_weighted(&truth, &[0, 1], &weights)?, &weights)?;
    /// }
    /// assert_eq!((all.count(), all.value()?), (4, 0.375)); // (1 + 2 + 0 + 0) / 8
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    pub fn add_weighted(&mut self, mean: f64, weights: &[f64]) -> Result<(), EvaluationError> {
        let samples = weights.len();
        Weights::each(weights, samples)?;
        let total = compensated_sum(weights);
        if !(ldexp(1.0, -UNIT)..=ldexp(1.0, UNIT)).contains(&total) {
            return Err(EvaluationError::WeightOutOfRange { total });
        }
        self.add_total(mean, total, samples)
    }

    fn add_total(&mut self, mean: f64, weight: f64, samples: usize) -> Result<(), EvaluationError> {
        if mean.is_nan() {
            let (index, value) = (self.batches, mean);
            return Err(EvaluationError::ScoreNotFinite { index, value });
        }
        if mean.abs() > LARGE {
            self.large.add(ldexp(mean, -UNIT) * weight);
        } else {
            self.total.add(mean * weight);
        }
        self.weight.add(weight);
        self.count = self.count.saturating_add(samples as u64);
        self.batches += 1;
        Ok(())
    }

    /// Adds the batches of another mean.
    pub fn merge(&mut self, other: &Self) {
        for (sum, more) in [
            (&mut self.total, other.total),
            (&mut self.large, other.large),
            (&mut self.weight, other.weight),
        ] {
            let [known, lost] = more.parts();
            sum.add(known);
            if lost.is_finite() {
                sum.add(lost);
            }
        }
        self.count = self.count.saturating_add(other.count);
        self.batches += other.batches;
    }

    /// How many samples there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The mean over all samples.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Empty`] if there are none, [`EvaluationError::ScoreNotFinite`] with their number if one mean was ∞ and another −∞.
    pub fn value(&self) -> Result<f64, EvaluationError> {
        if self.count == 0 {
            return Err(EvaluationError::Empty);
        }
        let (total, large, count) = (self.total.value(), self.large.value(), self.weight.value());
        let value = if large == 0.0 {
            total / count
        } else {
            ldexp((ldexp(total, -UNIT) + large) / count, UNIT)
        };
        if value.is_nan() {
            let index = self.batches;
            return Err(EvaluationError::ScoreNotFinite { index, value });
        }
        Ok(value)
    }
}

/// Means up to here, times 2⁶⁴ samples, do not overflow.
const LARGE: f64 = 1e280;
/// The exponent of the unit of larger ones.
const UNIT: i32 = 64;
