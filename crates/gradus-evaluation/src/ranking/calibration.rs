//! Whether what is said to happen in 70 of 100 cases does.

use crate::classification::probability;
use crate::error::EvaluationError;
use crate::lengths::check_binary;
use gradus_numeric::{CompensatedSum, Float};
use std::iter::zip;

/// Predicted probabilities of two classes, in bins of equal width, beside what happened.
///
/// In a bin, the mean prediction should be the share of positive samples. A network that has been trained for long is
/// often too sure of itself: its points lie below the diagonal where it says yes.
///
/// ```math
/// \mathrm{ECE} = \sum_b \frac{n_b}{n} \left| \bar{p}_b - \bar{y}_b \right|
/// ```
///
/// the expected calibration error, where bin $`b`$ has $`n_b`$ of the $`n`$ samples, with the mean prediction
/// $`\bar{p}_b`$ and the share $`\bar{y}_b`$ of positive ones. Two batches can be [merged](Self::merge).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | bins count all samples, and their means lie in them | `bins_hold_all_samples` |
/// | one bin has the error of the means | `bins_hold_all_samples` |
/// | two batches merged are the whole | `merged_batches_are_the_whole` |
///
/// # Examples
///
/// ```
/// use gradus_evaluation::Calibration;
///
/// let truth = [0, 1, 1, 1];
/// let calibration = Calibration::new(&truth, &[0.25, 0.25, 0.75, 0.75], 2)?;
/// let bins: Vec<_> = calibration.bins().collect();
/// assert_eq!((bins[0].predicted, bins[0].observed, bins[0].count), (0.25, 0.5, 2));
/// assert_eq!(calibration.expected_error(), 0.25);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// C. Guo et al., *On calibration of modern neural networks*, ICML 2017, section 2, equations (2) to (4).
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    sums: Vec<Sums>,
}

/// A bin of [`Calibration`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The mean of the predicted probabilities.
    pub predicted: f64,
    /// The share of positive samples.
    pub observed: f64,
    /// How many samples there are.
    pub count: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    predicted: CompensatedSum,
    positives: u64,
    count: u64,
}

impl Calibration {
    /// Counts samples in `bins` bins: $`[0, 1/B]`$, $`(1/B, 2/B]`$, …, as scikit-learn's `calibration_curve` does.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`] for labels
    /// other than 0 and 1, [`EvaluationError::NotAProbability`], [`EvaluationError::InvalidBins`] unless there are 1 to
    /// 10⁶ bins.
    pub fn new<T: Float>(
        truth: &[u32],
        probabilities: &[T],
        bins: usize,
    ) -> Result<Self, EvaluationError> {
        check_binary(truth, probabilities.len())?;
        if !(1..=MOST_BINS).contains(&bins) {
            return Err(EvaluationError::InvalidBins { bins });
        }
        let mut sums = vec![Sums::default(); bins];
        for (column, (&y, &p)) in zip(truth, probabilities).enumerate() {
            let p = probability(p, 0, column)?;
            let bin = &mut sums[bin_of(p, bins)];
            bin.predicted.add(p);
            bin.positives += u64::from(y);
            bin.count += 1;
        }
        Ok(Self { sums })
    }

    /// Adds the samples of another batch.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::BinsDiffer`] if it has more or fewer bins; nothing has changed then.
    pub fn merge(&mut self, other: &Self) -> Result<(), EvaluationError> {
        let (left, right) = (self.sums.len(), other.sums.len());
        if left != right {
            return Err(EvaluationError::BinsDiffer { left, right });
        }
        for (bin, more) in zip(&mut self.sums, &other.sums) {
            bin.predicted.add(more.predicted.value());
            bin.positives += more.positives;
            bin.count += more.count;
        }
        Ok(())
    }

    /// The bins that have samples, from low probabilities to high.
    pub fn bins(&self) -> impl Iterator<Item = Bin> {
        let bins = self.sums.iter().filter(|bin| bin.count > 0);
        bins.map(|bin| Bin {
            predicted: bin.predicted.value() / bin.count as f64,
            observed: bin.positives as f64 / bin.count as f64,
            count: bin.count,
        })
    }

    /// The mean distance between prediction and share, over all samples.
    #[must_use]
    #[doc(alias = "ECE")]
    pub fn expected_error(&self) -> f64 {
        let all: u64 = self.sums.iter().map(|bin| bin.count).sum();
        let distance = |bin: Bin| bin.count as f64 * (bin.predicted - bin.observed).abs();
        let sum: CompensatedSum = self.bins().map(distance).collect();
        sum.value() / all as f64
    }
}

/// The bin whose upper edge is the first that is not below `p`.
fn bin_of(p: f64, bins: usize) -> usize {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the number of bins"
    )]
    let near = (p * bins as f64) as usize;
    // Rounding may have passed an edge: look at both neighbors.
    let edge = |b: usize| b as f64 / bins as f64;
    let candidates = near.saturating_sub(1)..bins;
    candidates
        .into_iter()
        .find(|&b| p <= edge(b + 1))
        .unwrap_or(bins - 1)
}

/// More bins than any picture shows.
const MOST_BINS: usize = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_belongs_to_the_bin_below() {
        assert_eq!(
            [0.0, 0.25, 0.5, 0.50001, 1.0].map(|p| bin_of(p, 2)),
            [0, 0, 0, 1, 1]
        );
        assert_eq!([0.1, 0.2, 0.3, 0.7].map(|p| bin_of(p, 10)), [0, 1, 2, 6]);
    }

    #[test]
    fn what_cannot_be_binned_is_refused() {
        for bins in [0, MOST_BINS + 1] {
            let refused = Calibration::new(&[0], &[0.5], bins);
            assert_eq!(refused, Err(EvaluationError::InvalidBins { bins }));
        }
        let mut two = Calibration::new(&[0], &[0.5], 2).unwrap();
        let three = Calibration::new(&[0], &[0.5], 3).unwrap();
        let (left, right) = (2, 3);
        assert_eq!(
            two.merge(&three),
            Err(EvaluationError::BinsDiffer { left, right })
        );
    }
}
