//! The judge of `631_rms_prop_step`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::walk::{ends_at, library};
use crate::judging::words::vector;
use gradus_optim::rms_prop;
use gradus_testkit::strategies;

const RATE: f64 = 0.5;
const BETA: f64 = 0.75;

/// Judges steps of `RMSprop`.
#[must_use]
pub fn rms_prop_step(answer: fn(f64, f64, f64, f64, f64) -> (f64, f64)) -> Verdict {
    let call = |g: &Vec<f64>| {
        format!(
            "rms_prop_step: θ = 0, v = 0, rate = {RATE}, β = {BETA}, g = {};",
            vector(g)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "rms_is_adam_without_momentum",
                say!(
                    "v ← β v + (1 - β) g², then θ ← θ - rate · g / (√v + 1e-8)",
                    "v ← β v + (1 - β) g²，再 θ ← θ - rate · g / (√v + 1e-8)"
                ),
            ),
            &[vec![1.0], vec![4.0], vec![1.0, 1.0], vec![1.0, -2.0, 3.0]],
            &strategies::integers(1..6),
            |g: &Vec<f64>| {
                let (mut theta, mut v) = (0.0, 0.0);
                for &g in g.iter().filter(|g| **g != 0.0) {
                    (theta, v) = answer(theta, v, g, RATE, BETA);
                }
                let nonzero: Vec<f64> = g.iter().copied().filter(|g| *g != 0.0).collect();
                let right = library(rms_prop(RATE, BETA), 0.0, &nonzero).unwrap_or(f64::NAN);
                // No step is longer than rate / √(1 - β).
                ends_at(theta, "RMSprop", right, 1e-12, nonzero.len() as f64 + 1.0)
            },
        )
        .verdict()
}
