//! The judge of `412_cross_entropy`.

use crate::judging::comparison::is;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Judges cross entropy.
#[must_use]
pub fn cross_entropy(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(p, q): &Case| format!("cross_entropy({}, {})", vector(p), vector(q));
    Judge::new(&call)
        .law(
            Law(
                "cross_entropy_is_entropy_plus_divergence",
                say!(
                    "-Σ p ln q, infinite where q excludes what p allows",
                    "-Σ p ln q；q 排除了 p 允许的情形时为无穷大"
                ),
            ),
            &[
                (vec![0.5, 0.5], vec![0.5, 0.5]),
                (vec![0.5, 0.5], vec![0.25, 0.75]),
                (vec![0.0, 1.0], vec![0.0, 1.0]),
                (vec![0.5, 0.5], vec![1.0, 0.0]),
            ],
            &(distribution(3), distribution(3)),
            |(p, q): &Case| {
                let possible = p.iter().zip(q).filter(|(p, _)| **p > 0.0);
                is(
                    answer(p, q),
                    possible.map(|(p, q)| -p * q.ln()).sum(),
                    1e-12,
                )
            },
        )
        .verdict()
}
