//! The judge of `632_adam_w_step`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::walk::{ends_at, library};
use crate::judging::words::vector;
use gradus_optim::adam_w;
use gradus_testkit::strategies;

/// θ, (m, v), g, t, the rate and the decay, to the new θ, m and v.
pub type AdamWStep = fn(f64, (f64, f64), f64, i32, f64, f64) -> (f64, f64, f64);

const RATE: f64 = 0.125;
const DECAY: f64 = 0.25;

/// Judges steps of Adam with decoupled weight decay.
#[must_use]
pub fn adam_w_step(answer: AdamWStep) -> Verdict {
    let call = |g: &Vec<f64>| {
        format!(
            "adam_w_step: θ = 2, rate = {RATE}, λ = {DECAY}, g = {};",
            vector(g)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "l2_in_adam_is_not_decay",
                say!(
                    "Adam's step from g alone, and rate · λ · θ beside it",
                    "只由 g 得到的 Adam 步，另外再减去 rate · λ · θ"
                ),
            ),
            &[vec![0.0], vec![1.0], vec![1.0, 1.0], vec![1.0, -1.0, 0.0]],
            &strategies::integers(1..6),
            |g: &Vec<f64>| {
                let (mut theta, mut m, mut v) = (2.0, 0.0, 0.0);
                for (&g, t) in g.iter().zip(1..) {
                    (theta, m, v) = answer(theta, (m, v), g, t, RATE, DECAY);
                }
                let right = library(adam_w(RATE, DECAY), 2.0, g).unwrap_or(f64::NAN);
                ends_at(theta, "AdamW", right, 1e-12, 2.0 + g.len() as f64)
            },
        )
        .verdict()
}
