//! Weights under which group and label are independent.

use crate::error::FairnessError;
use std::collections::BTreeMap;
use std::iter::zip;

/// A weight for each sample, under which group and label are independent.
///
/// ```math
/// w_i = \frac{n_{g} \, n_{y}}{n \, n_{g y}}
/// ```
///
/// where sample $`i`$ has the group $`g`$ and the label $`y`$, and the counts are those of the group, of the label, of both together and of all
/// samples. Where a group has fewer positive samples than independence would give it, each of them weighs more. What learns
/// with these weights (as `Weights::PerSample` of a loss) sees equal base rates. Labels and groups may be any numbers.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | weighted, group and label are independent | `reweighing_makes_group_and_label_independent` |
/// | the weights sum to $`n`$ if every group has every label | `weights_of_full_tables_sum_to_the_samples` |
/// | independent already: all weights are 1 | `what_is_independent_weighs_one` |
///
/// # Numerics
///
/// Three roundings. A label that a group never has gets no weight, because there is nothing to weigh: independence is out
/// of reach then, and the weights sum to less than $`n`$.
///
/// # Errors
///
/// [`FairnessError::LengthMismatch`], [`FairnessError::Empty`].
///
/// # Examples
///
/// ```
/// use gradus_fairness::reweigh;
///
/// // Group 0: two of three positive; group 1: one of three.
/// let weights = reweigh(&[1, 1, 0, 1, 0, 0], &[0, 0, 0, 1, 1, 1])?;
/// assert_eq!(weights, [0.75, 0.75, 1.5, 1.5, 0.75, 0.75]); // 3 · 3 / (6 · 2) and 3 · 3 / (6 · 1)
/// # Ok::<(), gradus_fairness::FairnessError>(())
/// ```
///
/// # References
///
/// F. Kamiran and T. Calders, *Data preprocessing techniques for classification without discrimination*, Knowledge and
/// Information Systems 33 (2012), 1–33, section 4.2.
pub fn reweigh(truth: &[u32], group: &[u32]) -> Result<Vec<f64>, FairnessError> {
    let (samples, groups) = (truth.len(), group.len());
    if samples != groups {
        return Err(FairnessError::LengthMismatch { samples, groups });
    }
    if samples == 0 {
        return Err(FairnessError::Empty);
    }
    let of_group = counts(group.iter().copied());
    let of_label = counts(truth.iter().copied());
    let of_both = counts(zip(group, truth));
    let weight = |(g, y)| of_group[g] * of_label[y] / (samples as f64 * of_both[&(g, y)]); // all counted
    Ok(zip(group, truth).map(weight).collect())
}

/// How often each thing comes.
fn counts<K: Ord>(things: impl Iterator<Item = K>) -> BTreeMap<K, f64> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_insert(0.0) += 1.0;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_checked() {
        assert_eq!(reweigh(&[], &[]), Err(FairnessError::Empty));
        assert!(reweigh(&[1], &[]).is_err());
        assert_eq!(reweigh(&[7, 7], &[3, 9]), Ok(vec![1.0, 1.0]));
    }
}
