//! What goes wrong in `032_sigmoid_slope`.

use crate::{solved, told};
use gradus_judges::{Verdict, sigmoid_slope as judge};

#[path = "../../answers/032_sigmoid_slope.rs"]
mod answer;
#[path = "../../tasks/032_sigmoid_slope.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::sigmoid_slope), Verdict::ToDo);
    solved(&judge(answer::sigmoid_slope));
}

/// y (1 - y).
#[test]
fn from_the_rounded_value() {
    fn wrong(x: f64) -> f64 {
        let y = 1.0 / (1.0 + (-x).exp());
        y * (1.0 - y)
    }
    told(
        &judge(wrong),
        "Not yet. sigmoid_slope(40) is 0, not 4.24835e-18.",
        "还不对。sigmoid_slope(40) 得到 0，应为 4.24835e-18。",
    );
}

#[test]
fn the_value_itself() {
    told(
        &judge(|x| 1.0 / (1.0 + (-x).exp())),
        "Not yet. sigmoid_slope(0) is 0.5, not 0.25.",
        "还不对。sigmoid_slope(0) 得到 0.5，应为 0.25。",
    );
}

#[test]
fn the_wrong_sign() {
    fn wrong(x: f64) -> f64 {
        let y = 1.0 / (1.0 + (-x).exp());
        y * (y - 1.0)
    }
    told(
        &judge(wrong),
        "Not yet. sigmoid_slope(0) is -0.25, not 0.25.",
        "还不对。sigmoid_slope(0) 得到 -0.25，应为 0.25。",
    );
}

#[test]
fn infinity_by_infinity() {
    told(
        &judge(|x| (-x).exp() / (1.0 + (-x).exp()).powi(2)),
        "Not yet. sigmoid_slope(-1000) is NaN, not 0.",
        "还不对。sigmoid_slope(-1000) 得到 NaN，应为 0。",
    );
}
