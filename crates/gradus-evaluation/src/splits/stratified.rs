//! Splits in which every class has its share of every part.

use crate::error::EvaluationError;
use crate::splits::split::{Fractions, Split};
use gradus_random::rand::Rng;
use gradus_random::{permutation, shuffle};
use std::cmp::Reverse;

/// Splits samples at random so that every class is split in the same proportions.
///
/// The parts have the sizes that [`split`](crate::split) gives them. A class of $`n_c`$ of the $`n`$ samples has
/// $`n_c T / n`$ of the $`T`$ samples of a part, rounded down or up so that the sum is $`T`$; then every part is
/// shuffled. Where classes are rare, a plain split may leave one of them out of the test set altogether.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every index is in exactly one set | `a_stratified_split_is_a_partition` |
/// | the sizes are those of the plain split | `a_stratified_split_has_the_sizes_of_the_plain_one` |
/// | every class has its share of every part, rounded down or up | `a_stratified_split_splits_every_class` |
///
/// # Numerics
///
/// The largest remainders are rounded up (Hamilton's method), those that tie in random order. A class keeps one of
/// its samples for training, as long as the parts can be filled without it: a class is of no use in the test set
/// if nothing has been learned about it.
///
/// # Errors
///
/// [`EvaluationError::Empty`] without labels, [`EvaluationError::InvalidFractions`] and
/// [`EvaluationError::TooFewSamples`] as [`split`](crate::split), [`EvaluationError::TooManySamples`] beyond 32-bit
/// indices.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Fractions, Key, stratified_split};
///
/// let labels = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]; // eight of one class, four of the other
/// let fractions = Fractions { validation: 0.0, test: 0.25 };
/// let parts = stratified_split(&labels, fractions, &mut Key::new(7).rng())?;
/// let rare = parts.test.iter().filter(|&&i| labels[i as usize] == 1).count();
/// assert_eq!((parts.test.len(), rare), (3, 1));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// R. Kohavi, *A study of cross-validation and bootstrap for accuracy estimation and model selection*, IJCAI
/// 1995, 1137–1143, section 3.2. M. L. Balinski and H. P. Young, *Fair Representation*, 1982, chapter 3 (Hamilton's
/// method).
pub fn stratified_split(
    labels: &[u32],
    fractions: Fractions,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Split, EvaluationError> {
    let fractions = fractions.check()?;
    if labels.is_empty() {
        return Err(EvaluationError::Empty);
    }
    let (validation, test) = fractions.sizes(labels.len())?;
    let order = by_class(labels, rng)?;
    let classes: Vec<&[u32]> = order
        .chunk_by(|&i, &j| labels[i as usize] == labels[j as usize]) // indices of labels
        .collect();
    let shares = Shares::new(&classes, validation, test, rng);
    let mut split = Split::default();
    for (class, (validation, test)) in classes.into_iter().zip(shares.of_classes()) {
        let (first, rest) = class.split_at(test); // a class gives at most what it has
        let (second, third) = rest.split_at(validation);
        split.test.extend_from_slice(first);
        split.validation.extend_from_slice(second);
        split.train.extend_from_slice(third);
    }
    shuffle(&mut split.train, rng);
    shuffle(&mut split.validation, rng);
    shuffle(&mut split.test, rng);
    Ok(split)
}

/// All indices, class after class, at random within a class.
pub(crate) fn by_class(
    labels: &[u32],
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<u32>, EvaluationError> {
    let mut order = permutation(counted(labels.len())?, rng);
    order.sort_by_key(|&i| labels[i as usize]); // stable; an index of labels
    Ok(order)
}

/// How many samples there are, as a number of their indices' size.
pub(crate) fn counted(samples: usize) -> Result<u32, EvaluationError> {
    u32::try_from(samples).map_err(|_| EvaluationError::TooManySamples { samples })
}

/// How many samples each class gives to validation and to test.
struct Shares {
    validation: Vec<usize>,
    test: Vec<usize>,
}

impl Shares {
    fn new(
        classes: &[&[u32]],
        validation: usize,
        test: usize,
        rng: &mut (impl Rng + ?Sized),
    ) -> Self {
        let sizes: Vec<usize> = classes.iter().map(|class| class.len()).collect();
        let all_but_one = |sizes: &[usize]| -> Vec<usize> { sizes.iter().map(|n| n - 1).collect() };
        let mut room = all_but_one(&sizes); // no class is empty
        if room.iter().sum::<usize>() < validation + test {
            room.clone_from(&sizes); // some classes must give their last sample
        }
        let test = apportioned(test, &sizes, &room, rng);
        let room: Vec<usize> = room.iter().zip(&test).map(|(room, t)| room - t).collect();
        let validation = apportioned(validation, &sizes, &room, rng);
        Self { validation, test }
    }

    fn of_classes(&self) -> impl Iterator<Item = (usize, usize)> {
        let pairs = self.validation.iter().zip(&self.test);
        pairs.map(|(&validation, &test)| (validation, test))
    }
}

/// `total` seats for parties of these sizes by the largest remainder, none getting more than it has room for; there
/// is room for all of them.
fn apportioned(
    total: usize,
    sizes: &[usize],
    room: &[usize],
    rng: &mut (impl Rng + ?Sized),
) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let quota = |c: usize| (total as u128 * sizes[c] as u128, all as u128); // c is below the number of classes
    let whole = |c: usize| usize::try_from(quota(c).0 / quota(c).1).unwrap_or(usize::MAX);
    let mut seats: Vec<usize> = (0..sizes.len()).map(|c| whole(c).min(room[c])).collect();
    let mut open = total.saturating_sub(seats.iter().sum());
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    shuffle(&mut order, rng); // the sort below is stable: ties stay in random order
    order.sort_by_key(|&c| Reverse(quota(c).0 % quota(c).1));
    // One round is enough unless classes have no room: then the others get more than their share.
    while open > 0 && seats.iter().zip(room).any(|(s, r)| s < r) {
        for &c in &order {
            if open > 0 && seats[c] < room[c] {
                seats[c] += 1;
                open -= 1;
            }
        }
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn seats_go_to_the_largest_remainders() {
        let of = |total, sizes: &[usize], room: &[usize]| {
            apportioned(total, sizes, room, &mut Key::new(1).rng())
        };
        assert_eq!(of(10, &[53, 24, 23], &[99; 3]), [5, 3, 2]); // 5.3, 2.4, 2.3
        assert_eq!(of(10, &[53, 24, 23], &[99, 2, 99]), [5, 2, 3]);
        assert_eq!(of(3, &[1, 1, 7], &[0, 0, 6]), [0, 0, 3]);
        assert_eq!(of(0, &[5], &[5]), [0]);
    }

    #[test]
    fn a_class_keeps_a_sample_for_training_while_it_can() {
        let labels = [0, 1, 2, 3, 3, 3, 3, 3];
        let of = |validation, test| {
            let fractions = Fractions { validation, test };
            let parts = stratified_split(&labels, fractions, &mut Key::new(5).rng()).unwrap();
            let mut trained: Vec<u32> = parts.train.iter().map(|&i| labels[i as usize]).collect();
            trained.sort_unstable();
            trained.dedup();
            trained.len()
        };
        assert_eq!(of(0.25, 0.25), 4);
        assert_eq!(of(0.0, 0.75), 2); // six of eight are tested
    }

    #[test]
    fn nothing_cannot_be_split() {
        let fractions = Fractions::default();
        let answer = stratified_split(&[], fractions, &mut Key::new(1).rng());
        assert_eq!(answer, Err(EvaluationError::Empty));
    }
}
