//! The rates by which decisions about groups are compared.

use std::fmt;

/// A rate of a group: the share of some of its members that something is true of.
///
/// With the truth $`y`$, the decision $`\hat y`$ and the group $`a`$:
///
/// | rate | share | groups are equal: the criterion |
/// |---|---|---|
/// | `Selection` | $`\Pr(\hat y = 1 \mid a)`$ | demographic parity (independence) |
/// | `TruePositive` | $`\Pr(\hat y = 1 \mid y = 1, a)`$ | equal opportunity; with `FalsePositive` equalized odds (separation) |
/// | `FalseNegative` | $`\Pr(\hat y = 0 \mid y = 1, a)`$ | its complement |
/// | `FalsePositive` | $`\Pr(\hat y = 1 \mid y = 0, a)`$ | predictive equality |
/// | `Precision` | $`\Pr(y = 1 \mid \hat y = 1, a)`$ | predictive parity (half of sufficiency) |
/// | `Accuracy` | $`\Pr(\hat y = y \mid a)`$ | overall accuracy equality |
/// | `Base` | $`\Pr(y = 1 \mid a)`$ | of the data, whatever is decided |
///
/// # Examples
///
/// ```
/// use gradus_fairness::Rate;
///
/// assert_eq!(Rate::TruePositive.to_string(), "true positive rate");
/// ```
///
/// # References
///
/// S. Barocas, M. Hardt and A. Narayanan, *Fairness and Machine Learning* (2023), chapter 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rate {
    /// How many are selected.
    #[doc(alias = "demographic parity")]
    Selection,
    /// How many of the positive ones are selected.
    #[doc(alias = "equal opportunity")]
    #[doc(alias = "recall")]
    TruePositive,
    /// How many of the positive ones are not selected.
    FalseNegative,
    /// How many of the negative ones are selected.
    FalsePositive,
    /// How many of the selected ones are positive.
    #[doc(alias = "predictive parity")]
    #[doc(alias = "positive predictive value")]
    Precision,
    /// About how many the decision is right.
    Accuracy,
    /// How many are positive.
    Base,
}

impl Rate {
    /// Why the rate is 0 / 0.
    pub(crate) const fn lack(self) -> &'static str {
        match self {
            Self::TruePositive | Self::FalseNegative => "it has no positive sample",
            Self::FalsePositive => "it has no negative sample",
            Self::Precision => "none of its samples was selected",
            Self::Selection | Self::Accuracy | Self::Base => "it has no sample",
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Selection => "selection rate",
            Self::TruePositive => "true positive rate",
            Self::FalseNegative => "false negative rate",
            Self::FalsePositive => "false positive rate",
            Self::Precision => "precision",
            Self::Accuracy => "accuracy",
            Self::Base => "base rate",
        })
    }
}
