//! The judge of `622_nesterov_step`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::walk::{ends_at, library};
use crate::judging::words::vector;
use gradus_optim::nesterov;
use gradus_testkit::strategies;

const RATE: f64 = 0.5;
const MU: f64 = 0.5;

/// Judges steps of Nesterov's method.
#[must_use]
pub fn nesterov_step(answer: fn(f64, f64, f64, f64, f64) -> (f64, f64)) -> Verdict {
    let call = |g: &Vec<f64>| {
        format!(
            "nesterov_step: θ = 0, v = 0, rate = {RATE}, μ = {MU}, g = {};",
            vector(g)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "nesterov_looks_ahead",
                say!(
                    "v ← μ v + g, then θ ← θ - rate · (g + μ v)",
                    "v ← μ v + g，再 θ ← θ - rate · (g + μ v)"
                ),
            ),
            &[vec![1.0], vec![1.0, 0.0], vec![1.0, 1.0]],
            &strategies::integers(1..6),
            |g: &Vec<f64>| {
                let (mut theta, mut v) = (0.0, 0.0);
                for &g in g {
                    (theta, v) = answer(theta, v, g, RATE, MU);
                }
                let right = library(nesterov(RATE, MU), 0.0, g).unwrap_or(f64::NAN);
                let size: f64 = g.iter().map(|g| g.abs()).sum();
                ends_at(theta, "Nesterov", right, 1e-13, 2.0 * size + 1.0)
            },
        )
        .verdict()
}
