//! The judge of `311_posterior`.

use crate::judging::comparison::are;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges posterior.
#[must_use]
pub fn posterior(answer: fn(&[f64], &[f64]) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(prior, likelihood): &Case| {
        format!("posterior({}, {})", vector(prior), vector(likelihood))
    };
    Judge::new(&call)
        .law(
            Law(
                "bayes_rule_reverses_conditioning",
                say!(
                    "the posterior is prior times likelihood, divided by the sum of these",
                    "后验等于先验乘以似然，再除以它们的和"
                ),
            ),
            &[
                (vec![1.0], vec![0.5]),
                (vec![0.5, 0.5], vec![0.9, 0.3]),
                (vec![0.25, 0.75], vec![1.0, 1.0]),
            ],
            &(2..5_usize).prop_flat_map(|n| (distribution(n), vec(0.1..1.0, n))),
            |(prior, likelihood): &Case| {
                if prior.len() != likelihood.len() || prior.is_empty() {
                    return Ok(()); // not asked for
                }
                let joint: Vec<f64> = prior.iter().zip(likelihood).map(|(p, l)| p * l).collect();
                let evidence: f64 = joint.iter().sum();
                let right: Vec<f64> = joint.iter().map(|j| j / evidence).collect();
                are(&answer(prior, likelihood), &right, 1e-12)
            },
        )
        .verdict()
}
