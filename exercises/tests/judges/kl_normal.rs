//! What goes wrong in `422_kl_normal`.

use crate::{solved, told};
use gradus_judges::{Verdict, kl_normal as judge};

#[path = "../../answers/422_kl_normal.rs"]
mod answer;
#[path = "../../tasks/422_kl_normal.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::kl_normal), Verdict::ToDo);
    solved(&judge(answer::kl_normal));
}

fn divergence((mp, sp): (f64, f64), (mq, sq): (f64, f64), constant: f64) -> f64 {
    (sq / sp).ln() + (sp * sp + (mp - mq).powi(2)) / (2.0 * sq * sq) - constant
}

#[test]
fn the_other_way_round() {
    told(
        &judge(|p, q| divergence(q, p, 0.5)),
        "Not yet. kl_normal((0, 1), (0, 2)) is 0.806853, not 0.318147.",
        "还不对。kl_normal((0, 1), (0, 2)) 得到 0.806853，应为 0.318147。",
    );
}

#[test]
fn without_the_half() {
    told(
        &judge(|p, q| divergence(p, q, 0.0)),
        "Not yet. kl_normal((0, 1), (0, 1)) is 0.5, not 0.",
        "还不对。kl_normal((0, 1), (0, 1)) 得到 0.5，应为 0。",
    );
}

/// Variances where deviations are given.
#[test]
fn deviations_are_taken_for_variances() {
    told(
        &judge(|p, q| divergence((p.0, p.1.sqrt()), (q.0, q.1.sqrt()), 0.5)),
        "Not yet. kl_normal((0, 1), (0, 2)) is 0.096574, not 0.318147.",
        "还不对。kl_normal((0, 1), (0, 2)) 得到 0.096574，应为 0.318147。",
    );
}

#[test]
fn the_means_are_not_squared() {
    told(
        &judge(|(mp, sp), (mq, sq)| {
            divergence((0.0, sp), (0.0, sq), 0.5) + (mp - mq).abs() / (2.0 * sq * sq)
        }),
        "Not yet. kl_normal((2, 1), (0, 1)) is 1, not 2.",
        "还不对。kl_normal((2, 1), (0, 1)) 得到 1，应为 2。",
    );
}
