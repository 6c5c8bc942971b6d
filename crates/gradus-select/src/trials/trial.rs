//! Points that were tried, from best to worst.

use std::cmp::Ordering;

/// A point that was tried, and its loss or what went wrong.
///
/// # Examples
///
/// ```
/// use gradus_select::Trial;
///
/// let diverged: Trial<String> = Trial { index: 3, point: vec![10.0], outcome: Ok(f64::NAN) };
/// assert_eq!(diverged.loss(), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Trial<E> {
    /// Its number, in the order of the points.
    pub index: u32,
    /// The point.
    pub point: Vec<f64>,
    /// Its loss as it came, or the error of the caller's function.
    pub outcome: Result<f64, E>,
}

impl<E> Trial<E> {
    /// The loss, if it is a finite number.
    #[must_use]
    pub fn loss(&self) -> Option<f64> {
        self.outcome
            .as_ref()
            .ok()
            .copied()
            .filter(|loss| loss.is_finite())
    }

    /// The smaller loss first; what failed, or is NaN or infinite, last; the smaller index first among equals.
    pub(crate) fn rank(&self, other: &Self) -> Ordering {
        let by_loss = match (self.loss(), other.loss()) {
            (Some(a), Some(b)) => (a + 0.0).total_cmp(&(b + 0.0)), // −0 is 0
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_loss.then(self.index.cmp(&other.index))
    }
}

/// All trials of a search, from best to worst.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | losses rise; failures, NaN and infinities come last, in the order of the points | `failures_and_nan_rank_last` |
///
/// # Examples
///
/// See [`search`](crate::search).
#[derive(Clone, Debug, PartialEq)]
pub struct Found<E> {
    trials: Vec<Trial<E>>,
}

impl<E> Found<E> {
    pub(crate) fn new(mut trials: Vec<Trial<E>>) -> Self {
        trials.sort_by(Trial::rank);
        Self { trials }
    }

    /// All trials, from best to worst.
    #[must_use]
    pub fn trials(&self) -> &[Trial<E>] {
        &self.trials
    }

    /// The trial of smallest loss; `None` if none has a finite one.
    #[must_use]
    pub fn best(&self) -> Option<&Trial<E>> {
        self.trials.first().filter(|trial| trial.loss().is_some())
    }

    /// The trials without a finite loss.
    #[must_use]
    pub fn failed(&self) -> &[Trial<E>] {
        let fine = self.trials.partition_point(|trial| trial.loss().is_some());
        &self.trials[fine..] // at most all of them
    }
}
