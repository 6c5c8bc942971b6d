//! What goes wrong in `526_proximal_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, proximal_step as judge};

#[path = "../../answers/526_proximal_step.rs"]
mod answer;
#[path = "../../tasks/526_proximal_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::proximal_step), Verdict::ToDo);
    solved(&judge(answer::proximal_step));
}

fn step(w: &[f64], g: &[f64], rate: f64, map: impl Fn(f64) -> f64) -> Vec<f64> {
    w.iter().zip(g).map(|(w, g)| map(w - rate * g)).collect()
}

fn soft(x: f64, by: f64) -> f64 {
    x.signum() * (x.abs() - by).max(0.0)
}

#[test]
fn the_threshold_without_the_rate() {
    told(
        &judge(|w, g, rate, lambda| step(w, g, rate, |x| soft(x, lambda))),
        "Not yet. proximal_step([3], [0], 0.5, 2) is 1, not 2.",
        "还不对。proximal_step([3], [0], 0.5, 2) 得到 1，应为 2。",
    );
}

#[test]
fn across_zero() {
    told(
        &judge(|w, g, rate, lambda| step(w, g, rate, |x| x - rate * lambda * x.signum())),
        "Not yet. proximal_step([1], [0], 1, 2) is -1, not 0.",
        "还不对。proximal_step([1], [0], 1, 2) 得到 -1，应为 0。",
    );
}

#[test]
fn small_ones_go_and_the_others_stay() {
    told(
        &judge(|w, g, rate, lambda| {
            let hard = |x: f64| if x.abs() <= rate * lambda { 0.0 } else { x };
            step(w, g, rate, hard)
        }),
        "Not yet. proximal_step([3], [0], 1, 1) is 3, not 2.",
        "还不对。proximal_step([3], [0], 1, 1) 得到 3，应为 2。",
    );
}

/// A subgradient: the sign of the weight before the step.
#[test]
fn the_price_in_the_gradient() {
    told(
        &judge(|w, g, rate, lambda| {
            let slopes = w.iter().zip(g).map(|(w, g)| g + lambda * w.signum());
            step(w, &slopes.collect::<Vec<_>>(), rate, |x| x)
        }),
        "Not yet. proximal_step([3], [5], 1, 1) is -3, not -1.",
        "还不对。proximal_step([3], [5], 1, 1) 得到 -3，应为 -1。",
    );
}

#[test]
fn the_map_before_the_step() {
    told(
        &judge(|w, g, rate, lambda| {
            let mapped: Vec<f64> = w.iter().map(|w| soft(*w, rate * lambda)).collect();
            step(&mapped, g, rate, |x| x)
        }),
        "Not yet. proximal_step([3], [5], 1, 1) is -3, not -1.",
        "还不对。proximal_step([3], [5], 1, 1) 得到 -3，应为 -1。",
    );
}
