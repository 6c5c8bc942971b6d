//! What goes wrong in `652_averaged_parameter`.

use crate::{solved, told};
use gradus_judges::{Verdict, averaged_parameter as judge};

#[path = "../../answers/652_averaged_parameter.rs"]
mod answer;
#[path = "../../tasks/652_averaged_parameter.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::averaged_parameter), Verdict::ToDo);
    solved(&judge(answer::averaged_parameter));
}

fn average(theta: &[f64], from: f64, beta: f64) -> f64 {
    theta
        .iter()
        .fold(from, |a, theta| beta * a + (1.0 - beta) * theta)
}

#[test]
fn without_correction() {
    told(
        &judge(|theta, beta| average(theta, 0.0, beta)),
        "Not yet. averaged_parameter([4], 0.5) is 2, not 4.",
        "还不对。averaged_parameter([4], 0.5) 得到 2，应为 4。",
    );
}

/// As PyTorch's averaged models: the first step weighs too much.
#[test]
fn from_the_first_step() {
    told(
        &judge(|theta, beta| average(&theta[1..], theta[0], beta)),
        "Not yet. averaged_parameter([0, 3], 0.5) is 1.5, not 2.",
        "还不对。averaged_parameter([0, 3], 0.5) 得到 1.5，应为 2。",
    );
}

#[test]
fn beta_weighs_the_new_one() {
    told(
        &judge(|theta, beta| {
            let a = average(theta, 0.0, 1.0 - beta);
            a / (1.0 - (1.0 - beta).powf(theta.len() as f64))
        }),
        "Not yet. averaged_parameter([4], 0) is NaN, not 4.",
        "还不对。averaged_parameter([4], 0) 得到 NaN，应为 4。",
    );
}

#[test]
fn the_plain_mean() {
    told(
        &judge(|theta, _| theta.iter().sum::<f64>() / theta.len() as f64),
        "Not yet. averaged_parameter([0, 3], 0.5) is 1.5, not 2.",
        "还不对。averaged_parameter([0, 3], 0.5) 得到 1.5，应为 2。",
    );
}
