//! What goes wrong in `507_huber_slope`.

use crate::{solved, told};
use gradus_judges::{Verdict, huber_slope as judge};

#[path = "../../answers/507_huber_slope.rs"]
mod answer;
#[path = "../../tasks/507_huber_slope.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::huber_slope), Verdict::ToDo);
    solved(&judge(answer::huber_slope));
}

#[test]
fn the_squared_error_everywhere() {
    told(
        &judge(|e, _| e),
        "Not yet. huber_slope(3, 2) is 3, not 2.",
        "还不对。huber_slope(3, 2) 得到 3，应为 2。",
    );
}

#[test]
fn the_sign_without_delta() {
    told(
        &judge(|e, delta| if e.abs() <= delta { e } else { e.signum() }),
        "Not yet. huber_slope(3, 2) is 1, not 2.",
        "还不对。huber_slope(3, 2) 得到 1，应为 2。",
    );
}

#[test]
fn only_on_the_right() {
    told(
        &judge(|e, delta| e.min(delta)),
        "Not yet. huber_slope(-3, 2) is -3, not -2.",
        "还不对。huber_slope(-3, 2) 得到 -3，应为 -2。",
    );
}

#[test]
fn without_the_half_of_the_square() {
    told(
        &judge(|e, delta| {
            if e.abs() <= delta {
                2.0 * e
            } else {
                delta * e.signum()
            }
        }),
        "Not yet. huber_slope(1, 2) is 2, not 1.",
        "还不对。huber_slope(1, 2) 得到 2，应为 1。",
    );
}
