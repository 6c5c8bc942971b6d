//! Hyperband: several races, from many beginners to few.

use crate::error::SelectError;
use crate::racing::halving::{Race, race};
use crate::space::{Axis, random};
use gradus_random::Key;
use std::num::NonZeroUsize;

/// How many points go into each rung of each race, and their budget.
///
/// ```math
/// n_s = \Bigl\lceil \frac{s_{\max} + 1}{s + 1}\, \eta^s \Bigr\rceil, \qquad
/// \bigl(\lfloor n_s / \eta^i \rfloor, \; R / \eta^{s - i}\bigr), \quad i = 0, \dots, s, \qquad s = s_{\max}, \dots, 0
/// ```
///
/// where $`R`$ is the largest budget and $`s_{\max} = \lfloor \log_\eta R \rfloor`$. The first race begins with many points of the smallest
/// budget, the last one gives the whole budget to a few.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every race takes at most $`(s_{\max} + 1) R`$ and the rounding up of its points | `brackets_share_the_work` |
///
/// # Numerics
///
/// $`s_{\max}`$ is counted in whole numbers: $`\ln 243 / \ln 3`$ is below 5 in floating point, and would lose a race. Budgets that are no
/// whole numbers are rounded down.
///
/// # Errors
///
/// [`SelectError::NotAHalving`] for a factor below 2 or a budget of 0.
///
/// # Examples
///
/// ```
/// use gradus_select::brackets;
///
/// assert_eq!(brackets(9, 3)?, [vec![(9, 1), (3, 3), (1, 9)], vec![(5, 3), (1, 9)], vec![(3, 9)]]);
/// assert_eq!(brackets(243, 3)?.len(), 6);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// L. Li, K. Jamieson, G. DeSalvo, A. Rostamizadeh and A. Talwalkar, *Hyperband: a novel bandit-based approach to hyperparameter
/// optimization*, JMLR 18 (2018), article 185, algorithm 1.
pub fn brackets(largest: u32, factor: u32) -> Result<Vec<Vec<(u32, u32)>>, SelectError> {
    if factor < 2 || largest == 0 {
        let (first, last) = (1, largest);
        return Err(SelectError::NotAHalving {
            factor,
            first,
            last,
        });
    }
    let powers: Vec<u32> = std::iter::successors(Some(1_u32), |power| {
        power.checked_mul(factor).filter(|&p| p <= largest)
    })
    .collect();
    let races = powers.len() as u64; // s_max + 1
    let bracket = |s: usize| {
        let points = (races * u64::from(powers[s])).div_ceil(s as u64 + 1);
        let rung = |i: usize| {
            let survivors = points / u64::from(powers[i]); // i ≤ s
            (
                u32::try_from(survivors).unwrap_or(u32::MAX),
                largest / powers[s - i],
            )
        };
        (0..=s).map(rung).collect()
    };
    Ok((0..powers.len()).rev().map(bracket).collect())
}

/// Several races of random points, from many with little work each to few with much.
///
/// No one knows beforehand how early a bad setting shows. [`halve`](crate::halve) must be told; Hyperband runs a race for every answer, and
/// takes at most $`s_{\max} + 1`$ times the work of the best of them. Points are numbered through all races; `loss` gets the number, the
/// point and the budget.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the races are those of [`brackets`], of different points | `hyperband_runs_its_brackets` |
/// | any number of workers gives the same races | `workers_change_no_race` |
///
/// # Errors
///
/// As [`brackets`] and [`random`](crate::random).
///
/// # Examples
///
/// ```
/// use gradus_select::{Axis, Key, hyperband};
/// use std::num::NonZeroUsize;
///
/// let loss = |_: u32, x: &[f64], budget: u32| Ok::<_, String>(x[0] + 1.0 / f64::from(budget));
/// let races = hyperband(&[Axis::linear(0.0, 1.0)?], 9, 3, Key::new(1), NonZeroUsize::MIN, loss)?;
/// let best = races.iter().filter_map(|race| race.best()?.loss()).fold(f64::INFINITY, f64::min);
/// assert!(best < 0.3); // 17 points
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar (2018).
pub fn hyperband<E: Send>(
    axes: &[Axis],
    largest: u32,
    factor: u32,
    key: Key,
    workers: NonZeroUsize,
    loss: impl Fn(u32, &[f64], u32) -> Result<f64, E> + Sync,
) -> Result<Vec<Race<E>>, SelectError> {
    let brackets = brackets(largest, factor)?;
    let entries: Vec<u32> = brackets.iter().map(|rungs| rungs[0].0).collect(); // none is empty
    let total = entries.iter().try_fold(0_u32, |sum, &n| sum.checked_add(n));
    let mut points = (0..).zip(random(axes, total.unwrap_or(u32::MAX), key)?);
    let races = brackets.iter().zip(entries);
    Ok(races
        .map(|(rungs, entries)| {
            let field = points.by_ref().take(entries as usize).collect();
            race(field, rungs, workers, &loss)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brackets_of_the_paper() {
        let table = brackets(81, 3).unwrap();
        assert_eq!(table[0], [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)]);
        assert_eq!(table[1], [(34, 3), (11, 9), (3, 27), (1, 81)]);
        assert_eq!(table[2], [(15, 9), (5, 27), (1, 81)]);
        assert_eq!(table[3], [(8, 27), (2, 81)]);
        assert_eq!(table[4], [(5, 81)]);
    }

    #[test]
    fn budgets_are_whole() {
        assert_eq!(brackets(10, 3).unwrap()[0], [(9, 1), (3, 3), (1, 10)]);
        assert_eq!(brackets(1, 2).unwrap(), [[(1, 1)]]);
        assert!(brackets(0, 3).is_err() && brackets(9, 1).is_err());
    }
}
