//! The judge of `411_entropy`.

use crate::judging::comparison::is;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Judges entropy.
#[must_use]
pub fn entropy(answer: fn(&[f64]) -> f64) -> Verdict {
    type Case = Vec<f64>;
    let call = |p: &Case| format!("entropy({})", vector(p));
    Judge::new(&call)
        .law(
            Law(
                "entropy_lies_between_zero_and_ln_n",
                say!(
                    "-Σ p ln p in nats, and 0 ln 0 = 0",
                    "-Σ p ln p，以奈特为单位，且 0 ln 0 = 0"
                ),
            ),
            &[
                vec![1.0],
                vec![0.5, 0.5],
                vec![1.0, 0.0],
                vec![0.5, 0.25, 0.25],
            ],
            &distribution(4),
            |p: &Case| {
                let right = p.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum();
                is(answer(p), right, 1e-13)
            },
        )
        .verdict()
}
