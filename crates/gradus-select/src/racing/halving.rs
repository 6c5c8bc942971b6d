//! Successive halving: the better part goes on with more work.

use crate::error::SelectError;
use crate::trials::{Found, Trial, tried};
use std::num::NonZeroUsize;

/// How fast the field shrinks, and how the work for each grows.
///
/// # Examples
///
/// ```
/// use gradus_select::Halving;
///
/// let plan = Halving { factor: 3, first: 1, last: 9 };
/// assert_eq!(plan.rungs(9)?, [(9, 1), (3, 3), (1, 9)]);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halving {
    /// One of so many goes on, with so many times the budget.
    pub factor: u32,
    /// The budget of every point at first: epochs, samples.
    pub first: u32,
    /// The largest budget.
    pub last: u32,
}

impl Halving {
    /// How many points go into each rung, and their budget: $`(\lfloor n / \eta^k \rfloor, \; b\, \eta^k)`$ until one point or the largest
    /// budget is reached.
    ///
    /// # Errors
    ///
    /// [`SelectError::NotAHalving`] unless the factor is at least 2 and $`1 \le \text{first} \le \text{last}`$; [`SelectError::Empty`]
    /// without points.
    pub fn rungs(&self, points: u32) -> Result<Vec<(u32, u32)>, SelectError> {
        let Self {
            factor,
            first,
            last,
        } = *self;
        if factor < 2 || first == 0 || first > last {
            return Err(SelectError::NotAHalving {
                factor,
                first,
                last,
            });
        }
        if points == 0 {
            return Err(SelectError::Empty);
        }
        let mut rungs = vec![(points, first)];
        let (mut survivors, mut budget) = (points / factor, first.saturating_mul(factor));
        while survivors >= 1 && budget <= last && budget > first {
            rungs.push((survivors, budget));
            if budget > last / factor {
                break;
            }
            (survivors, budget) = (survivors / factor, budget * factor);
        }
        Ok(rungs)
    }
}

/// All that went into one rung, from best to worst.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung<E> {
    /// The budget of each.
    pub budget: u32,
    /// The trials with this budget.
    pub found: Found<E>,
}

/// The rungs of a race, from the first to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Race<E> {
    rungs: Vec<Rung<E>>,
}

impl<E> Race<E> {
    /// The rungs, from the smallest budget to the largest.
    #[must_use]
    pub fn rungs(&self) -> &[Rung<E>] {
        &self.rungs
    }

    /// The best of the last rung; `None` if none there has a finite loss.
    #[must_use]
    pub fn best(&self) -> Option<&Trial<E>> {
        self.rungs.last()?.found.best()
    }

    /// The work of all trials together.
    #[must_use]
    pub fn work(&self) -> u64 {
        let of = |rung: &Rung<E>| rung.found.trials().len() as u64 * u64::from(rung.budget);
        self.rungs.iter().map(of).sum()
    }
}

/// Tries all points with a small budget, the better part of them with a larger one, and so on.
///
/// ```math
/// n_k = \lfloor n / \eta^k \rfloor, \qquad b_k = b_0\, \eta^k
/// ```
///
/// All rungs take about the same work. It is right to drop what does badly early if the order at small budgets foretells that at large ones;
/// [`hyperband`](crate::hyperband) hedges against the case that it does not. `loss` gets the number of the point, the point and the budget.
/// Rungs are compared when they are complete, so that the order in which workers finish decides nothing.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lfloor n / \eta \rfloor`$ survive, and they are the best | `the_better_part_survives` |
/// | the work is as planned | `halving_works_as_planned` |
/// | any number of workers gives the same race | `workers_change_no_race` |
///
/// # Errors
///
/// As [`Halving::rungs`]; [`SelectError::LengthMismatch`] if the points differ in their number of coordinates.
///
/// # Examples
///
/// ```
/// use gradus_select::{Halving, halve};
/// use std::num::NonZeroUsize;
///
/// // The loss falls with the budget towards that of the point.
/// let loss = |_: u32, x: &[f64], budget: u32| Ok::<_, String>(x[0].abs() + 1.0 / f64::from(budget));
/// let points = (0..9).map(|i| vec![f64::from(i) - 3.0]).collect();
/// let race = halve(points, Halving { factor: 3, first: 1, last: 9 }, NonZeroUsize::MIN, loss)?;
/// assert_eq!(race.best().map(|trial| trial.point[0]), Some(0.0));
/// assert_eq!(race.work(), 27);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// Z. Karnin, T. Koren and O. Somekh, *Almost optimal exploration in multi-armed bandits*, ICML 2013; K. Jamieson and A. Talwalkar,
/// *Non-stochastic best arm identification and hyperparameter optimization*, AISTATS 2016.
#[doc(alias = "successive halving")]
pub fn halve<E: Send>(
    points: Vec<Vec<f64>>,
    plan: Halving,
    workers: NonZeroUsize,
    loss: impl Fn(u32, &[f64], u32) -> Result<f64, E> + Sync,
) -> Result<Race<E>, SelectError> {
    let count = u32::try_from(points.len()).unwrap_or(u32::MAX);
    let sizes = plan.rungs(count)?;
    check_one_length(&points)?;
    let numbered = (0..count).zip(points).collect();
    Ok(race(numbered, &sizes, workers, &loss))
}

/// The race of these points; every rung has at most as many points as the one before.
pub(super) fn race<E: Send>(
    points: Vec<(u32, Vec<f64>)>,
    sizes: &[(u32, u32)],
    workers: NonZeroUsize,
    loss: &(impl Fn(u32, &[f64], u32) -> Result<f64, E> + Sync),
) -> Race<E> {
    let mut field = points;
    let mut rungs = Vec::new();
    for &(survivors, budget) in sizes {
        field.truncate(survivors as usize);
        let at_budget = |index: u32, point: &[f64]| loss(index, point, budget);
        let found = Found::new(tried(field, workers, at_budget));
        let best_first = found.trials().iter();
        field = best_first
            .map(|trial| (trial.index, trial.point.clone()))
            .collect();
        rungs.push(Rung { budget, found });
    }
    Race { rungs }
}

fn check_one_length(points: &[Vec<f64>]) -> Result<(), SelectError> {
    let left = points.first().map_or(0, Vec::len);
    match points.iter().find(|point| point.len() != left) {
        None => Ok(()),
        Some(other) => Err(SelectError::LengthMismatch {
            left,
            right: other.len(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_checked() {
        let plan = |factor, first, last| {
            Halving {
                factor,
                first,
                last,
            }
            .rungs(10)
        };
        let (factor, first, last) = (1, 1, 9);
        let refused = Err(SelectError::NotAHalving {
            factor,
            first,
            last,
        });
        assert_eq!(plan(1, 1, 9), refused);
        assert!(plan(2, 0, 9).is_err() && plan(2, 9, 8).is_err());
        assert_eq!(plan(2, 1, 3), Ok(vec![(10, 1), (5, 2)]));
        assert_eq!(plan(u32::MAX, 1, u32::MAX), Ok(vec![(10, 1)]));
        assert_eq!(plan(2, 5, 5), Ok(vec![(10, 5)]));
    }
}
