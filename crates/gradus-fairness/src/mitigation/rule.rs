//! A random threshold for each group.

use crate::error::FairnessError;
use crate::scores::check_finite;
use gradus_random::{Key, uniform};
use std::iter::zip;

/// One of the thresholds of a group, and how often it is the one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// Scores from here on are selected; $`\infty`$ selects none, $`-\infty`$ all.
    pub at: f64,
    /// With what probability this is the threshold.
    pub probability: f64,
}

/// A random threshold for each group: what [`equalize`](crate::equalize) finds.
///
/// ```math
/// \Pr(\hat y = 1 \mid s, a) = \sum_{k :\, t_k \le s} p_k
/// ```
///
/// where $`t_k`$ are the thresholds of group $`a`$ with their probabilities $`p_k`$. The probability never falls with the score. Most groups need a
/// single threshold, or two between which a coin decides: rates of few samples jump, and only chance lies between.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a higher score is selected at least as often | `a_higher_score_is_selected_at_least_as_often` |
/// | equal keys make equal decisions, as often positive as the probability says | `decisions_are_keyed_and_as_frequent_as_told` |
///
/// # Examples
///
/// ```
/// use gradus_fairness::{Key, Parity, equalize};
///
/// let (scores, truth) = ([0.9, 0.6, 0.4, 0.8, 0.3, 0.2], [1, 1, 0, 1, 0, 0]);
/// let thresholds = equalize(&scores, &truth, &[0, 0, 0, 1, 1, 1], 2, Parity::TruePositive)?;
/// assert_eq!(thresholds.expected_accuracy(), 1.0);
/// assert_eq!(thresholds.of(0)?[0].at, 0.6); // a sure threshold
/// let decisions = thresholds.decide(&[0.7, 0.7], &[0, 1], Key::new(1))?;
/// assert_eq!(decisions, [1, 0]);
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    groups: Vec<Vec<Threshold>>,
    accuracy: f64,
}

impl Thresholds {
    pub(crate) fn new(groups: Vec<Vec<Threshold>>, accuracy: f64) -> Self {
        let groups = groups.into_iter().map(tidy).collect();
        Self { groups, accuracy }
    }

    /// The thresholds of a group, from high to low; their probabilities are positive and sum to 1.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoSuchGroup`].
    pub fn of(&self, group: usize) -> Result<&[Threshold], FairnessError> {
        let groups = self.groups.len();
        let none = FairnessError::NoSuchGroup { group, groups };
        Ok(self.groups.get(group).ok_or(none)?)
    }

    /// The expected accuracy on the samples that they were found on.
    #[must_use]
    pub const fn expected_accuracy(&self) -> f64 {
        self.accuracy
    }

    /// With what probability a member of a group with this score is selected.
    ///
    /// # Errors
    ///
    /// [`FairnessError::NoSuchGroup`]; [`FairnessError::ScoreNotFinite`] for NaN and infinities, as of sample 0.
    pub fn probability(&self, score: f64, group: usize) -> Result<f64, FairnessError> {
        check_finite(&[score])?;
        Ok(probability(self.of(group)?, score))
    }

    /// Decides about samples, at random where the probability is neither 0 nor 1: sample $`i`$ has the key `key.index(i)`.
    ///
    /// The same key makes the same decisions, so they can be checked afterwards. Who knows it can foretell them.
    ///
    /// # Errors
    ///
    /// [`FairnessError::LengthMismatch`], [`FairnessError::ScoreNotFinite`], [`FairnessError::GroupOutOfRange`].
    pub fn decide(
        &self,
        scores: &[f64],
        group: &[u32],
        key: Key,
    ) -> Result<Vec<u32>, FairnessError> {
        let (samples, groups) = (scores.len(), group.len());
        if samples != groups {
            return Err(FairnessError::LengthMismatch { samples, groups });
        }
        check_finite(scores)?;
        let decide = |(sample, (&score, &group)): (usize, (&f64, &u32))| {
            let stranger = FairnessError::GroupOutOfRange {
                group,
                groups: self.groups.len(),
                sample,
            };
            let thresholds = self.groups.get(group as usize).ok_or(stranger)?;
            let u = uniform(&mut key.index(sample as u64).rng());
            Ok(u32::from(u < probability(thresholds, score)))
        };
        zip(scores, group).enumerate().map(decide).collect()
    }
}

/// The probability that the threshold is at most the score.
fn probability(thresholds: &[Threshold], score: f64) -> f64 {
    let above = thresholds.iter().filter(|t| t.at > score);
    // From above: whoever is over all thresholds has exactly 1, however the probabilities were rounded.
    (1.0 - above.map(|t| t.probability).sum::<f64>()).max(0.0)
}

/// From high to low, each once, without those that never come.
fn tidy(mut thresholds: Vec<Threshold>) -> Vec<Threshold> {
    thresholds.retain(|t| t.probability > 0.0);
    thresholds.sort_by(|a, b| b.at.total_cmp(&a.at));
    thresholds.dedup_by(|next, kept| {
        let same = next.at == kept.at;
        if same {
            kept.probability += next.probability;
        }
        same
    });
    thresholds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_decides_between_two_thresholds() {
        let t = |at, probability| Threshold { at, probability };
        let rule = vec![t(0.25, 0.5), t(0.75, 0.25), t(0.25, 0.25), t(0.5, 0.0)];
        let rule = Thresholds::new(vec![rule], 1.0);
        assert_eq!(rule.of(0), Ok(&[t(0.75, 0.25), t(0.25, 0.75)][..]));
        let of = |score| rule.probability(score, 0).unwrap();
        assert_eq!([0.2, 0.25, 0.7, 0.75].map(of), [0.0, 0.75, 0.75, 1.0]);
        assert!(rule.probability(0.5, 1).is_err() && rule.probability(f64::NAN, 0).is_err());
        assert!(rule.decide(&[0.5], &[1], Key::new(0)).is_err());
        assert!(rule.decide(&[0.5], &[], Key::new(0)).is_err());
        assert_eq!(
            rule.decide(&[0.9, 0.1], &[0, 0], Key::new(0)),
            Ok(vec![1, 0])
        );
    }
}
