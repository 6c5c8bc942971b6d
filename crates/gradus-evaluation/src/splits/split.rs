//! Samples to learn from, samples to choose by, samples to judge by.

use crate::error::EvaluationError;
use gradus_random::permutation;
use gradus_random::rand::Rng;
use gradus_random::shuffle;

/// What parts of the samples go to validation and to test; the rest is for training.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::Fractions;
///
/// let default = Fractions::default(); // 70 % to learn from
/// assert_eq!((default.validation, default.test), (0.15, 0.15));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fractions {
    /// The part by which settings are chosen.
    pub validation: f64,
    /// The part by which the result is judged, once.
    pub test: f64,
}

impl Default for Fractions {
    /// 15 % for validation and 15 % for test: of 1000 samples, the standard error of an accuracy of 0.9 is then
    /// 2.4 %.
    fn default() -> Self {
        let (validation, test) = (0.15, 0.15);
        Self { validation, test }
    }
}

impl Fractions {
    /// Each in [0, 1) and together below 1, so that something is left to learn from.
    fn check(self) -> Result<Self, EvaluationError> {
        let Self { validation, test } = self;
        if validation >= 0.0 && test >= 0.0 && validation + test < 1.0 {
            Ok(self)
        } else {
            Err(EvaluationError::InvalidFractions { validation, test })
        }
    }

    /// How many of `n` samples go to validation and to test: each rounded to the nearest whole number, a half
    /// to the next, and never so many that no sample is left for training.
    fn sizes(self, n: usize) -> (usize, usize) {
        let test = part(self.test, n).min(n.saturating_sub(1));
        let validation = part(self.validation, n).min(n.saturating_sub(1) - test);
        (validation, test)
    }
}

/// `fraction · n`, rounded.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 ≤ fraction < 1, so the product lies between 0 and n"
)]
fn part(fraction: f64, n: usize) -> usize {
    (fraction * n as f64).round() as usize
}

/// Indices of three disjoint sets of samples, each in random order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// To learn from.
    pub train: Vec<u32>,
    /// To choose settings by: λ, learning rate, when to stop.
    pub validation: Vec<u32>,
    /// To judge the result by, once, at the end.
    pub test: Vec<u32>,
}

impl Split {
    /// Cuts one ordering of samples; the first go to test, the next to validation.
    fn cut(&mut self, order: &[u32], fractions: Fractions) {
        let (validation, test) = fractions.sizes(order.len());
        let (first, rest) = order.split_at(test); // test + validation < length, or all are zero
        let (second, third) = rest.split_at(validation);
        self.test.extend_from_slice(first);
        self.validation.extend_from_slice(second);
        self.train.extend_from_slice(third);
    }
}

/// Splits `0..n` at random into training, validation and test set.
///
/// What a model has seen says nothing about what it has learned: it is judged on samples that neither its
/// parameters nor its settings were fitted to.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every index is in exactly one set | `a_split_is_a_partition` |
/// | sizes are the rounded fractions | `sizes_are_the_rounded_fractions` |
/// | the same generator gives the same split | `splits_are_reproducible` |
///
/// # Numerics
///
/// Sizes are `(fraction · n).round()`, test before validation, the rest is for training; with few samples
/// validation, then test, give way so that training keeps at least one.
///
/// # Errors
///
/// [`EvaluationError::Empty`] if `n` is 0, [`EvaluationError::InvalidFractions`] unless both are in [0, 1) and
/// their sum is below 1.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Fractions, split};
/// use gradus_random::Key;
///
/// let fractions = Fractions { validation: 0.2, test: 0.1 };
/// let parts = split(10, fractions, &mut Key::new(7).rng())?;
/// assert_eq!((parts.train.len(), parts.validation.len(), parts.test.len()), (7, 2, 1));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// T. Hastie, R. Tibshirani and J. Friedman, *The Elements of Statistical Learning*, 2nd ed., 2009, section 7.2.
#[doc(alias = "train_test_split")]
pub fn split(
    n: u32,
    fractions: Fractions,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Split, EvaluationError> {
    let fractions = fractions.check()?;
    if n == 0 {
        return Err(EvaluationError::Empty);
    }
    let mut split = Split::default();
    split.cut(&permutation(n, rng), fractions);
    Ok(split)
}

/// Splits samples at random so that every class is split in the same proportions.
///
/// Every class is split for itself as by [`split`], so a class of $`n_c`$ samples gives
/// `(fraction · n_c).round()` of them to validation and test; then every set is shuffled. Where classes are
/// rare, a plain split may leave one of them out of the test set altogether.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every index is in exactly one set | `a_stratified_split_is_a_partition` |
/// | every class has the rounded fraction in every set | `a_stratified_split_splits_every_class` |
///
/// # Errors
///
/// [`EvaluationError::Empty`] without labels, [`EvaluationError::InvalidFractions`] as [`split`],
/// [`EvaluationError::TooManySamples`] beyond 32-bit indices.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Fractions, stratified_split};
/// use gradus_random::Key;
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
/// 1995, 1137–1143, section 3.2.
pub fn stratified_split(
    labels: &[u32],
    fractions: Fractions,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Split, EvaluationError> {
    let fractions = fractions.check()?;
    if labels.is_empty() {
        return Err(EvaluationError::Empty);
    }
    let samples = labels.len();
    let n = u32::try_from(samples).map_err(|_| EvaluationError::TooManySamples { samples })?;
    let label = |&i: &u32| labels[i as usize]; // i < n
    let mut order = permutation(n, rng);
    order.sort_by_key(label); // stable: at random within a class
    let mut split = Split::default();
    for class in order.chunk_by(|i, j| label(i) == label(j)) {
        split.cut(class, fractions);
    }
    shuffle(&mut split.train, rng);
    shuffle(&mut split.validation, rng);
    shuffle(&mut split.test, rng);
    Ok(split)
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
/// | every index is in exactly one fold; sizes differ by at most one | `folds_are_an_even_partition` |
///
/// # Errors
///
/// [`EvaluationError::InvalidFolds`] unless $`2 \le \text{folds} \le n`$.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::folds;
/// use gradus_random::Key;
///
/// let parts = folds(10, 3, &mut Key::new(7).rng())?;
/// assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [4, 3, 3]);
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
) -> Result<Vec<Vec<u32>>, EvaluationError> {
    let samples = n as usize;
    if folds < 2 || folds > samples {
        return Err(EvaluationError::InvalidFolds { folds, samples });
    }
    let order = permutation(n, rng);
    let mut rest = order.as_slice();
    let sizes = (0..folds).map(|fold| samples / folds + usize::from(fold < samples % folds));
    let mut cut = |size| {
        let (part, after) = rest.split_at(size); // the sizes sum to n
        rest = after;
        part.to_vec()
    };
    Ok(sizes.map(&mut cut).collect())
}

#[cfg(test)]
mod tests {
    use super::{Fractions, folds, split, stratified_split};
    use crate::EvaluationError;
    use gradus_random::Key;

    #[test]
    fn fractions_are_checked() {
        let refused = |validation, test| {
            split(10, Fractions { validation, test }, &mut Key::new(1).rng()).is_err()
        };
        assert!(!refused(0.0, 0.0));
        assert!(refused(0.5, 0.5) && refused(-0.1, 0.5) && refused(0.1, 1.0));
        assert!(refused(f64::NAN, 0.1) && refused(0.1, f64::NAN));
    }

    #[test]
    fn training_keeps_at_least_one_sample() {
        let fractions = Fractions {
            validation: 0.45,
            test: 0.45,
        };
        for (n, sizes) in [(1, (1, 0, 0)), (2, (1, 0, 1)), (3, (1, 1, 1))] {
            let parts = split(n, fractions, &mut Key::new(1).rng()).unwrap();
            assert_eq!(
                (parts.train.len(), parts.validation.len(), parts.test.len()),
                sizes
            );
        }
    }

    #[test]
    fn nothing_cannot_be_split() {
        let (mut rng, fractions) = (Key::new(1).rng(), Fractions::default());
        assert_eq!(split(0, fractions, &mut rng), Err(EvaluationError::Empty));
        assert_eq!(
            stratified_split(&[], fractions, &mut rng),
            Err(EvaluationError::Empty)
        );
        for (n, count) in [(0, 2), (5, 0), (5, 1), (5, 6)] {
            let (folds_asked, samples) = (count, n as usize);
            let refused = EvaluationError::InvalidFolds {
                folds: folds_asked,
                samples,
            };
            assert_eq!(folds(n, count, &mut rng), Err(refused));
        }
    }
}
