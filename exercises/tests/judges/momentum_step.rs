//! What goes wrong in `621_momentum_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, momentum_step as judge};

#[path = "../../answers/621_momentum_step.rs"]
mod answer;
#[path = "../../tasks/621_momentum_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::momentum_step), Verdict::ToDo);
    solved(&judge(answer::momentum_step));
}

#[test]
fn the_old_velocity() {
    told(
        &judge(|theta, v, g, rate, mu| (theta - rate * v, mu * v + g)),
        "Not yet. momentum_step(θ = 0, v = 0, g = 1, rate = 0.5, μ = 0.5) is [0, 1]; entry 0 is 0, not -0.5.",
        "还不对。momentum_step(θ = 0, v = 0, g = 1, rate = 0.5, μ = 0.5) 得到 [0, 1]；第 0 个分量是 0，应为 -0.5。",
    );
}

#[test]
fn uphill() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
        let v = mu * v + g;
        (theta + rate * v, v)
    }
    told(
        &judge(wrong),
        "Not yet. momentum_step(θ = 0, v = 0, g = 1, rate = 0.5, μ = 0.5) is [0.5, 1]; entry 0 is 0.5, not -0.5.",
        "还不对。momentum_step(θ = 0, v = 0, g = 1, rate = 0.5, μ = 0.5) 得到 [0.5, 1]；第 0 个分量是 0.5，应为 -0.5。",
    );
}

/// The convention of averages: its rate must be larger.
#[test]
fn the_gradient_is_damped() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
        let v = mu * v + (1.0 - mu) * g;
        (theta - rate * v, v)
    }
    told(
        &judge(wrong),
        "Not yet. momentum_step(θ = 0, v = 0, g = 1, rate = 0.5, μ = 0.5) is [-0.25, 0.5]; entry 0 is -0.25, not -0.5.",
        "还不对。momentum_step(θ = 0, v = 0, g = 1, rate = 0.5, μ = 0.5) 得到 [-0.25, 0.5]；第 0 个分量是 -0.25，应为 -0.5。",
    );
}
