//! What goes wrong in `605_adam_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, adam_step as judge};

#[path = "../../answers/605_adam_step.rs"]
mod answer;
#[path = "../../tasks/605_adam_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::adam_step), Verdict::ToDo);
    solved(&judge(answer::adam_step));
}

/// Moves one parameter along what `update` makes of m and v.
fn step(
    (theta, m, v): (&mut [f64], &mut [f64], &mut [f64]),
    g: &[f64],
    rate: f64,
    update: impl Fn(f64, f64) -> f64,
) {
    m[0] = 0.9 * m[0] + 0.1 * g[0];
    v[0] = 0.999 * v[0] + 0.001 * g[0] * g[0];
    theta[0] -= rate * update(m[0], v[0]);
}

/// m and v start at zero, and nothing makes up for it.
#[test]
fn without_correction() {
    told(
        &judge(|theta, m, v, g, _, rate| {
            step((theta, m, v), g, rate, |m, v| m / (v.sqrt() + 1e-8));
        }),
        "Not yet. adam_step: θ = 0, rate = 0.1, g = [1]; θ ends at -0.316228; Adam ends at -0.1.",
        "还不对。adam_step: θ = 0, rate = 0.1, g = [1]; θ 最后是 -0.316228；Adam 应到 -0.1。",
    );
}

#[test]
fn epsilon_under_the_root() {
    told(
        &judge(|theta, m, v, g, t, rate| {
            let (c1, c2) = (1.0 - 0.9_f64.powi(t), 1.0 - 0.999_f64.powi(t));
            step((theta, m, v), g, rate, |m, v| {
                m / c1 / (v / c2 + 1e-8).sqrt()
            });
        }),
        "Not yet. adam_step: θ = 0, rate = 0.1, g = [0.0001]; θ ends at -0.070711; Adam ends at -0.09999.",
        "还不对。adam_step: θ = 0, rate = 0.1, g = [0.0001]; θ 最后是 -0.070711；Adam 应到 -0.09999。",
    );
}

/// Corrected by the first step's factor in every step.
#[test]
fn the_correction_stands_still() {
    told(
        &judge(|theta, m, v, g, _, rate| {
            step((theta, m, v), g, rate, |m, v| {
                m / 0.1 / ((v / 0.001).sqrt() + 1e-8)
            });
        }),
        "Not yet. adam_step: θ = 0, rate = 0.1, g = [1, 1]; θ ends at -0.234384; Adam ends at -0.2.",
        "还不对。adam_step: θ = 0, rate = 0.1, g = [1, 1]; θ 最后是 -0.234384；Adam 应到 -0.2。",
    );
}

/// Steps counted from 0: a division by zero.
#[test]
fn steps_counted_from_zero() {
    told(
        &judge(|theta, m, v, g, t, rate| {
            let (c1, c2) = (1.0 - 0.9_f64.powi(t - 1), 1.0 - 0.999_f64.powi(t - 1));
            step((theta, m, v), g, rate, |m, v| {
                m / c1 / ((v / c2).sqrt() + 1e-8)
            });
        }),
        "Not yet. adam_step: θ = 0, rate = 0.1, g = [1]; θ ends at NaN; Adam ends at -0.1.",
        "还不对。adam_step: θ = 0, rate = 0.1, g = [1]; θ 最后是 NaN；Adam 应到 -0.1。",
    );
}
