//! How well scores put the samples of one class above those of the other.

use crate::error::EvaluationError;
use crate::lengths::check_binary;
use gradus_numeric::{CompensatedSum, Float};
use std::cmp::Ordering;
use std::iter::zip;

/// The scores of samples of two classes, sorted, with equal ones counted together: what every threshold between them
/// would decide.
///
/// A sample is called positive if its score is at least the threshold. From the highest threshold to the lowest, true
/// positives $`\mathrm{TP}`$ and false positives $`\mathrm{FP}`$ rise from 0 to the numbers $`P`$ and $`N`$ of positive
/// and negative samples:
///
/// | curve | across | up | area |
/// |---|---|---|---|
/// | [`roc`](Self::roc) | $`\mathrm{FP} / N`$ | $`\mathrm{TP} / P`$ (recall) | [`auc`](Self::auc): the probability that a positive sample scores above a negative one |
/// | [`precision_recall`](Self::precision_recall) | $`\mathrm{TP} / P`$ (recall) | $`\mathrm{TP} / (\mathrm{TP} + \mathrm{FP})`$ (precision) | [`average_precision`](Self::average_precision) |
///
/// The first does not depend on how frequent the classes are; the second does, and shows what it costs to find the rare
/// ones. Two batches can be [merged](Self::merge).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the area is the share of pairs in the right order, ties counting half | `auc_counts_the_pairs_in_order` |
/// | a rising function of the scores changes nothing, a falling one mirrors | `auc_depends_on_the_order_alone` |
/// | it is the area below the curve | `auc_is_the_area_below_the_curve` |
/// | two batches merged are the whole | `merged_batches_are_the_whole` |
///
/// # Examples
///
/// ```
/// use gradus_evaluation::BinaryScores;
///
/// let scores = BinaryScores::new(&[0, 0, 1, 1], &[0.1, 0.4, 0.35, 0.8])?;
/// assert_eq!(scores.auc()?, 0.75); // of four pairs, only 0.35 and 0.4 are in the wrong order
/// assert_eq!(scores.roc()?, [(0.0, 0.0), (0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (1.0, 1.0)]);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// T. Fawcett, *An introduction to ROC analysis*, Pattern Recognition Letters 27 (2006), 861–874. J. Davis and
/// M. Goadrich, *The relationship between precision–recall and ROC curves*, ICML 2006, 233–240.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BinaryScores {
    /// Different scores, from high to low, and how many samples of each class have them.
    groups: Vec<Group>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    score: f64,
    negatives: u64,
    positives: u64,
}

impl BinaryScores {
    /// Sorts scores; the larger, the more positive. `truth` is 1 for positive samples and 0 for the others.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`] for labels
    /// other than 0 and 1, [`EvaluationError::NotANumber`].
    pub fn new<T: Float>(truth: &[u32], scores: &[T]) -> Result<Self, EvaluationError> {
        check_binary(truth, scores.len())?;
        if let Some(column) = scores.iter().position(|score| score.to_f64().is_nan()) {
            let row = 0;
            return Err(EvaluationError::NotANumber { row, column });
        }
        let group = |(&label, score): (&u32, &T)| Group {
            score: score.to_f64() + 0.0, // one zero
            negatives: u64::from(label == 0),
            positives: u64::from(label == 1),
        };
        Ok(Self {
            groups: grouped(zip(truth, scores).map(group).collect()),
        })
    }

    /// Adds the samples of another batch.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::BinaryScores;
    ///
    /// let mut scores = BinaryScores::new(&[0], &[0.1])?;
    /// scores.merge(&BinaryScores::new(&[1], &[0.7])?);
    /// assert_eq!(scores, BinaryScores::new(&[0, 1], &[0.1, 0.7])?);
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    pub fn merge(&mut self, other: &Self) {
        self.groups = grouped([&self.groups[..], &other.groups].concat());
    }

    /// Points (false positive rate, true positive rate), from (0, 0) to (1, 1).
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverTrue`] if one of the classes has no sample.
    pub fn roc(&self) -> Result<Vec<(f64, f64)>, EvaluationError> {
        let [negatives, positives] = self.both_classes()?;
        let rates = |[fp, tp]: [u64; 2]| (fp as f64 / negatives, tp as f64 / positives);
        Ok(std::iter::once([0, 0])
            .chain(self.totals())
            .map(rates)
            .collect())
    }

    /// Area below the curve of [`roc`](Self::roc): the probability that a positive sample scores above a negative one,
    /// ties counting half.
    ///
    /// ```math
    /// \frac{1}{P N} \sum_{i: y_i = 1} \sum_{j: y_j = 0} \bigl( [s_i > s_j] + \tfrac12 [s_i = s_j] \bigr)
    /// ```
    ///
    /// # Numerics
    ///
    /// Pairs are counted exactly; one division rounds.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverTrue`] if one of the classes has no sample.
    #[doc(alias = "Mann-Whitney")]
    pub fn auc(&self) -> Result<f64, EvaluationError> {
        let [negatives, positives] = self.both_classes()?;
        let mut above = 0_u128; // positive samples with a higher score
        let mut half_pairs = 0_u128;
        for group in &self.groups {
            half_pairs += u128::from(group.negatives) * (2 * above + u128::from(group.positives));
            above += u128::from(group.positives);
        }
        Ok(half_pairs as f64 / 2.0 / (negatives * positives))
    }

    /// Points (recall, precision), from the highest threshold to the lowest.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverTrue`] if no sample is positive.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::BinaryScores;
    ///
    /// let scores = BinaryScores::new(&[1, 0, 1], &[0.9, 0.8, 0.1])?;
    /// assert_eq!(scores.precision_recall()?, [(0.5, 1.0), (0.5, 0.5), (1.0, 2.0 / 3.0)]);
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    pub fn precision_recall(&self) -> Result<Vec<(f64, f64)>, EvaluationError> {
        let positives = self.positives()?;
        let point = |[fp, tp]: [u64; 2]| (tp as f64 / positives, tp as f64 / (tp + fp) as f64);
        Ok(self.totals().map(point).collect())
    }

    /// The mean precision over the positive samples, each at the threshold that finds it.
    ///
    /// ```math
    /// \sum_k (R_k - R_{k-1}) P_k
    /// ```
    ///
    /// with the recalls $`R_k`$ and precisions $`P_k`$ of [`precision_recall`](Self::precision_recall). (The trapezoidal
    /// rule would be too kind: precision does not fall linearly between two thresholds.)
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverTrue`] if no sample is positive.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::BinaryScores;
    ///
    /// let scores = BinaryScores::new(&[1, 0, 1], &[0.9, 0.8, 0.1])?;
    /// assert_eq!(scores.average_precision()?, (1.0 + 2.0 / 3.0) / 2.0);
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    pub fn average_precision(&self) -> Result<f64, EvaluationError> {
        let positives = self.positives()?;
        let found = self.groups.iter().map(|group| group.positives as f64);
        let terms = found
            .zip(self.totals())
            .map(|(found, [fp, tp])| found * tp as f64 / (tp + fp) as f64);
        let sum: CompensatedSum = terms.collect();
        Ok(sum.value() / positives)
    }

    /// The scores, from high to low: the thresholds of the curves.
    #[must_use]
    pub fn thresholds(&self) -> Vec<f64> {
        self.groups.iter().map(|group| group.score).collect()
    }

    /// False and true positives at one threshold after the other.
    fn totals(&self) -> impl Iterator<Item = [u64; 2]> {
        self.groups.iter().scan([0, 0], |[fp, tp], group| {
            *fp += group.negatives;
            *tp += group.positives;
            Some([*fp, *tp])
        })
    }

    fn positives(&self) -> Result<f64, EvaluationError> {
        match self.groups.iter().map(|group| group.positives).sum::<u64>() {
            0 => Err(EvaluationError::NeverTrue { class: 1 }),
            positives => Ok(positives as f64),
        }
    }

    fn both_classes(&self) -> Result<[f64; 2], EvaluationError> {
        let positives = self.positives()?;
        match self.groups.iter().map(|group| group.negatives).sum::<u64>() {
            0 => Err(EvaluationError::NeverTrue { class: 0 }),
            negatives => Ok([negatives as f64, positives]),
        }
    }
}

/// Groups from high scores to low, one for each score.
fn grouped(mut groups: Vec<Group>) -> Vec<Group> {
    let falling = |a: &Group, b: &Group| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal);
    groups.sort_by(falling); // no score is NaN
    let together = groups.chunk_by(|a, b| a.score == b.score);
    let sum = |same: &[Group]| Group {
        score: same[0].score, // a chunk is not empty
        negatives: same.iter().map(|group| group.negatives).sum(),
        positives: same.iter().map(|group| group.positives).sum(),
    };
    together.map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half() {
        let scores = BinaryScores::new(&[0, 1, 1], &[0.5_f32, 0.5, 0.5]).unwrap();
        assert_eq!(scores.auc(), Ok(0.5));
        assert_eq!(scores.roc(), Ok(vec![(0.0, 0.0), (1.0, 1.0)]));
        assert_eq!(scores.average_precision(), Ok(2.0 / 3.0));
        let zeros = BinaryScores::new(&[0, 1], &[0.0, -0.0]).unwrap();
        assert_eq!((zeros.auc(), zeros.thresholds()), (Ok(0.5), vec![0.0]));
        let infinite = BinaryScores::new(&[0, 1], &[f64::NEG_INFINITY, f64::INFINITY]).unwrap();
        assert_eq!(infinite.auc(), Ok(1.0));
    }

    #[test]
    fn one_class_alone_has_no_order() {
        let alone = |label| BinaryScores::new(&[label], &[0.5]).unwrap();
        assert_eq!(alone(1).auc(), Err(EvaluationError::NeverTrue { class: 0 }));
        assert_eq!(alone(0).auc(), Err(EvaluationError::NeverTrue { class: 1 }));
        assert_eq!(alone(1).average_precision(), Ok(1.0));
        let (row, column) = (0, 1);
        let nan = BinaryScores::new(&[0, 1], &[0.5, f64::NAN]);
        assert_eq!(nan, Err(EvaluationError::NotANumber { row, column }));
        assert!(BinaryScores::new(&[2], &[0.5]).is_err());
    }
}
