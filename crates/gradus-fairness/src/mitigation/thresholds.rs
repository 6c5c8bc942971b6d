//! Thresholds of each group by which a rate is equal in all.

use crate::error::FairnessError;
use crate::groups::{Members, check_binary};
use crate::mitigation::frontier::{Frontier, Point, Total, best, points};
use crate::mitigation::odds::equal_odds;
use crate::mitigation::rule::{Threshold, Thresholds};
use crate::rate::Rate;
use crate::scores::check_finite;
use std::iter::zip;

/// What is to be equal in all groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// The selection rate: demographic parity.
    Selection,
    /// The true positive rate: equal opportunity.
    TruePositive,
    /// The false positive rate: predictive equality.
    FalsePositive,
    /// True and false positive rates: equalized odds.
    Odds,
}

/// Random thresholds, one distribution a group, that make a rate equal in all groups at the best expected accuracy.
///
/// ```math
/// \max \; \mathbb{E}\Bigl[\tfrac1n \bigl\lvert\{ i : \hat y_i = y_i \}\bigr\rvert\Bigr]
/// \quad\text{so that}\quad r_0 = r_1 = \dots
/// ```
///
/// where $`\hat y`$ is decided from `scores`, $`y`$ is `truth` and $`r_a`$ the expected rate of group $`a`$. The scores stay as they are; only where
/// they are cut depends on the group. (Whether a decision may look at the group is a question of law. To equalize a rate
/// by thresholds without looking is not possible in general.)
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | on the samples they were found on, expected rates are equal | `expected_rates_of_equalized_thresholds_agree` |
/// | never better than thresholds without that demand | `equalized_thresholds_are_never_better_than_free_ones` |
/// | no common rate gives more | `no_common_rate_is_more_accurate` |
/// | the expected accuracy is the one of the probabilities | `expected_rates_of_equalized_thresholds_agree` |
/// | against an exact linear program | `thresholds_are_golden` |
///
/// # Numerics
///
/// In each group, a coin between two thresholds reaches every point between theirs, so the best that a rate allows is a
/// concave hull of points in counts, found in integers. The sum over the groups is concave and has its maximum at a corner
/// of one of them; of equal ones the lowest rate is taken. For equalized odds the curves are those of the ROC: the best common point
/// lies at a corner of their minimum, and a group that could do better mixes in a coin that ignores the score.
/// Expected rates agree within 8 rounding errors.
///
/// # Errors
///
/// [`FairnessError::NoRate`] if a group has no positive (or negative) samples and the rate asks for them,
/// [`FairnessError::ScoreNotFinite`]; labels, lengths and groups as [`Groups::new`](crate::Groups::new).
///
/// # Examples
///
/// Both groups are judged perfectly by a threshold each; equal selection costs one sample in eight:
///
/// ```
/// use gradus_fairness::{Parity, equalize};
///
/// let scores = [0.9, 0.8, 0.3, 0.2, 0.7, 0.3, 0.2, 0.1];
/// let truth = [1, 1, 0, 0, 1, 0, 0, 0];
/// let group = [0, 0, 0, 0, 1, 1, 1, 1];
/// let free = equalize(&scores, &truth, &group, 2, Parity::Odds)?;
/// assert_eq!(free.expected_accuracy(), 1.0);
/// let equal = equalize(&scores, &truth, &group, 2, Parity::Selection)?;
/// assert_eq!(equal.expected_accuracy(), 7.0 / 8.0);
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// M. Hardt, E. Price and N. Srebro, *Equality of opportunity in supervised learning*, `NeurIPS` 2016, section 4.2.
#[doc(alias = "ThresholdOptimizer")]
pub fn equalize(
    scores: &[f64],
    truth: &[u32],
    group: &[u32],
    groups: usize,
    what: Parity,
) -> Result<Thresholds, FairnessError> {
    check_binary(truth, scores.len(), group)?;
    check_finite(scores)?;
    let members = Members::new(group, groups)?;
    let parts = zip(members.each(scores), members.each(truth));
    let curves: Vec<_> = parts.map(|(s, y)| points(&s, &y)).collect();
    let totals: Vec<_> = curves.iter().map(|curve| Total::of(curve)).collect();
    check_rates(&totals, what)?;
    let frontiers = zip(&curves, &totals).map(|(curve, total)| frontier(curve, *total, what));
    let frontiers: Vec<_> = frontiers.collect();
    let (right, thresholds) = match what {
        Parity::Odds => equal_odds(&frontiers, &totals),
        _ => equal_rate(&frontiers),
    };
    Ok(Thresholds::new(thresholds, right / scores.len() as f64))
}

/// Every group has the rates that are to be equal.
fn check_rates(totals: &[Total], what: Parity) -> Result<(), FairnessError> {
    let lacks = |rate, count: fn(&Total) -> u64| {
        let group = totals.iter().position(|total| count(total) == 0);
        group.map_or(Ok(()), |group| Err(FairnessError::NoRate { rate, group }))
    };
    if matches!(what, Parity::TruePositive | Parity::Odds) {
        lacks(Rate::TruePositive, |total| total.positive)?;
    }
    if matches!(what, Parity::FalsePositive | Parity::Odds) {
        lacks(Rate::FalsePositive, |total| total.negative)?;
    }
    Ok(())
}

/// Right answers (for odds: those among the positive) over the rate, both in counts.
fn frontier(curve: &[Point], total: Total, what: Parity) -> Frontier {
    let Total { positive, negative } = total;
    let answers = |p: &Point| count(p.right + negative - p.wrong);
    match what {
        Parity::Selection => Frontier::new(curve, positive + negative, |p| {
            (count(p.right + p.wrong), answers(p))
        }),
        Parity::TruePositive => Frontier::new(curve, positive, |p| (count(p.right), answers(p))),
        Parity::FalsePositive => Frontier::new(curve, negative, |p| (count(p.wrong), answers(p))),
        Parity::Odds => Frontier::new(curve, negative, |p| (count(p.wrong), count(p.right))),
    }
}

/// The number of right answers at the best common rate, and the thresholds that give it.
fn equal_rate(frontiers: &[Frontier]) -> (f64, Vec<Vec<Threshold>>) {
    let right = |x: f64| frontiers.iter().map(|hull| hull.height(x)).sum::<f64>();
    let (x, most) = best(frontiers, right);
    let thresholds = frontiers
        .iter()
        .map(|hull| hull.thresholds(x, 1.0).collect());
    (most, thresholds.collect())
}

/// A count as a coordinate: no table has 2⁶³ samples.
fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
