//! Whether positive, or negative, members of every group get the same scores on average.

use crate::error::FairnessError;
use crate::groups::{ByGroup, Members, check_binary};
use gradus_numeric::mean;

/// The mean score of the samples of one class, in each group.
///
/// ```math
/// \mathbb{E}[s \mid y = c, a]
/// ```
///
/// where $`s`$ is the score, $`y`$ the truth, $`c`$ is `class` and $`a`$ a group. Equal means for $`c = 1`$ are called *balance for the positive
/// class*, for $`c = 0`$ *balance for the negative class*: equalized odds for scores instead of decisions.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | scores 0 and 1 have the rates of the decisions | `scores_of_zero_and_one_are_decisions` |
/// | calibrated in groups and balanced for both classes: equal base rates or perfect scores | `calibration_and_balance_need_equal_base_rates` |
///
/// # Errors
///
/// [`FairnessError::NoClass`] if a group has no sample of the class, [`FairnessError::ScoreNotFinite`]; labels, lengths
/// and groups as [`Groups::new`](crate::Groups::new).
///
/// # Examples
///
/// ```
/// use gradus_fairness::mean_scores;
///
/// let (truth, scores) = ([1, 1, 0, 1], [0.5, 1.0, 0.125, 0.5]);
/// let positive = mean_scores(&truth, &scores, &[0, 0, 1, 1], 2, 1)?;
/// assert_eq!(positive.values(), [0.75, 0.5]);
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// J. Kleinberg, S. Mullainathan and M. Raghavan, *Inherent trade-offs in the fair determination of risk scores*, ITCS
/// 2017, conditions (B) and (C).
pub fn mean_scores(
    truth: &[u32],
    scores: &[f64],
    group: &[u32],
    groups: usize,
    class: u32,
) -> Result<ByGroup, FairnessError> {
    check_binary(truth, scores.len(), group)?;
    check_finite(scores)?;
    let members = Members::new(group, groups)?;
    let of_class = |members: &[usize]| -> Vec<f64> {
        let members = members.iter().filter(|&&i| truth.get(i) == Some(&class));
        members.filter_map(|&i| scores.get(i).copied()).collect()
    };
    let means = members.iter().enumerate().map(|(group, members)| {
        let none = FairnessError::NoClass { group, class };
        mean(&of_class(members)).map_err(|_| none)
    });
    ByGroup::new(means.collect::<Result<_, _>>()?)
}

/// No score is NaN or infinite.
pub(crate) fn check_finite(scores: &[f64]) -> Result<(), FairnessError> {
    match scores.iter().position(|s| !s.is_finite()) {
        None => Ok(()),
        Some(sample) => Err(FairnessError::ScoreNotFinite {
            sample,
            value: scores[sample], // a position in it
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_mean_is_told() {
        let of = |truth: &[u32], scores: &[f64], class| {
            mean_scores(truth, scores, &[0, 1], 2, class).err()
        };
        let (group, class) = (1, 0);
        let none = FairnessError::NoClass { group, class };
        assert_eq!(of(&[0, 1], &[0.5, 0.5], 0), Some(none));
        let (sample, value) = (1, f64::INFINITY);
        let infinite = FairnessError::ScoreNotFinite { sample, value };
        assert_eq!(of(&[0, 1], &[0.5, value], 1), Some(infinite));
        assert!(of(&[0, 3], &[0.5, 0.5], 1).is_some());
    }
}
