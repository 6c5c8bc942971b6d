//! The judge of `681_backtracking`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// An objective along a line, its slope at 0 and c, to a length.
pub type Backtracking = fn(&dyn Fn(f64) -> f64, f64, f64) -> f64;

/// Judges a backtracking line search on parabolas, where the condition is exact.
#[must_use]
pub fn backtracking(answer: Backtracking) -> Verdict {
    type Case = (f64, f64);
    let call = |&(k, c): &Case| {
        let [k, c] = [k, c].map(number);
        format!("backtracking(½ k (1 - k t)², -k², {c}), k = {k},")
    };
    let k = (1..64).prop_map(|quarters| 0.25 * f64::from(quarters));
    let c = (1..8).prop_map(|eighths| 0.125 * f64::from(eighths));
    Judge::new(&call)
        .law(
            Law(
                "line_searches_keep_their_conditions",
                say!(
                    "the first of 1, ½, ¼, … with φ(t) ≤ φ(0) + c t φ′(0)",
                    "1、½、¼、… 中第一个满足 φ(t) ≤ φ(0) + c t φ′(0) 的 t"
                ),
            ),
            &[(1.0, 0.25), (4.0, 0.25), (1.75, 0.25), (3.0, 0.5)],
            &(k, c),
            |&(k, c): &Case| {
                if !(k > 0.0 && c > 0.0 && c < 1.0) {
                    return Ok(()); // not downhill, or no condition
                }
                let phi = |t: f64| 0.5 * k * (1.0 - k * t) * (1.0 - k * t);
                // On this parabola the condition is t ≤ 2 (1 - c) / k.
                let powers = (0..60).map(|halvings| 0.5_f64.powi(halvings));
                let right = powers.into_iter().find(|t| t * k <= 2.0 * (1.0 - c));
                is_within(answer(&phi, -k * k, c), right.unwrap_or(f64::NAN), 0.0)
            },
        )
        .verdict()
}
