//! Cross-validation: each sample judged once, by a model that has not seen it.

use crate::error::EvaluationError;
use crate::splits::stratified::{by_class, counted};
use crate::splits::stratified_grouped::stratified_grouped_folds;
use gradus_random::permutation;
use gradus_random::rand::Rng;

/// One round of cross-validation: indices to learn from, and indices to judge by.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, folds};
///
/// for fold in folds(6, 3, &mut Key::new(1).rng())? {
///     assert_eq!((fold.train.len(), fold.validation.len()), (4, 2));
/// }
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// To learn from.
    pub train: Vec<u32>,
    /// To judge by.
    pub validation: Vec<u32>,
}

/// Cuts `0..n` at random into `folds` parts for cross-validation, sizes differing by at most one.
///
/// Each part serves once as validation set while the others train: every sample is judged, and none by a
/// model that has seen it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every index is validated once; sizes differ by at most one | `folds_are_an_even_partition` |
/// | a fold trains on what it does not validate | `folds_train_on_the_others` |
///
/// # Errors
///
/// [`EvaluationError::InvalidFolds`] unless $`2 \le \text{folds} \le n`$.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, folds};
///
/// let folds = folds(10, 3, &mut Key::new(7).rng())?;
/// assert_eq!(folds.iter().map(|fold| fold.validation.len()).collect::<Vec<_>>(), [4, 3, 3]);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// M. Stone, *Cross-validatory choice and assessment of statistical predictions*, J. R. Statist. Soc. B 36
/// (1974), 111–147.
#[doc(alias = "k-fold cross-validation")]
pub fn folds(
    n: u32,
    folds: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Fold>, EvaluationError> {
    check(folds, n as usize)?;
    let order = permutation(n, rng);
    Ok(assembled(&order, &dealt(&order, folds), folds))
}

/// The folds of `repeats` cross-validations, each with a permutation of its own.
///
/// The mean over repeats depends less on the luck of one permutation. It is no more independent data: the standard
/// error of the mean does not fall with the root of `repeats`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every index is validated once in each repeat | `repeats_are_different_folds` |
///
/// # Errors
///
/// As [`folds`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, repeated_folds};
///
/// let folds = repeated_folds(10, 5, 3, &mut Key::new(7).rng())?;
/// assert_eq!(folds.len(), 15);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn repeated_folds(
    n: u32,
    folds: usize,
    repeats: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Fold>, EvaluationError> {
    check(folds, n as usize)?;
    let mut all = Vec::new();
    for _ in 0..repeats {
        all.extend(self::folds(n, folds, rng)?);
    }
    Ok(all)
}

/// Folds in which every class is as frequent as in the whole.
///
/// The samples are dealt out like cards, one class after the other: each fold gets the same number of every class, up
/// to one, and the same number of samples, up to one. Folds outnumber the samples of a rare class: some do without.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | sizes, and sizes within each class, differ by at most one | `stratified_folds_are_even_in_every_class` |
///
/// # Errors
///
/// [`EvaluationError::InvalidFolds`] unless $`2 \le \text{folds} \le n`$, [`EvaluationError::TooManySamples`] beyond
/// 32-bit indices.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, stratified_folds};
///
/// let labels = [0, 0, 0, 0, 1, 1];
/// for fold in stratified_folds(&labels, 2, &mut Key::new(7).rng())? {
///     let rare = fold.validation.iter().filter(|&&i| labels[i as usize] == 1).count();
///     assert_eq!((fold.validation.len(), rare), (3, 1));
/// }
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn stratified_folds(
    labels: &[u32],
    folds: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Fold>, EvaluationError> {
    check(folds, labels.len())?;
    let sorted = by_class(labels, rng)?;
    let order = permutation(counted(labels.len())?, rng);
    Ok(assembled(&order, &dealt(&sorted, folds), folds))
}

/// Folds that keep the samples of one group together: of one patient, one writer, one day.
///
/// Samples of one group resemble each other. A model that has seen some of them answers the others better than it
/// will answer those of a new group, and plain folds would report that as skill.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no group is in both parts of a fold | `grouped_folds_keep_groups_together` |
///
/// # Numerics
///
/// The largest groups are placed first, each into the fold that has the fewest samples: the folds' sizes differ by
/// at most the size of the largest group. They are [`stratified_grouped_folds`] of a single class.
///
/// # Errors
///
/// [`EvaluationError::InvalidFolds`] for fewer than two folds or more folds than samples,
/// [`EvaluationError::TooFewGroups`] for more folds than groups, [`EvaluationError::TooManySamples`] beyond 32-bit
/// indices.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, grouped_folds};
///
/// let writers = [7, 7, 3, 3, 9, 9];
/// for fold in grouped_folds(&writers, 3, &mut Key::new(1).rng())? {
///     let judged = writers[fold.validation[0] as usize];
///     assert!(fold.train.iter().all(|&i| writers[i as usize] != judged));
/// }
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn grouped_folds(
    groups: &[u32],
    folds: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Fold>, EvaluationError> {
    stratified_grouped_folds(&vec![0; groups.len()], groups, folds, rng)
}

/// As many folds as samples: each is judged by a model that has seen all others.
///
/// The folds are made one at a time, because together they hold $`n^2`$ indices.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | fold `i` validates `i` and trains on the others | `leave_one_out_leaves_one_out` |
///
/// # Errors
///
/// [`EvaluationError::InvalidFolds`] unless $`n \ge 2`$.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::leave_one_out;
///
/// let fold = leave_one_out(4)?.nth(2);
/// assert_eq!(fold.map(|fold| (fold.train, fold.validation)), Some((vec![0, 1, 3], vec![2])));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
pub fn leave_one_out(n: u32) -> Result<impl Iterator<Item = Fold>, EvaluationError> {
    check(n as usize, n as usize)?;
    Ok((0..n).map(move |i| Fold {
        train: (0..n).filter(|&j| j != i).collect(),
        validation: vec![i],
    }))
}

/// Folds of samples in the order of time: each judges the next stretch, and trains on all before.
///
/// A model that is to tell the future must not learn from it. `gap` samples before each stretch are left out, for
/// data whose neighbors share information.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | all training samples are more than `gap` before the first that is judged | `time_series_folds_learn_from_the_past` |
///
/// # Numerics
///
/// Each stretch has $`\lfloor n / (\text{folds} + 1) \rfloor`$ samples, and the last one ends with the data (as
/// scikit-learn's `TimeSeriesSplit`).
///
/// # Errors
///
/// [`EvaluationError::InvalidFolds`] if a stretch, or the first training set, would have no sample.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::time_series_folds;
///
/// let folds = time_series_folds(6, 2, 0)?;
/// assert_eq!((&folds[0].train[..], &folds[0].validation[..]), (&[0, 1][..], &[2, 3][..]));
/// assert_eq!((&folds[1].train[..], &folds[1].validation[..]), (&[0, 1, 2, 3][..], &[4, 5][..]));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// R. J. Hyndman and G. Athanasopoulos, *Forecasting: Principles and Practice*, 3rd ed., 2021, section 5.10.
pub fn time_series_folds(n: u32, folds: u32, gap: u32) -> Result<Vec<Fold>, EvaluationError> {
    let stretch = n.checked_div(folds.saturating_add(1)).unwrap_or(0);
    let first = n.checked_sub(stretch.saturating_mul(folds));
    let first = first.filter(|&first| folds > 0 && stretch > 0 && first > gap);
    let Some(first) = first else {
        let (folds, samples) = (folds as usize, n as usize);
        return Err(EvaluationError::InvalidFolds { folds, samples });
    };
    let starts = (first..n).step_by(stretch as usize);
    let fold = |start| Fold {
        train: (0..start - gap).collect(), // start ≥ first > gap
        validation: (start..start + stretch).collect(),
    };
    Ok(starts.map(fold).collect())
}

/// At least two folds, and a sample in each.
pub(super) fn check(folds: usize, samples: usize) -> Result<(), EvaluationError> {
    if folds >= 2 && folds <= samples {
        Ok(())
    } else {
        Err(EvaluationError::InvalidFolds { folds, samples })
    }
}

/// The fold of each sample if they are dealt out like cards.
fn dealt(order: &[u32], folds: usize) -> Vec<usize> {
    let mut fold_of = vec![0; order.len()];
    for (position, &i) in order.iter().enumerate() {
        fold_of[i as usize] = position % folds; // a permutation
    }
    fold_of
}

/// The folds, with the samples of each part in the given order.
pub(super) fn assembled(order: &[u32], fold_of: &[usize], folds: usize) -> Vec<Fold> {
    let of = |fold: usize| {
        let (validation, train): (Vec<u32>, Vec<u32>) =
            order.iter().partition(|&&i| fold_of[i as usize] == fold); // a permutation
        Fold { train, validation }
    };
    (0..folds).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn what_makes_no_folds_is_refused() {
        let rng = &mut Key::new(1).rng();
        for (n, count) in [(0_u32, 2), (5, 0), (5, 1), (5, 6)] {
            let (count_asked, samples) = (count, n as usize);
            let refused = EvaluationError::InvalidFolds {
                folds: count_asked,
                samples,
            };
            assert_eq!(folds(n, count, rng), Err(refused));
            assert_eq!(repeated_folds(n, count, 1, rng), Err(refused));
            assert_eq!(
                stratified_folds(&vec![0; samples], count, rng),
                Err(refused)
            );
            assert_eq!(grouped_folds(&vec![0; samples], count, rng), Err(refused));
        }
        let (count, groups) = (3, 2);
        assert_eq!(
            grouped_folds(&[0, 0, 1, 1], count, rng),
            Err(EvaluationError::TooFewGroups {
                folds: count,
                groups
            })
        );
        assert!(leave_one_out(1).is_err());
        assert!(time_series_folds(5, 0, 0).is_err() && time_series_folds(5, 5, 0).is_err());
        assert!(time_series_folds(6, 2, 2).is_err() && time_series_folds(0, u32::MAX, 0).is_err());
    }

    #[test]
    fn a_gap_is_left_out() {
        let folds = time_series_folds(7, 2, 1).unwrap();
        assert_eq!(folds[0].train, [0, 1]);
        assert_eq!(folds[0].validation, [3, 4]);
        assert_eq!(folds[1].train, [0, 1, 2, 3]);
    }
}
