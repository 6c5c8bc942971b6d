//! What goes wrong in `631_rms_prop_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, rms_prop_step as judge};

#[path = "../../answers/631_rms_prop_step.rs"]
mod answer;
#[path = "../../tasks/631_rms_prop_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::rms_prop_step), Verdict::ToDo);
    solved(&judge(answer::rms_prop_step));
}

fn step(theta: f64, g: f64, rate: f64, v: f64, root: f64) -> (f64, f64) {
    (theta - rate * g / (root + 1e-8), v)
}

/// Steps of the size 1 / g.
#[test]
fn no_root() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, beta: f64) -> (f64, f64) {
        let v = beta * v + (1.0 - beta) * g * g;
        step(theta, g, rate, v, v)
    }
    told(
        &judge(wrong),
        "Not yet. rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [1]; θ ends at -2; RMSprop ends at -1.",
        "还不对。rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [1]; θ 最后是 -2；RMSprop 应到 -1。",
    );
}

/// Adagrad: the steps grow shorter and shorter.
#[test]
fn a_sum_instead_of_a_mean() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, _: f64) -> (f64, f64) {
        let v = v + g * g;
        step(theta, g, rate, v, v.sqrt())
    }
    told(
        &judge(wrong),
        "Not yet. rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [1]; θ ends at -0.5; RMSprop ends at -1.",
        "还不对。rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [1]; θ 最后是 -0.5；RMSprop 应到 -1。",
    );
}

#[test]
fn corrected_as_in_adam() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, beta: f64) -> (f64, f64) {
        let v = beta * v + (1.0 - beta) * g * g;
        step(theta, g, rate, v, (v / (1.0 - beta)).sqrt())
    }
    told(
        &judge(wrong),
        "Not yet. rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [1]; θ ends at -0.5; RMSprop ends at -1.",
        "还不对。rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [1]; θ 最后是 -0.5；RMSprop 应到 -1。",
    );
}

#[test]
fn the_gradient_is_not_squared() {
    fn wrong(theta: f64, v: f64, g: f64, rate: f64, beta: f64) -> (f64, f64) {
        let v = beta * v + (1.0 - beta) * g.abs();
        step(theta, g, rate, v, v.sqrt())
    }
    told(
        &judge(wrong),
        "Not yet. rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [4]; θ ends at -2; RMSprop ends at -1.",
        "还不对。rms_prop_step: θ = 0, v = 0, rate = 0.5, β = 0.75, g = [4]; θ 最后是 -2；RMSprop 应到 -1。",
    );
}
