//! The judge of `605_adam_step`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::walk::{ends_at, library};
use crate::judging::words::vector;
use gradus_optim::adam;
use gradus_testkit::strategies;
use proptest::strategy::Strategy;

/// θ, m, v, g, t (from 1) and the learning rate.
pub type AdamStep = fn(&mut [f64], &mut [f64], &mut [f64], &[f64], i32, f64);

const RATE: f64 = 0.1;

/// Judges one step of Adam with $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$ and $`\varepsilon = 10^{-8}`$.
#[must_use]
pub fn adam_step(answer: AdamStep) -> Verdict {
    let call = |g: &Vec<f64>| format!("adam_step: θ = 0, rate = {RATE}, g = {};", vector(g));
    let walk = |gradients: &[f64]| {
        let (mut theta, mut m, mut v) = ([0.0], [0.0], [0.0]);
        for (&g, t) in gradients.iter().zip(1..) {
            answer(&mut theta, &mut m, &mut v, &[g], t, RATE);
        }
        theta[0]
    };
    let against = |gradients: &[f64], right: f64, tolerance: f64| {
        let scale = RATE * gradients.len() as f64;
        ends_at(walk(gradients), "Adam", right, tolerance, scale)
    };
    // Loose, so that the case that shows the mistake shows it in digits that one sees.
    let sign = |g: &Vec<f64>| match g.first() {
        Some(&g) => against(&[g], -RATE * g / (g.abs() + 1e-8), 1e-6),
        None => Ok(()),
    };
    let library = |g: &Vec<f64>| {
        let right = library(adam(RATE), 0.0, g).unwrap_or(f64::NAN);
        against(g, right, 1e-12)
    };
    let one = (-3.0..3.0).prop_map(|g: f64| vec![g * g * g]);
    Judge::new(&call)
        .law(
            Law(
                "the_first_adam_step_is_the_sign",
                say!(
                    "the first step is -rate · g / (|g| + ε): the size of g hardly matters",
                    "第一步是 -rate · g / (|g| + ε)：g 的大小几乎不起作用"
                ),
            ),
            &[1.0, -1.0, 1000.0, 1e-4].map(|g| vec![g]),
            &one,
            sign,
        )
        .law(
            Law(
                "adam_is_algorithm_1",
                say!(
                    "m and v are averages, m̂ and v̂ are corrected by 1 - βᵗ, t counts from 1",
                    "m 与 v 是滑动平均，m̂ 与 v̂ 除以 1 - βᵗ 修正，t 从 1 数起"
                ),
            ),
            &[vec![1.0, 1.0], vec![1.0, -1.0], vec![1.0, 0.0, 0.0]],
            &strategies::vector(1..8),
            library,
        )
        .verdict()
}
