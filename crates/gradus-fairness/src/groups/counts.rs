//! Truth and decision, counted for every group.

use crate::error::FairnessError;
use crate::groups::by_group::ByGroup;
use crate::groups::members::{Members, check_binary};
use crate::rate::Rate;
use gradus_evaluation::ConfusionMatrix;
use std::iter::zip;

/// Truth and decision, 0 or 1, counted for every group: one confusion matrix each.
///
/// Every [`Rate`] of a group is a share of these counts, and a criterion of fairness asks that a rate, or two, be equal
/// in all groups. The difference and the ratio tell how far from that a decision is.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | constant decisions select all groups alike, and one group is equal to itself | `constant_predictions_and_one_group_have_difference_zero` |
/// | renaming groups changes nothing | `renaming_groups_changes_nothing` |
/// | difference 0 if and only if ratio 1, both in [0, 1] | `difference_zero_is_ratio_one`, `differences_and_ratios_lie_between_zero_and_one` |
/// | equal precision and recall, other base rates, not perfect: other false positive rates | `equal_precision_and_recall_forbid_equal_false_alarms` |
///
/// # Numerics
///
/// Counts are integers and a rate is one division of two of them, so equal rates are equal bits. What is 0 / 0 is an
/// error that names rate and group: a group without positive samples has no true positive rate, and to take it for 0
/// would invent a difference, or hide one.
///
/// # Examples
///
/// ```
/// use gradus_fairness::{Both, Groups, Rate};
///
/// let truth = [1, 1, 0, 0, 1, 1, 0, 0];
/// let taken = [1, 1, 1, 0, 1, 0, 0, 0];
/// let groups = Groups::new(&truth, &taken, &[0, 0, 0, 0, 1, 1, 1, 1], 2)?;
/// assert_eq!(groups.rate(Rate::Selection, 0)?, 0.75);
/// assert_eq!(groups.difference(Rate::Selection)?, 0.5); // demographic parity: 3/4 against 1/4
/// assert_eq!(groups.ratio(Rate::TruePositive)?, 0.5); // equal opportunity: 1 against 1/2
/// assert_eq!(groups.odds_difference(Both::Worst)?, 0.5); // equalized odds: 1/2 and 1/2
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// M. Hardt, E. Price and N. Srebro, *Equality of opportunity in supervised learning*, `NeurIPS` 2016; A. Chouldechova,
/// *Fair prediction with disparate impact*, Big Data 5 (2017), 153–163.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    matrices: Vec<ConfusionMatrix>,
}

/// How the two rates of equalized odds become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Both {
    /// The worse of the two.
    Worst,
    /// Their mean.
    Mean,
}

impl Groups {
    /// Counts the samples of `groups` groups.
    ///
    /// # Errors
    ///
    /// [`FairnessError::LengthMismatch`], [`FairnessError::Evaluation`] for labels other than 0 and 1 and where truth and
    /// decision differ in length, [`FairnessError::GroupOutOfRange`] for a sample without a group,
    /// [`FairnessError::EmptyGroup`] for a group without a sample.
    pub fn new(
        truth: &[u32],
        predicted: &[u32],
        group: &[u32],
        groups: usize,
    ) -> Result<Self, FairnessError> {
        ConfusionMatrix::new(truth, predicted, 2)?; // labels and lengths, by their place in the whole
        check_binary(truth, predicted.len(), group)?;
        let members = Members::new(group, groups)?;
        let parts = zip(members.each(truth), members.each(predicted));
        let matrices = parts.map(|(truth, predicted)| ConfusionMatrix::new(&truth, &predicted, 2));
        Ok(Self {
            matrices: matrices.collect::<Result<_, _>>()?,
        })
    }

    /// How many groups there are.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.matrices.len()
    }

    /// The confusion matrix of a group.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoSuchGroup`].
    pub fn matrix(&self, group: usize) -> Result<&ConfusionMatrix, FairnessError> {
        let groups = self.matrices.len();
        let none = FairnessError::NoSuchGroup { group, groups };
        self.matrices.get(group).ok_or(none)
    }

    /// A rate as it was counted: so many of so many.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoSuchGroup`].
    pub fn counts(&self, rate: Rate, group: usize) -> Result<(u64, u64), FairnessError> {
        let m = self.matrix(group)?;
        Ok(match rate {
            Rate::Selection => (m.predictions(1), m.total()),
            Rate::TruePositive => (m.count(1, 1), m.support(1)),
            Rate::FalseNegative => (m.count(1, 0), m.support(1)),
            Rate::FalsePositive => (m.count(0, 1), m.support(0)),
            Rate::Precision => (m.count(1, 1), m.predictions(1)),
            Rate::Accuracy => (m.count(0, 0) + m.count(1, 1), m.total()),
            Rate::Base => (m.support(1), m.total()),
        })
    }

    /// A rate of a group.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoRate`] for 0 / 0, [`FairnessError::NoSuchGroup`].
    pub fn rate(&self, rate: Rate, group: usize) -> Result<f64, FairnessError> {
        match self.counts(rate, group)? {
            (_, 0) => Err(FairnessError::NoRate { rate, group }),
            (some, all) => Ok(some as f64 / all as f64),
        }
    }

    /// A rate of every group.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoRate`] for 0 / 0 in one of them.
    pub fn rates(&self, rate: Rate) -> Result<ByGroup, FairnessError> {
        let rates = (0..self.groups()).map(|group| self.rate(rate, group));
        ByGroup::new(rates.collect::<Result<_, _>>()?)
    }

    /// How far apart the groups are: the largest rate less the smallest.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoRate`] for 0 / 0 in one of them.
    pub fn difference(&self, rate: Rate) -> Result<f64, FairnessError> {
        Ok(self.rates(rate)?.difference())
    }

    /// The smallest rate over the largest.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoRate`] for 0 / 0 in a group, [`FairnessError::NoRatio`] if the rate is 0 in all of them.
    pub fn ratio(&self, rate: Rate) -> Result<f64, FairnessError> {
        let ratio = self.rates(rate)?.ratio();
        ratio.map_err(|_| FairnessError::NoRatio { rate }) // no rate is negative
    }

    /// Equalized odds: the differences of true and false positive rates, the worse of them or their mean.
    ///
    /// # Errors
    ///
    /// As [`difference`](Self::difference).
    #[doc(alias = "equalized odds")]
    pub fn odds_difference(&self, both: Both) -> Result<f64, FairnessError> {
        let [t, f] = [Rate::TruePositive, Rate::FalsePositive].map(|rate| self.difference(rate));
        Ok(both.of(t?, f?, f64::max))
    }

    /// Equalized odds: the ratios of true and false positive rates, the worse of them or their mean.
    ///
    /// # Errors
    ///
    /// As [`ratio`](Self::ratio).
    pub fn odds_ratio(&self, both: Both) -> Result<f64, FairnessError> {
        let [t, f] = [Rate::TruePositive, Rate::FalsePositive].map(|rate| self.ratio(rate));
        Ok(both.of(t?, f?, f64::min))
    }
}

impl Both {
    fn of(self, t: f64, f: f64, worst: impl Fn(f64, f64) -> f64) -> f64 {
        match self {
            Self::Worst => worst(t, f),
            Self::Mean => f64::midpoint(t, f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3 of 8 positive, 4 selected, 2 of them rightly; 2 of 6, 2, 1.
    fn two() -> Groups {
        let truth = [1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0];
        let taken = [1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        let group = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
        Groups::new(&truth, &taken, &group, 2).unwrap()
    }

    #[test]
    fn rates_by_hand() {
        let groups = two();
        let rates = |rate| groups.rates(rate).unwrap().values().to_vec();
        assert_eq!(rates(Rate::Selection), [0.5, 1.0 / 3.0]);
        assert_eq!(rates(Rate::TruePositive), [2.0 / 3.0, 0.5]);
        assert_eq!(rates(Rate::FalseNegative), [1.0 / 3.0, 0.5]);
        assert_eq!(rates(Rate::FalsePositive), [0.4, 0.25]);
        assert_eq!(rates(Rate::Precision), [0.5, 0.5]);
        assert_eq!(rates(Rate::Accuracy), [5.0 / 8.0, 4.0 / 6.0]);
        assert_eq!(rates(Rate::Base), [3.0 / 8.0, 2.0 / 6.0]);
        assert_eq!(groups.difference(Rate::Precision), Ok(0.0));
        assert_eq!(groups.odds_ratio(Both::Worst), Ok(0.625)); // of 3/4 and 5/8
        assert_eq!(groups.odds_ratio(Both::Mean), Ok(0.6875));
    }

    #[test]
    fn rates_that_do_not_exist_are_named() {
        let groups = Groups::new(&[1, 0, 0], &[0, 0, 0], &[0, 0, 1], 2).unwrap();
        let error = groups.difference(Rate::TruePositive).unwrap_err();
        let (rate, group) = (Rate::TruePositive, 1);
        assert_eq!(error, FairnessError::NoRate { rate, group });
        let message = "the true positive rate of group 1 is 0 / 0: it has no positive sample";
        assert_eq!(error.to_string(), message);
        let error = groups.ratio(Rate::Selection).unwrap_err();
        let message = "the ratio of the selection rates is 0 / 0: they are 0 in every group";
        assert_eq!(error.to_string(), message);
        assert!(groups.rate(Rate::Precision, 0).is_err() && groups.rate(Rate::Base, 2).is_err());
    }

    #[test]
    fn labels_and_groups_are_checked() {
        assert!(Groups::new(&[0, 2], &[0, 0], &[0, 0], 1).is_err());
        assert!(Groups::new(&[0, 1], &[0, 2], &[0, 0], 1).is_err());
        let (samples, groups) = (2, 1);
        let short = Err(FairnessError::LengthMismatch { samples, groups });
        assert_eq!(Groups::new(&[0, 1], &[0, 1], &[0], 1), short);
        let (group, groups) = (1, 2);
        let empty = Err(FairnessError::EmptyGroup { group, groups });
        assert_eq!(Groups::new(&[0, 1], &[0, 1], &[0, 0], 2), empty);
    }
}
