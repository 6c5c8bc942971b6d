//! The judge of `351_chi_squared`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_numeric::Simplex;
use gradus_probability::{ProbabilityError, chi_squared_test};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Counts and probabilities, to a statistic.
pub type ChiSquared = fn(&[u32], &[f64]) -> f64;

/// Judges Pearson's statistic.
#[must_use]
pub fn chi_squared(answer: ChiSquared) -> Verdict {
    type Case = (Vec<u32>, Vec<f64>);
    let call = |(counts, p): &Case| format!("chi_squared({counts:?}, {})", vector(p));
    let more = (2..5_usize).prop_flat_map(|n| {
        let p = vec(1..5_u32, n).prop_map(|weights| {
            let total: u32 = weights.iter().sum();
            let share = |w: &u32| f64::from(*w) / f64::from(total);
            weights.iter().map(share).collect()
        });
        (vec(0..9_u32, n), p)
    });
    Judge::new(&call)
        .law(
            Law(
                "the_mean_of_chi_squared_is_its_freedom",
                say!(
                    "the sum of (seen - expected)² / expected",
                    "(观测 - 期望)² / 期望 之和"
                ),
            ),
            &[
                (vec![1, 1], vec![0.5, 0.5]),
                (vec![2, 0], vec![0.5, 0.5]),
                (vec![3, 1], vec![0.5, 0.5]),
                (vec![3, 1], vec![0.25, 0.75]),
                (vec![4, 2, 2], vec![0.25, 0.25, 0.5]),
            ],
            &more,
            |(counts, p): &Case| match statistic(counts, p) {
                Ok(right) if p.iter().all(|p| *p > 0.0) => is(answer(counts, p), right, 1e-11),
                _ => Ok(()), // no throw
            },
        )
        .verdict()
}

/// The library's statistic.
fn statistic(counts: &[u32], p: &[f64]) -> Result<f64, ProbabilityError> {
    let counts: Vec<u64> = counts.iter().map(|k| u64::from(*k)).collect();
    Ok(chi_squared_test(&counts, &Simplex::new(p.to_vec())?)?.statistic)
}
