//! What goes wrong in `372_conditional_normal`.

use crate::{solved, told};
use gradus_judges::{Verdict, conditional_normal as judge};

#[path = "../../answers/372_conditional_normal.rs"]
mod answer;
#[path = "../../tasks/372_conditional_normal.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::conditional_normal), Verdict::ToDo);
    solved(&judge(answer::conditional_normal));
}

/// What was seen is not used.
#[test]
fn the_marginal() {
    told(
        &judge(|mean, s, _| (mean[1], s[1][1])),
        "Not yet. conditional_normal([0, 0], [[4, 2], [2, 2]], 2) is (0, 2); its mean is 0, not 1.",
        "还不对。conditional_normal([0, 0], [[4, 2], [2, 2]], 2) 得到 (0, 2)；其中均值是 0，应为 1。",
    );
}

#[test]
fn the_variance_as_before() {
    told(
        &judge(|mean, s, x| (mean[1] + s[1][0] / s[0][0] * (x - mean[0]), s[1][1])),
        "Not yet. conditional_normal([0, 0], [[4, 2], [2, 2]], 2) is (1, 2); its variance is 2, not 1.",
        "还不对。conditional_normal([0, 0], [[4, 2], [2, 2]], 2) 得到 (1, 2)；其中方差是 2，应为 1。",
    );
}

#[test]
fn divided_by_the_other_variance() {
    told(
        &judge(|mean, s, x| {
            let slope = s[1][0] / s[1][1];
            (mean[1] + slope * (x - mean[0]), s[1][1] - slope * s[1][0])
        }),
        "Not yet. conditional_normal([0, 0], [[4, 2], [2, 2]], 2) is (2, 0); its mean is 2, not 1.",
        "还不对。conditional_normal([0, 0], [[4, 2], [2, 2]], 2) 得到 (2, 0)；其中均值是 2，应为 1。",
    );
}

#[test]
fn not_measured_from_the_mean() {
    told(
        &judge(|mean, s, x| {
            let slope = s[1][0] / s[0][0];
            (mean[1] + slope * x, s[1][1] - slope * s[1][0])
        }),
        "Not yet. conditional_normal([1, 0], [[4, 2], [2, 2]], 3) is (1.5, 1); its mean is 1.5, not 1.",
        "还不对。conditional_normal([1, 0], [[4, 2], [2, 2]], 3) 得到 (1.5, 1)；其中均值是 1.5，应为 1。",
    );
}

#[test]
fn the_deviation() {
    told(
        &judge(|mean, s, x| {
            let slope = s[1][0] / s[0][0];
            let variance = s[1][1] - slope * s[1][0];
            (mean[1] + slope * (x - mean[0]), variance.sqrt())
        }),
        "Not yet. conditional_normal([0, 0], [[1, 0], [0, 4]], 0) is (0, 2); its variance is 2, not 4.",
        "还不对。conditional_normal([0, 0], [[1, 0], [0, 4]], 0) 得到 (0, 2)；其中方差是 2，应为 4。",
    );
}
