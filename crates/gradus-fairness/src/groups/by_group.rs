//! A measure of every group, and how far apart they are.

use crate::error::FairnessError;
use crate::groups::members::Members;
use gradus_numeric::{maximum, minimum};

/// A measure of every group, whatever it measures.
///
/// ```math
/// \text{difference} = \max_a m_a - \min_a m_a, \qquad \text{ratio} = \frac{\min_a m_a}{\max_a m_a}
/// ```
///
/// where $`m_a`$ is the measure of group $`a`$. Equal groups have difference 0 and ratio 1. The difference does not tell
/// 0.5 and 0.4 from 0.11 and 0.01, the ratio does not tell 0.02 and 0.01 from 0.8 and 0.4: look at both. (The *four-fifths
/// rule* of the United States asks for a ratio of selection rates of at least 0.8.)
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | difference 0 if and only if ratio 1 | `difference_zero_is_ratio_one` |
/// | both of rates lie in [0, 1] | `differences_and_ratios_lie_between_zero_and_one` |
/// | renaming groups changes neither | `renaming_groups_changes_nothing` |
///
/// # Examples
///
/// Any metric will do, here the accuracy:
///
/// ```
/// use gradus_fairness::{ByGroup, FairnessError};
///
/// let (truth, predicted) = ([1, 1, 0, 0], [1, 0, 0, 0]);
/// let accuracy = ByGroup::measure(&[0, 0, 1, 1], 2, |members| {
///     let right = members.iter().filter(|&&i| truth[i] == predicted[i]).count();
///     Ok::<_, FairnessError>(right as f64 / members.len() as f64)
/// })?;
/// assert_eq!(accuracy.values(), [0.5, 1.0]);
/// assert_eq!((accuracy.difference(), accuracy.ratio()?), (0.5, 0.5));
/// # Ok::<(), FairnessError>(())
/// ```
///
/// # References
///
/// H. Weerts et al., *Fairlearn: assessing and improving fairness of AI systems*, JMLR 24 (2023), no. 257.
#[derive(Clone, Debug, PartialEq)]
pub struct ByGroup(Vec<f64>);

impl ByGroup {
    /// One finite number a group.
    ///
    /// # Errors
    ///
    /// [`FairnessError::Empty`], [`FairnessError::MeasureNotFinite`].
    pub fn new(values: Vec<f64>) -> Result<Self, FairnessError> {
        if values.is_empty() {
            return Err(FairnessError::Empty);
        }
        match values.iter().position(|x| !x.is_finite()) {
            None => Ok(Self(values)),
            Some(group) => Err(FairnessError::MeasureNotFinite {
                group,
                value: values[group], // a position in it
            }),
        }
    }

    /// Measures each group by the numbers of its members, from 0, in their order.
    ///
    /// # Errors
    ///
    /// What the measure says, and those of [`new`](Self::new); [`FairnessError::GroupOutOfRange`] for a sample without a
    /// group, [`FairnessError::EmptyGroup`] for a group without a sample.
    pub fn measure<E: From<FairnessError>>(
        group: &[u32],
        groups: usize,
        measure: impl FnMut(&[usize]) -> Result<f64, E>,
    ) -> Result<Self, E> {
        let members = Members::new(group, groups)?;
        let values: Result<Vec<f64>, E> = members.iter().map(measure).collect();
        Ok(Self::new(values?)?)
    }

    /// The measure of each group.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// The largest measure less the smallest.
    #[must_use]
    pub fn difference(&self) -> f64 {
        let (low, high) = self.ends();
        high - low
    }

    /// The smallest measure over the largest.
    ///
    /// # Errors
    ///
    /// [`FairnessError::AllZero`] for 0 / 0, [`FairnessError::NegativeMeasure`].
    pub fn ratio(&self) -> Result<f64, FairnessError> {
        if let Some(group) = self.0.iter().position(|&x| x < 0.0) {
            let value = self.0[group]; // a position in it
            return Err(FairnessError::NegativeMeasure { group, value });
        }
        match self.ends() {
            (_, 0.0) => Err(FairnessError::AllZero),
            (low, high) => Ok(low / high),
        }
    }

    /// The smallest and the largest: there are some.
    fn ends(&self) -> (f64, f64) {
        let ends = minimum(&self.0).and_then(|low| Ok((low, maximum(&self.0)?)));
        ends.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let measure = ByGroup::new(vec![0.5, 0.25, 1.0]).unwrap();
        assert_eq!(measure.difference(), 0.75);
        assert_eq!(measure.ratio(), Ok(0.25));
        assert_eq!(ByGroup::new(vec![3.0]).unwrap().ratio(), Ok(1.0));
    }

    #[test]
    fn what_has_no_ratio_is_told() {
        assert_eq!(ByGroup::new(vec![]), Err(FairnessError::Empty));
        let zeros = ByGroup::new(vec![0.0, -0.0]).unwrap();
        assert_eq!(zeros.ratio(), Err(FairnessError::AllZero));
        let (group, value) = (1, -1.0);
        let below = ByGroup::new(vec![2.0, value]).unwrap();
        assert_eq!(below.difference(), 3.0);
        let negative = FairnessError::NegativeMeasure { group, value };
        assert_eq!(below.ratio(), Err(negative));
        let infinite = ByGroup::new(vec![0.0, f64::INFINITY]);
        let value = f64::INFINITY;
        assert_eq!(
            infinite,
            Err(FairnessError::MeasureNotFinite { group, value })
        );
    }
}
