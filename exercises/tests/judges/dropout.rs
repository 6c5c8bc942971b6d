//! What goes wrong in `721_dropout`.

use crate::{solved, told};
use gradus_judges::{Verdict, dropout as judge};

#[path = "../../answers/721_dropout.rs"]
mod answer;
#[path = "../../tasks/721_dropout.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dropout), Verdict::ToDo);
    solved(&judge(answer::dropout));
}

#[test]
fn not_rescaled() {
    told(
        &judge(|x, keep, _| {
            x.iter()
                .zip(keep)
                .map(|(x, k)| if *k { *x } else { 0.0 })
                .collect()
        }),
        "Not yet. dropout([1], [true], 0.5) is 1, not 2.",
        "还不对。dropout([1], [true], 0.5) 得到 1，应为 2。",
    );
}

#[test]
fn divided_by_p() {
    told(
        &judge(|x, keep, p| {
            x.iter()
                .zip(keep)
                .map(|(x, k)| if *k { x / p } else { 0.0 })
                .collect()
        }),
        "Not yet. dropout([1, 2], [true, false], 0) is [∞, 0]; entry 0 is ∞, not 1.",
        "还不对。dropout([1, 2], [true, false], 0) 得到 [∞, 0]；第 0 个分量是 ∞，应为 1。",
    );
}

#[test]
fn the_others_are_dropped() {
    told(
        &judge(|x, keep, p| {
            x.iter()
                .zip(keep)
                .map(|(x, k)| if *k { 0.0 } else { x / (1.0 - p) })
                .collect()
        }),
        "Not yet. dropout([1], [true], 0.5) is 0, not 2.",
        "还不对。dropout([1], [true], 0.5) 得到 0，应为 2。",
    );
}

/// That belongs to the evaluation of the other convention.
#[test]
fn multiplied_instead() {
    told(
        &judge(|x, keep, p| {
            x.iter()
                .zip(keep)
                .map(|(x, k)| if *k { x * (1.0 - p) } else { 0.0 })
                .collect()
        }),
        "Not yet. dropout([1], [true], 0.5) is 0.5, not 2.",
        "还不对。dropout([1], [true], 0.5) 得到 0.5，应为 2。",
    );
}
