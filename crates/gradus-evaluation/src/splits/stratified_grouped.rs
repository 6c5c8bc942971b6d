//! Folds that keep groups whole and classes even.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use crate::splits::folds::{Fold, assembled, check};
use crate::splits::stratified::{by_class, counted};
use gradus_random::rand::Rng;
use gradus_random::{permutation, shuffle};
use std::cmp::Reverse;
use std::iter::zip;

/// Folds that keep the samples of one group together, with every class as even as the groups allow.
///
/// ```math
/// \text{fold of group } g = \arg\min_f \sum_c \frac{x_{fc}\, g_c}{n_c^2}
/// ```
///
/// where $`g_c`$ counts the samples of class $`c`$ in the group, $`x_{fc}`$ those that the fold has already, and $`n_c`$
/// all of them. The sum is half of what placing the group adds to $`\sum_f \sum_c (x_{fc} / n_c)^2`$, apart from what
/// it adds to every fold alike: the classes are even where that sum is small. Patients with several samples each, of
/// whom few are ill, need both promises at once.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no group is in both parts of a fold, no fold is empty | `stratified_groups_stay_together` |
/// | groups of one sample: every class is even, up to one | `groups_of_one_sample_are_stratified` |
///
/// # Numerics
///
/// The largest groups are placed first, those of one size in random order. Folds that tie are compared by their
/// samples: an empty fold shares no class with a group, so that none stays empty.
///
/// # Errors
///
/// [`EvaluationError::LengthMismatch`] unless there are as many labels as groups, [`EvaluationError::Empty`] without any;
/// otherwise as [`grouped_folds`](crate::grouped_folds).
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, stratified_grouped_folds};
///
/// // Four patients with two samples each; the first two patients are ill.
/// let (ill, patient) = ([1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 2, 2, 3, 3]);
/// for fold in stratified_grouped_folds(&ill, &patient, 2, &mut Key::new(7).rng())? {
///     let judged = fold.validation.iter().filter(|&&i| ill[i as usize] == 1).count();
///     assert_eq!((fold.validation.len(), judged), (4, 2)); // one ill patient a fold
/// }
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// F. Pedregosa et al., *Scikit-learn: machine learning in Python*, JMLR 12 (2011), whose `StratifiedGroupKFold` is
/// greedy in the same way, by standard deviations.
pub fn stratified_grouped_folds(
    labels: &[u32],
    groups: &[u32],
    folds: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Fold>, EvaluationError> {
    check(folds, groups.len())?;
    check_lengths(groups.len(), labels.len())?;
    let by_group = by_class(groups, rng)?;
    let mut members: Vec<&[u32]> = by_group
        .chunk_by(|&i, &j| groups[i as usize] == groups[j as usize]) // indices of groups
        .collect();
    if members.len() < folds {
        let groups = members.len();
        return Err(EvaluationError::TooFewGroups { folds, groups });
    }
    shuffle(&mut members, rng); // groups of one size in random order: the sort is stable
    members.sort_by_key(|group| Reverse(group.len()));
    let mut hands = Hands::new(labels, folds);
    let mut fold_of = vec![0; groups.len()];
    for group in members {
        let fold = hands.deal(group);
        for &i in group {
            fold_of[i as usize] = fold; // an index of groups
        }
    }
    let order = permutation(counted(groups.len())?, rng);
    Ok(assembled(&order, &fold_of, folds))
}

/// What each fold holds so far.
struct Hands {
    /// The class of each sample, by its place among the classes that occur.
    class_of: Vec<usize>,
    /// How many samples each class has.
    sizes: Vec<f64>,
    /// How many samples of each class each fold has.
    held: Vec<Vec<f64>>,
}

impl Hands {
    fn new(labels: &[u32], folds: usize) -> Self {
        let mut classes = labels.to_vec();
        classes.sort_unstable();
        classes.dedup();
        let place = |label| classes.binary_search(label).unwrap_or(0); // it is one of them
        let class_of: Vec<usize> = labels.iter().map(place).collect();
        let mut sizes = vec![0.0; classes.len()];
        for &c in &class_of {
            sizes[c] += 1.0;
        }
        let held = vec![vec![0.0; classes.len()]; folds];
        Self {
            class_of,
            sizes,
            held,
        }
    }

    /// Gives a group to the fold that it shares fewest samples with, class by class, and tells which.
    fn deal(&mut self, group: &[u32]) -> usize {
        let mut counts = vec![0.0; self.sizes.len()];
        for &i in group {
            counts[self.class_of[i as usize]] += 1.0; // an index of labels
        }
        let overlap = |held: &[f64]| -> f64 {
            let terms = zip(zip(held, &counts), &self.sizes);
            terms.map(|((x, g), n)| x * g / (n * n)).sum()
        };
        let rank = |held: &[f64]| (overlap(held), held.iter().sum::<f64>());
        let ranks: Vec<(f64, f64)> = self.held.iter().map(|held| rank(held)).collect();
        let less = |&a: &usize, &b: &usize| {
            let ((x, n), (y, m)) = (ranks[a], ranks[b]); // folds
            x.total_cmp(&y).then(n.total_cmp(&m))
        };
        let fold = (0..ranks.len()).min_by(less).unwrap_or(0); // there are two folds at least
        zip(&mut self.held[fold], counts).for_each(|(x, g)| *x += g);
        fold
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn labels_and_groups_belong_together() {
        let rng = &mut Key::new(1).rng();
        let (truth, predicted) = (4, 3);
        assert_eq!(
            stratified_grouped_folds(&[0; 3], &[0, 0, 1, 1], 2, rng),
            Err(EvaluationError::LengthMismatch { truth, predicted })
        );
        let (folds, groups) = (3, 2);
        assert_eq!(
            stratified_grouped_folds(&[0; 4], &[0, 0, 1, 1], 3, rng),
            Err(EvaluationError::TooFewGroups { folds, groups })
        );
    }
}
