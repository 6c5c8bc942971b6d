//! Who belongs to which group.

use crate::error::FairnessError;
use gradus_evaluation::ConfusionMatrix;

/// The samples of each group, in their order; every group has some.
pub(crate) struct Members(Vec<Vec<usize>>);

impl Members {
    /// Sorts samples into `groups` groups.
    pub(crate) fn new(group: &[u32], groups: usize) -> Result<Self, FairnessError> {
        if group.is_empty() || groups == 0 {
            return Err(FairnessError::Empty);
        }
        if let Some(sample) = group.iter().position(|&g| g as usize >= groups) {
            let group = group[sample]; // a position in it
            return Err(FairnessError::GroupOutOfRange {
                group,
                groups,
                sample,
            });
        }
        // No more lists than samples: one of more groups than that is empty, and the count may be any number.
        let mut members = vec![Vec::new(); groups.min(group.len() + 1)];
        for (sample, &g) in group.iter().enumerate() {
            if let Some(list) = members.get_mut(g as usize) {
                list.push(sample);
            }
        }
        match members.iter().position(Vec::is_empty) {
            Some(group) => Err(FairnessError::EmptyGroup { group, groups }),
            None => Ok(Self(members)),
        }
    }

    /// The groups, one after the other.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[usize]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// What `values` has for the members of one group after the other.
    pub(crate) fn each<'a, X: Copy>(
        &'a self,
        values: &'a [X],
    ) -> impl Iterator<Item = Vec<X>> + 'a {
        let of = |members: &[usize]| {
            members
                .iter()
                .filter_map(|&i| values.get(i).copied())
                .collect()
        };
        self.iter().map(of)
    }
}

/// As many labels 0 or 1 as there are numbers and groups.
pub(crate) fn check_binary(
    truth: &[u32],
    predicted: usize,
    group: &[u32],
) -> Result<(), FairnessError> {
    let (samples, groups) = (predicted, group.len());
    if samples != groups {
        return Err(FairnessError::LengthMismatch { samples, groups });
    }
    // The matrix of the truth with something as long: it names the first label that is none.
    ConfusionMatrix::new(truth, &vec![0; predicted], 2)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_has_a_group_and_every_group_a_sample() {
        let members = Members::new(&[1, 0, 1], 2).unwrap();
        assert_eq!(members.iter().collect::<Vec<_>>(), [&[1][..], &[0, 2]]);
        let values: Vec<_> = members.each(&['a', 'b', 'c']).collect();
        assert_eq!(values, [vec!['b'], vec!['a', 'c']]);
        let error = |group: &[u32], groups| Members::new(group, groups).err();
        assert_eq!(error(&[], 2), Some(FairnessError::Empty));
        assert_eq!(error(&[0], 0), Some(FairnessError::Empty));
        let (group, groups, sample) = (2, 2, 1);
        let stranger = FairnessError::GroupOutOfRange {
            group,
            groups,
            sample,
        };
        assert_eq!(error(&[0, 2], 2), Some(stranger));
        let empty = |group, groups| Some(FairnessError::EmptyGroup { group, groups });
        assert_eq!(error(&[1, 1], 2), empty(0, 2));
        assert_eq!(error(&[0, 1], usize::MAX), empty(2, usize::MAX));
    }
}
