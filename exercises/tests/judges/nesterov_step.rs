//! What goes wrong in `622_nesterov_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, nesterov_step as judge};

#[path = "../../answers/622_nesterov_step.rs"]
mod answer;
#[path = "../../tasks/622_nesterov_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::nesterov_step), Verdict::ToDo);
    solved(&judge(answer::nesterov_step));
}

#[test]
fn plain_momentum() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
        let v = mu * v + g;
        (theta - rate * v, v)
    }
    told(
        &judge(wrong),
        "Not yet. nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1]; θ ends at -0.5; Nesterov ends at -0.75.",
        "还不对。nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1]; θ 最后是 -0.5；Nesterov 应到 -0.75。",
    );
}

/// That is momentum, written another way.
#[test]
fn the_old_velocity() {
    told(
        &judge(|theta, v, g, rate, mu| (theta - rate * (g + mu * v), mu * v + g)),
        "Not yet. nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1]; θ ends at -0.5; Nesterov ends at -0.75.",
        "还不对。nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1]; θ 最后是 -0.5；Nesterov 应到 -0.75。",
    );
}

#[test]
fn the_velocity_forgets_to_fade() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
        let v = v + g;
        (theta - rate * (g + mu * v), v)
    }
    told(
        &judge(wrong),
        "Not yet. nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1, 0]; θ ends at -1; Nesterov ends at -0.875.",
        "还不对。nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1, 0]; θ 最后是 -1；Nesterov 应到 -0.875。",
    );
}

#[test]
fn uphill() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, mu: f64) -> (f64, f64) {
        let v = mu * v + g;
        (theta + rate * (g + mu * v), v)
    }
    told(
        &judge(wrong),
        "Not yet. nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1]; θ ends at 0.75; Nesterov ends at -0.75.",
        "还不对。nesterov_step: θ = 0, v = 0, rate = 0.5, μ = 0.5, g = [1]; θ 最后是 0.75；Nesterov 应到 -0.75。",
    );
}
