//! Whether a score means the same in every group.

use crate::error::FairnessError;
use crate::groups::{Members, check_binary};
use gradus_evaluation::Calibration;
use std::iter::zip;

/// The calibration of scores in each group.
///
/// ```math
/// \Pr(y = 1 \mid s, a) = s \quad\text{for every score } s \text{ and every group } a
/// ```
///
/// where $`y`$ is the truth. Scores that are calibrated in groups mean the same whoever has them: of those with 0.7, seven in ten are positive, in every
/// group. (This is *sufficiency*: given the score, the group tells nothing more.) A model that is calibrated on all samples
/// may be far from it in each group.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the bins of the groups count all samples | `groups_share_out_the_bins` |
/// | calibrated in groups and balanced for both classes: equal base rates or perfect scores | `calibration_and_balance_need_equal_base_rates` |
///
/// # Errors
///
/// [`FairnessError::Evaluation`] for labels other than 0 and 1, scores outside of [0, 1] and bins that are not 1 to 10⁶;
/// lengths and groups as [`Groups::new`](crate::Groups::new).
///
/// # Examples
///
/// ```
/// use gradus_fairness::{ByGroup, calibration_by_group};
///
/// let scores = [0.5, 0.5, 0.5, 0.5];
/// let groups = calibration_by_group(&[1, 0, 1, 1], &scores, &[0, 0, 1, 1], 2, 10)?;
/// let errors = ByGroup::new(groups.iter().map(|c| c.expected_error()).collect())?;
/// assert_eq!(errors.values(), [0.0, 0.5]); // half of group 0 is positive, all of group 1
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// J. Kleinberg, S. Mullainathan and M. Raghavan, *Inherent trade-offs in the fair determination of risk scores*, ITCS
/// 2017, condition (A); S. Barocas, M. Hardt and A. Narayanan, *Fairness and Machine Learning* (2023), chapter 3.
pub fn calibration_by_group(
    truth: &[u32],
    scores: &[f64],
    group: &[u32],
    groups: usize,
    bins: usize,
) -> Result<Vec<Calibration>, FairnessError> {
    check_binary(truth, scores.len(), group)?;
    Calibration::new(truth, scores, bins)?; // scores, by their place in the whole
    let members = Members::new(group, groups)?;
    let parts = zip(members.each(truth), members.each(scores));
    parts
        .map(|(truth, scores)| Ok(Calibration::new(&truth, &scores, bins)?))
        .collect()
}
