//! What goes wrong in `031_sigmoid`.

use crate::{solved, told};
use gradus_judges::{Verdict, sigmoid as judge};

#[path = "../../answers/031_sigmoid.rs"]
mod answer;
#[path = "../../tasks/031_sigmoid.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::sigmoid), Verdict::ToDo);
    solved(&judge(answer::sigmoid));
}

#[test]
fn infinity_by_infinity() {
    told(
        &judge(|x| x.exp() / (1.0 + x.exp())),
        "Not yet. sigmoid(1000) is NaN, not 1.",
        "还不对。sigmoid(1000) 得到 NaN，应为 1。",
    );
}

/// Cancellation to the left.
#[test]
fn one_minus_the_mirror() {
    told(
        &judge(|x| 1.0 - 1.0 / (1.0 + x.exp())),
        "Not yet. sigmoid(-40) is 0, not 4.24835e-18.",
        "还不对。sigmoid(-40) 得到 0，应为 4.24835e-18。",
    );
}

#[test]
fn the_wrong_sign() {
    told(
        &judge(|x| 1.0 / (1.0 + x.exp())),
        "Not yet. sigmoid(1) is 0.268941, not 0.731059.",
        "还不对。sigmoid(1) 得到 0.268941，应为 0.731059。",
    );
}

#[test]
fn by_the_tangent() {
    told(
        &judge(|x| 0.5 * (1.0 + (0.5 * x).tanh())),
        "Not yet. sigmoid(-40) is 0, not 4.24835e-18.",
        "还不对。sigmoid(-40) 得到 0，应为 4.24835e-18。",
    );
}
