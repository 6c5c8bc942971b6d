//! What goes wrong in `822_true_share`.

use crate::{solved, told};
use gradus_judges::{Verdict, true_share as judge};

#[path = "../../answers/822_true_share.rs"]
mod answer;
#[path = "../../tasks/822_true_share.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::true_share), Verdict::ToDo);
    solved(&judge(answer::true_share));
}

#[test]
fn the_answers_believed() {
    told(
        &judge(|share, _| share),
        "Not yet. true_share(0.75, 1) leads back to answers whose share of yes is 0.615529, not 0.75.",
        "还不对。true_share(0.75, 1) 对应的回答中“是”的比例是 0.615529，应为 0.75。",
    );
}

#[test]
fn divided_by_the_truthful() {
    told(
        &judge(|share, epsilon| share * (1.0 + (-epsilon).exp())),
        "Not yet. true_share(0.5, 1) is 0.68394, not 0.5.",
        "还不对。true_share(0.5, 1) 得到 0.68394，应为 0.5。",
    );
}

#[test]
fn clipped() {
    told(
        &judge(|share, epsilon| answer::true_share(share, epsilon).clamp(0.0, 1.0)),
        "Not yet. true_share(0.75, 1) leads back to answers whose share of yes is 0.731059, not 0.75.",
        "还不对。true_share(0.75, 1) 对应的回答中“是”的比例是 0.731059，应为 0.75。",
    );
}

/// 1 - e^-ε in the place of the logistic function.
#[test]
fn another_probability() {
    told(
        &judge(|share, epsilon| {
            let p = 1.0 - (-epsilon).exp();
            (share - (1.0 - p)) / (2.0 * p - 1.0)
        }),
        "Not yet. true_share(0.75, 1) leads back to answers whose share of yes is 0.937212, not 0.75.",
        "还不对。true_share(0.75, 1) 对应的回答中“是”的比例是 0.937212，应为 0.75。",
    );
}

#[test]
fn truth_and_lie_exchanged() {
    told(
        &judge(|share, epsilon| answer::true_share(1.0 - share, epsilon)),
        "Not yet. true_share(0.75, 1) leads back to answers whose share of yes is 0.25, not 0.75.",
        "还不对。true_share(0.75, 1) 对应的回答中“是”的比例是 0.25，应为 0.75。",
    );
}
