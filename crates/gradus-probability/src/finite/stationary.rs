//! The stationary distribution of a Markov chain, without a subtraction.

use crate::error::ProbabilityError;
use gradus_numeric::Simplex;

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
    let from: Vec<Vec<bool>> = (0..rows.len()).map(|i| reached(rows, i)).collect();
    // A state is recurrent if every state that can be reached from it leads back.
    let leads_back = |i: usize| (0..rows.len()).all(|j| !from[i][j] || from[j][i]);
    let recurrent: Vec<usize> = (0..rows.len()).filter(|&i| leads_back(i)).collect();
    let first = recurrent[0]; // in a finite chain some state is
    match recurrent.iter().find(|&&second| !from[first][second]) {
        Some(&second) => Err(ProbabilityError::NotUnique { first, second }),
        None => Ok(recurrent),
    }
}

/// Which states can be reached from one, itself included.
fn reached(rows: &[Simplex], start: usize) -> Vec<bool> {
    let mut seen = vec![false; rows.len()];
    let mut waiting = vec![start];
    while let Some(i) = waiting.pop() {
        if !std::mem::replace(&mut seen[i], true) {
            let next = rows[i].as_slice().iter().enumerate();
            waiting.extend(next.filter(|(_, p)| **p > 0.0).map(|(j, _)| j));
        }
    }
    seen
}

/// Weights in proportion to the stationary distribution of a chain all of whose states lead to each other.
///
/// State after state is watched no more: a walker that goes there is seen again where it comes out. The probability of going on,
/// $`1 - P_{kk}`$, is the sum of the others, so nothing cancels.
fn eliminated(mut p: Vec<Vec<f64>>) -> Result<Vec<f64>, ProbabilityError> {
    for k in (1..p.len()).rev() {
        let (above, rest) = p.split_at_mut(k);
        let out = &rest[0][..k];
        let leaves: f64 = out.iter().sum();
        for row in above {
            let times = row[k] / leaves; // visits of k after this state, per step
            row[k] = times;
            row.iter_mut().zip(out).for_each(|(p, q)| *p += times * q);
        }
    }
    let mut weights = vec![1.0];
    for k in 1..p.len() {
        let weight: f64 = (0..k).map(|i| weights[i] * p[i][k]).sum();
        if !weight.is_finite() {
            return Err(ProbabilityError::Overflow);
        }
        weights.push(weight);
        if weight > HUGE {
            // Shares that vanish beside this one are 0.
            for weight in &mut weights {
                *weight /= HUGE;
            }
        }
    }
    Ok(weights)
}

/// $`2^{500}`$: so much may a weight grow before all are made smaller, and the next one still does not overflow.
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
