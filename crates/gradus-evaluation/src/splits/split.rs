//! Samples to learn from, samples to choose by, samples to judge by.

use crate::error::EvaluationError;
use gradus_random::permutation;
use gradus_random::rand::Rng;

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
    /// A part to judge by and none to choose by: for a model whose settings are given.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::Fractions;
    ///
    /// let third = Fractions::test_only(0.3);
    /// assert_eq!((third.validation, third.test), (0.0, 0.3));
    /// ```
    #[must_use]
    pub const fn test_only(test: f64) -> Self {
        let validation = 0.0;
        Self { validation, test }
    }

    /// Each in [0, 1) and together below 1, so that something is left to learn from.
    pub(crate) fn check(self) -> Result<Self, EvaluationError> {
        let Self { validation, test } = self;
        if validation >= 0.0 && test >= 0.0 && validation + test < 1.0 {
            Ok(self)
        } else {
            Err(EvaluationError::InvalidFractions { validation, test })
        }
    }

    /// How many of `n` samples go to validation and to test: each rounded to the nearest whole number, a half
    /// to the next; at least one in each part that is asked for, training included.
    pub(crate) fn sizes(self, n: usize) -> Result<(usize, usize), EvaluationError> {
        let asked = |fraction: f64| usize::from(fraction > 0.0);
        let parts = 1 + asked(self.validation) + asked(self.test);
        if n < parts {
            let samples = n;
            return Err(EvaluationError::TooFewSamples { samples, parts });
        }
        let test = part(self.test, n).min(n - 1 - asked(self.validation)); // n is at least 1 + 1 + …
        let validation = part(self.validation, n).min(n - 1 - test);
        Ok((validation, test))
    }
}

/// `fraction · n`, rounded, but not to nothing unless the fraction is nothing.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 ≤ fraction < 1, so the product lies between 0 and n"
)]
fn part(fraction: f64, n: usize) -> usize {
    let rounded = (fraction * n as f64).round() as usize;
    rounded.max(usize::from(fraction > 0.0))
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
/// | sizes are the rounded fractions, no part that was asked for is empty | `sizes_are_the_rounded_fractions` |
/// | the same generator gives the same split | `splits_are_reproducible` |
///
/// # Numerics
///
/// Sizes are `(fraction · n).round()`, but at least one where the fraction is not zero; the rest is for training.
/// With few samples validation, then test, give way so that every part that was asked for has one.
///
/// # Errors
///
/// [`EvaluationError::Empty`] if `n` is 0, [`EvaluationError::InvalidFractions`] unless both are in [0, 1) and
/// their sum is below 1, [`EvaluationError::TooFewSamples`] if a part that was asked for would be empty.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Fractions, Key, split};
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
    let (validation, test) = fractions.sizes(n as usize)?;
    let order = permutation(n, rng);
    let (first, rest) = order.split_at(test); // the sizes sum to less than n
    let (second, third) = rest.split_at(validation);
    Ok(Split {
        train: third.to_vec(),
        validation: second.to_vec(),
        test: first.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Fractions, split};
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
    fn every_part_that_is_asked_for_has_a_sample() {
        let sizes = |n, validation, test| {
            let fractions = Fractions { validation, test };
            let parts = split(n, fractions, &mut Key::new(1).rng())?;
            Ok((parts.train.len(), parts.validation.len(), parts.test.len()))
        };
        assert_eq!(sizes(3, 0.45, 0.45), Ok((1, 1, 1)));
        assert_eq!(sizes(3, 0.01, 0.98), Ok((1, 1, 1)));
        assert_eq!(sizes(2, 0.0, 0.9), Ok((1, 0, 1)));
        assert_eq!(sizes(1, 0.0, 0.0), Ok((1, 0, 0)));
        let too_few = |samples, parts| Err(EvaluationError::TooFewSamples { samples, parts });
        assert_eq!(sizes(2, 0.1, 0.1), too_few(2, 3));
        assert_eq!(sizes(1, 0.0, 0.1), too_few(1, 2));
        assert_eq!(sizes(0, 0.1, 0.1), Err(EvaluationError::Empty));
    }
}
