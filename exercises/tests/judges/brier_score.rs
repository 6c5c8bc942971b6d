//! What goes wrong in `537_brier_score`.

use crate::{solved, told};
use gradus_judges::{Verdict, brier_score as judge};

#[path = "../../answers/537_brier_score.rs"]
mod answer;
#[path = "../../tasks/537_brier_score.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::brier_score), Verdict::ToDo);
    solved(&judge(answer::brier_score));
}

#[test]
fn the_sum_of_the_squares() {
    told(
        &judge(|y, p| answer::brier_score(y, p) * y.len() as f64),
        "Not yet. brier_score([1, 0], [0.5, 0.5]) is 0.5, not 0.25.",
        "还不对。brier_score([1, 0], [0.5, 0.5]) 得到 0.5，应为 0.25。",
    );
}

#[test]
fn the_magnitude_of_the_errors() {
    told(
        &judge(|y, p| {
            let errors: f64 = y.iter().zip(p).map(|(y, p)| (p - y).abs()).sum();
            errors / y.len() as f64
        }),
        "Not yet. brier_score([0], [0.5]) is 0.5, not 0.25.",
        "还不对。brier_score([0], [0.5]) 得到 0.5，应为 0.25。",
    );
}

/// Rounded to yes or no: the share of mistakes.
#[test]
fn decisions_are_judged() {
    told(
        &judge(|y, p| {
            let wrong = y
                .iter()
                .zip(p)
                .filter(|(y, p)| f64::from(**p >= 0.5) != **y);
            wrong.count() as f64 / y.len() as f64
        }),
        "Not yet. brier_score([0], [0.5]) is 1, not 0.25.",
        "还不对。brier_score([0], [0.5]) 得到 1，应为 0.25。",
    );
}

/// Good's score in the place of Brier's.
#[test]
fn the_logarithm() {
    told(
        &judge(|y, p| {
            let surprise: f64 = y
                .iter()
                .zip(p)
                .map(|(y, p)| -(1.0 - (y - p).abs()).ln())
                .sum();
            surprise / y.len() as f64
        }),
        "Not yet. brier_score([1], [0]) is ∞, not 1.",
        "还不对。brier_score([1], [0]) 得到 ∞，应为 1。",
    );
}
