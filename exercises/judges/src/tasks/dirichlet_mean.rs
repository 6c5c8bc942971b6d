//! The judge of `339_dirichlet_mean`.

use crate::judging::comparison::are;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_probability::{ConjugatePrior, Dirichlet, ProbabilityError};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Concentrations and counts, to probabilities.
pub type DirichletMean = fn(&[f64], &[u32]) -> Vec<f64>;

/// Judges the prediction of the next outcome.
#[must_use]
pub fn dirichlet_mean(answer: DirichletMean) -> Verdict {
    type Case = (Vec<f64>, Vec<u32>);
    let call = |(a, counts): &Case| format!("dirichlet_mean({}, {counts:?})", vector(a));
    let more = (1..5_usize).prop_flat_map(|n| {
        let halves = (1..9_i32).prop_map(|halves| 0.5 * f64::from(halves));
        (vec(halves, n), vec(0..9_u32, n))
    });
    Judge::new(&call)
        .law(
            Law(
                "conjugate_posteriors_are_prior_times_likelihood",
                say!(
                    "concentration plus count, divided by the sum of all of them",
                    "参数加计数，再除以它们的总和"
                ),
            ),
            &[
                (vec![1.0, 1.0], vec![0, 0]),
                (vec![3.0, 1.0], vec![0, 0]),
                (vec![1.0, 1.0], vec![1, 0]),
                (vec![0.5, 0.5], vec![1, 0]),
                (vec![1.0, 1.0, 1.0], vec![3, 1, 0]),
            ],
            &more,
            |(a, counts): &Case| match mean(a, counts) {
                Ok(right) if a.len() == counts.len() => are(&answer(a, counts), &right, 1e-12),
                _ => Ok(()), // no law
            },
        )
        .verdict()
}

/// The mean of the library's posterior.
fn mean(concentrations: &[f64], counts: &[u32]) -> Result<Vec<f64>, ProbabilityError> {
    let seen: Vec<usize> = counts
        .iter()
        .enumerate()
        .flat_map(|(i, n)| (0..*n).map(move |_| i))
        .collect();
    let after = Dirichlet::new(concentrations.to_vec())?.posterior(&seen)?;
    Ok(after.mean()?.as_slice().to_vec())
}
