//! What goes wrong in `632_adam_w_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, adam_w_step as judge};

#[path = "../../answers/632_adam_w_step.rs"]
mod answer;
#[path = "../../tasks/632_adam_w_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::adam_w_step), Verdict::ToDo);
    solved(&judge(answer::adam_w_step));
}

/// Adam's averages and its quotient.
fn adam((m, v): (f64, f64), g: f64, t: i32) -> (f64, f64, f64) {
    let (m, v) = (0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g);
    let (m_hat, v_hat) = (m / (1.0 - 0.9_f64.powi(t)), v / (1.0 - 0.999_f64.powi(t)));
    (m_hat / (v_hat.sqrt() + 1e-8), m, v)
}

/// Adam with a penalty: however small, the decay of a weight without gradient is the whole rate.
#[test]
fn the_decay_is_a_part_of_the_gradient() {
    told(
        &judge(|theta, averages, g, t, rate, decay| {
            let (u, m, v) = adam(averages, g + decay * theta, t);
            (theta - rate * u, m, v)
        }),
        "Not yet. adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [0]; θ ends at 1.875; AdamW ends at 1.9375.",
        "还不对。adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [0]; θ 最后是 1.875；AdamW 应到 1.9375。",
    );
}

#[test]
fn the_decay_without_the_rate() {
    told(
        &judge(|theta, averages, g, t, rate, decay| {
            let (u, m, v) = adam(averages, g, t);
            (theta - rate * u - decay * theta, m, v)
        }),
        "Not yet. adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [0]; θ ends at 1.5; AdamW ends at 1.9375.",
        "还不对。adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [0]; θ 最后是 1.5；AdamW 应到 1.9375。",
    );
}

#[test]
fn the_new_parameter_decays() {
    told(
        &judge(|theta, averages, g, t, rate, decay| {
            let (u, m, v) = adam(averages, g, t);
            ((theta - rate * u) * (1.0 - rate * decay), m, v)
        }),
        "Not yet. adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [1]; θ ends at 1.816406; AdamW ends at 1.8125.",
        "还不对。adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [1]; θ 最后是 1.816406；AdamW 应到 1.8125。",
    );
}

#[test]
fn a_decay_that_grows() {
    told(
        &judge(|theta, averages, g, t, rate, decay| {
            let (u, m, v) = adam(averages, g, t);
            (theta - rate * (u - decay * theta), m, v)
        }),
        "Not yet. adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [0]; θ ends at 2.0625; AdamW ends at 1.9375.",
        "还不对。adam_w_step: θ = 2, rate = 0.125, λ = 0.25, g = [0]; θ 最后是 2.0625；AdamW 应到 1.9375。",
    );
}
