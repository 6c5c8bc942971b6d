//! Equal precision and recall forbid equal false alarms.

use super::{check_base, check_rate};
use crate::error::FairnessError;

/// The false positive rate of a group that has this base rate, precision and recall: the three leave no choice.
///
/// ```math
/// \mathrm{FPR} = \frac{p}{1 - p} \cdot \frac{1 - \mathrm{PPV}}{\mathrm{PPV}} \cdot \mathrm{TPR}
/// ```
///
/// where $`p`$ is the `base` rate of the group, $`\mathrm{PPV}`$ the `precision` and $`\mathrm{TPR} = 1 - \mathrm{FNR}`$ the `recall`. (Proof: of $`n`$ members,
/// $`TP = n\,p\,\mathrm{TPR}`$ are selected rightly and $`FP = TP\,(1 - \mathrm{PPV}) / \mathrm{PPV}`$ wrongly, of $`n (1 - p)`$ negative ones.)
///
/// So if two groups have equal precision and equal recall but other base rates, their false positive rates differ, unless
/// precision is 1 or recall is 0. This is what the dispute over the risk scores of COMPAS was about: one side looked
/// at precision, the other at false alarms, and no score could have satisfied both.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the false positive rate of every group | `false_alarms_follow_from_base_rate_precision_and_recall` |
/// | equal precision and recall, other base rates, not perfect: other false positive rates | `equal_precision_and_recall_forbid_equal_false_alarms` |
///
/// # Numerics
///
/// The differences $`1 - p`$ and $`1 - \mathrm{PPV}`$ magnify an error of their arguments by $`1 / (1 - p)`$ and
/// $`1 / (1 - \mathrm{PPV})`$. A result above 1 means that no group has these three rates; it is returned as it is.
///
/// # Errors
///
/// [`FairnessError::NotARate`] unless the base rate lies in (0, 1), precision in (0, 1] and recall in [0, 1].
///
/// # Examples
///
/// ```
/// use gradus_fairness::implied_false_positive_rate;
///
/// // The same precision and recall, but one group in two or in five is positive:
/// assert_eq!(implied_false_positive_rate(0.5, 0.75, 0.6)?, 0.6 / 3.0);
/// assert!((implied_false_positive_rate(0.2, 0.75, 0.6)? - 0.05).abs() < 1e-16);
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// A. Chouldechova, *Fair prediction with disparate impact: a study of bias in recidivism prediction instruments*, Big
/// Data 5 (2017), 153–163, equation (2.6), <https://doi.org/10.1089/big.2016.0047>.
#[doc(alias = "Chouldechova")]
pub fn implied_false_positive_rate(
    base: f64,
    precision: f64,
    recall: f64,
) -> Result<f64, FairnessError> {
    check_base(base)?;
    check_rate("recall", recall)?;
    if !(precision > 0.0 && precision <= 1.0) {
        let (name, value, domain) = ("precision", precision, "(0, 1]");
        return Err(FairnessError::NotARate {
            name,
            value,
            domain,
        });
    }
    Ok(base / (1.0 - base) * ((1.0 - precision) / precision) * recall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_wrong_has_no_false_alarms() {
        assert_eq!(implied_false_positive_rate(0.25, 1.0, 0.5), Ok(0.0));
        assert_eq!(implied_false_positive_rate(0.25, 0.5, 0.0), Ok(0.0));
        assert_eq!(implied_false_positive_rate(0.5, 0.5, 1.0), Ok(1.0));
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for (base, precision, recall) in [
            (0.0, 0.5, 0.5),
            (1.0, 0.5, 0.5),
            (f64::NAN, 0.5, 0.5),
            (0.5, 0.0, 0.5),
            (0.5, f64::NAN, 0.5),
            (0.5, 0.5, 1.5),
        ] {
            assert!(implied_false_positive_rate(base, precision, recall).is_err());
        }
    }
}
