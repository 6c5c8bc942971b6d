//! The judge of `421_kl_divergence`.

use crate::judging::comparison::is;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Judges kl divergence.
#[must_use]
pub fn kl_divergence(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(p, q): &Case| format!("kl_divergence({}, {})", vector(p), vector(q));
    Judge::new(&call)
        .law(
            Law(
                "kl_is_non_negative",
                say!(
                    "Σ p ln (p / q): zero for p = q, infinite where q excludes what p allows",
                    "Σ p ln (p / q)：p = q 时为零；q 排除了 p 允许的情形时为无穷大"
                ),
            ),
            &[
                (vec![0.5, 0.5], vec![0.5, 0.5]),
                (vec![0.5, 0.5], vec![0.25, 0.75]),
                (vec![1.0, 0.0], vec![0.5, 0.5]),
                (vec![0.5, 0.5], vec![1.0, 0.0]),
            ],
            &(distribution(3), distribution(3)),
            |(p, q): &Case| {
                let right = p
                    .iter()
                    .zip(q)
                    .filter(|(p, _)| **p > 0.0)
                    .map(|(p, q)| p * (p / q).ln())
                    .sum();
                is(answer(p, q), right, 1e-12)
            },
        )
        .verdict()
}
