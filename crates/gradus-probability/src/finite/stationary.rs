//! The stationary distribution of a Markov chain, without a subtraction.

use crate::error::ProbabilityError;
use gradus_numeric::Simplex;
use std::iter::zip;

/// The only solution of $`\pi P = \pi`$, or an error that names two states of parts that are never left.
pub(super) fn stationary(rows: &[Simplex]) -> Result<Simplex, ProbabilityError> {
    let part = closed_part(rows)?;
    let inside = |&i: &usize| part.iter().map(|&j| rows[i].as_slice()[j]).collect();
    let weights = eliminated(part.iter().map(inside).collect())?;
    let mut pi = vec![0.0; rows.len()];
    for (&i, weight) in part.iter().zip(weights) {
        pi[i] = weight; // a part of the states
    }
    Ok(Simplex::from_weights(&pi)?)
}

/// The states that every walker comes to in the end, in their order.
fn closed_part(rows: &[Simplex]) -> Result<Vec<usize>, ProbabilityError> {
    let (end, leading) = end_from(rows, 0);
    match leading.iter().position(|leads| !leads) {
        // Its walkers end elsewhere.
        Some(other) => {
            let mut ends = [end[0], end_from(rows, other).0[0]];
            ends.sort_unstable();
            let [first, second] = ends;
            Err(ProbabilityError::NotUnique { first, second })
        }
        None => Ok(end),
    }
}

/// The states of a part that a walker from `start` may come to and never leaves, and which states lead there.
fn end_from(rows: &[Simplex], mut start: usize) -> (Vec<usize>, Vec<bool>) {
    let leads = |i: usize, j: usize| rows[i].as_slice()[j] > 0.0;
    loop {
        let there = reached(rows.len(), start, leads);
        let back = reached(rows.len(), start, |i, j| leads(j, i));
        let inside: Vec<usize> = (0..rows.len()).filter(|&i| there[i]).collect();
        // From a state that does not lead back, fewer states can be reached: the search ends.
        match inside.iter().rev().find(|&&i| !back[i]) {
            Some(&i) => start = i,
            None => return (inside, back),
        }
    }
}

/// Which of n states can be reached from one, itself included.
fn reached(n: usize, start: usize, leads: impl Fn(usize, usize) -> bool) -> Vec<bool> {
    let (mut seen, mut waiting) = (vec![false; n], vec![start]);
    while let Some(i) = waiting.pop() {
        if !std::mem::replace(&mut seen[i], true) {
            waiting.extend((0..n).filter(|&j| !seen[j] && leads(i, j)));
        }
    }
    seen
}

/// Weights in proportion to the stationary distribution of a chain all of whose states lead to each other.
///
/// State after state is watched no more: a walker that goes there is seen again where it comes out. The probability of going on,
/// $`1 - P_{kk}`$, is the sum of the others, so nothing cancels.
fn eliminated(mut p: Vec<Vec<f64>>) -> Result<Vec<f64>, ProbabilityError> {
    let mut leaves = vec![1.0; p.len()]; // how probable it is to leave k for a state before
    for k in (1..p.len()).rev() {
        let (above, rest) = p.split_at_mut(k);
        leaves[k] = rest[0][..k].iter().sum();
        if leaves[k] == 0.0 {
            return Err(ProbabilityError::Overflow); // ways there are, but of a probability that underflowed
        }
        // Where a walker comes out: quotients of at most 1, while visits of k may be more than numbers tell.
        let out: Vec<f64> = rest[0][..k].iter().map(|q| q / leaves[k]).collect();
        for row in above.iter_mut().filter(|row| row[k] > 0.0) {
            let enters = row[k];
            zip(row, &out).for_each(|(p, share)| *p += enters * share);
        }
    }
    let mut weights = vec![1.0];
    for k in 1..p.len() {
        let visits = |i: usize, weight: f64| scaled(weight, p[i][k], leaves[k]);
        let weight = |weights: &[f64]| (0..k).map(|i| visits(i, weights[i])).sum::<f64>();
        while weight(&weights) > HUGE {
            // Shares that vanish beside this one are 0.
            for weight in &mut weights {
                *weight /= HUGE;
            }
        }
        weights.push(weight(&weights));
    }
    Ok(weights)
}

/// $`x y / z`$ for positive numbers: on the way nothing leaves the range unless the result does, or is beyond $`10^{290}`$.
pub(super) fn scaled(x: f64, y: f64, z: f64) -> f64 {
    f64::min(x, y) / z * f64::max(x, y)
}

/// $`2^{500}`$: so much may a weight grow before all others are made smaller.
const HUGE: f64 = 3.273_390_607_896_142e150;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_walk_uphill_does_not_overflow() {
        // From each of 400 states up with 0.9 and down with 0.1: a share is 9 times that of the state below.
        let n = 400;
        let row = |i: usize| {
            let mut row = vec![0.0; n];
            row[(i + 1).min(n - 1)] += 0.9;
            row[i.saturating_sub(1)] += 0.1;
            Simplex::new(row).unwrap()
        };
        let pi = stationary(&(0..n).map(row).collect::<Vec<_>>()).unwrap();
        let pi = pi.as_slice();
        assert!((pi[n - 1] - 8.0 / 9.0).abs() < 1e-15);
        assert!((pi[n - 100] / pi[n - 101] - 9.0).abs() < 1e-13);
        assert_eq!(pi[0], 0.0); // 9⁻³⁹⁹
    }
}
