//! Every point tried, by any number of workers.

use crate::error::SelectError;
use crate::trials::trial::{Found, Trial};
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Tries every point, with several workers at a time, and ranks them.
///
/// `loss` gets the number of the point, from which it derives its randomness (`key.index(number)`), and the point. So a trial depends
/// on its number alone, and the result is the same for any number of workers, whichever ends first. A trial that fails, or whose loss
/// is NaN or infinite, ranks last and is kept with its error: one diverging run does not end the search.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | any number of workers gives the same trials | `workers_change_no_trial` |
/// | the best is the smallest loss | `the_best_trial_has_the_smallest_loss` |
/// | failures and NaN rank last | `failures_and_nan_rank_last` |
///
/// # Errors
///
/// [`SelectError::Empty`] without points, [`SelectError::LengthMismatch`] if they differ in their number of coordinates.
///
/// # Examples
///
/// ```
/// use gradus_select::{Axis, grid, search};
/// use std::num::NonZeroUsize;
///
/// let points = grid(&[Axis::linear(-1.0, 3.0)?.steps(5)?])?;
/// let loss = |_: u32, x: &[f64]| -> Result<f64, String> {
///     if x[0] > 1.5 { Err("diverged".into()) } else { Ok((x[0] - 1.0).powi(2)) }
/// };
/// let found = search(&points, NonZeroUsize::MIN, loss)?;
/// assert_eq!(found.best().map(|trial| trial.point[0]), Some(1.0));
/// assert_eq!(found.failed()[0].outcome, Err("diverged".to_owned()));
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
pub fn search<E: Send>(
    points: &[Vec<f64>],
    workers: NonZeroUsize,
    loss: impl Fn(u32, &[f64]) -> Result<f64, E> + Sync,
) -> Result<Found<E>, SelectError> {
    let first = points.first().ok_or(SelectError::Empty)?;
    let left = first.len();
    if let Some(other) = points.iter().find(|point| point.len() != left) {
        let right = other.len();
        return Err(SelectError::LengthMismatch { left, right });
    }
    let numbered = (0..).zip(points.iter().cloned()).collect();
    Ok(Found::new(tried(numbered, workers, loss)))
}

/// The outcome of every point, in their order.
pub(crate) fn tried<E: Send>(
    points: Vec<(u32, Vec<f64>)>,
    workers: NonZeroUsize,
    loss: impl Fn(u32, &[f64]) -> Result<f64, E> + Sync,
) -> Vec<Trial<E>> {
    // A queue, because trials take different times; who takes which decides nothing.
    let queue = Mutex::new(points.iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut done = Vec::new();
        while let Some((index, point)) = next() {
            done.push((*index, loss(*index, point)));
        }
        done
    };
    let mut outcomes = if workers.get() == 1 {
        work()
    } else {
        let count = workers.get().min(points.len());
        thread::scope(|scope| {
            let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
            // A panic of the caller's function goes on in the caller.
            let join = |thread: thread::ScopedJoinHandle<'_, _>| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            threads.into_iter().flat_map(join).collect::<Vec<_>>()
        })
    };
    outcomes.sort_by_key(|(index, _)| *index);
    let mut points = points;
    points.sort_by_key(|(index, _)| *index);
    let trial = |((index, point), (_, outcome))| Trial {
        index,
        point,
        outcome,
    };
    points.into_iter().zip(outcomes).map(trial).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_of_one_search_are_of_one_length() {
        let zero = |_: u32, _: &[f64]| Ok::<f64, ()>(0.0);
        let (left, right) = (1, 2);
        assert_eq!(
            search(&[vec![1.0], vec![1.0, 2.0]], NonZeroUsize::MIN, zero),
            Err(SelectError::LengthMismatch { left, right })
        );
        assert_eq!(
            search(&[], NonZeroUsize::MIN, zero),
            Err(SelectError::Empty)
        );
    }
}
