//! Calibrated scores cannot be balanced for both classes.

use super::{check_base, check_rate};
use crate::error::FairnessError;

/// The mean score of the negative members of a group in which scores are calibrated: base rate and mean score of the positive ones
/// leave no choice.
///
/// ```math
/// \mathbb{E}[s \mid y = 0] = \frac{p}{1 - p} \bigl(1 - \mathbb{E}[s \mid y = 1]\bigr)
/// ```
///
/// where $`p`$ is the `base` rate of the group and $`\mathbb{E}[s \mid y = 1]`$ is `positive`, the mean score of its positive members. (Proof: where
/// scores are calibrated, their mean over the group is $`\mathbb{E}[s] = \mathbb{E}[\mathbb{E}[y \mid s]] = p`$; and it is
/// $`p\,\mathbb{E}[s \mid y = 1] + (1 - p)\,\mathbb{E}[s \mid y = 0]`$.)
///
/// So if scores are calibrated in two groups, and positive members have the same mean score in both, and negative members
/// too, then either $`p / (1 - p)`$ is the same in both, or $`\mathbb{E}[s \mid y = 1] = 1`$: equal base rates, or scores that are never wrong.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the mean score of every group with calibrated scores | `scores_of_negatives_follow_from_calibration` |
/// | calibrated in groups and balanced for both classes: equal base rates or perfect scores | `calibration_and_balance_need_equal_base_rates` |
///
/// # Errors
///
/// [`FairnessError::NotARate`] unless the base rate lies in (0, 1) and the mean score in [0, 1].
///
/// # Examples
///
/// ```
/// use gradus_fairness::implied_negative_score;
///
/// assert_eq!(implied_negative_score(0.5, 0.75)?, 0.25);
/// assert_eq!(implied_negative_score(0.2, 0.75)?, 0.0625); // fewer positives: lower scores for the others
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// J. Kleinberg, S. Mullainathan and M. Raghavan, *Inherent trade-offs in the fair determination of risk scores*, ITCS
/// 2017, theorem 1.1, <https://arxiv.org/abs/1609.05807>.
#[doc(alias = "Kleinberg")]
pub fn implied_negative_score(base: f64, positive: f64) -> Result<f64, FairnessError> {
    check_base(base)?;
    check_rate("the mean score of positive members", positive)?;
    Ok(base / (1.0 - base) * (1.0 - positive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(implied_negative_score(0.25, 1.0), Ok(0.0)); // never wrong
        assert_eq!(implied_negative_score(0.25, 0.25), Ok(0.25)); // one score for all: the base rate
        assert!(implied_negative_score(1.0, 0.5).is_err());
        assert!(implied_negative_score(0.5, f64::NAN).is_err());
    }
}
