//! What goes wrong in `681_backtracking`.

use crate::{solved, told};
use gradus_judges::{Verdict, backtracking as judge};

#[path = "../../answers/681_backtracking.rs"]
mod answer;
#[path = "../../tasks/681_backtracking.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::backtracking), Verdict::ToDo);
    solved(&judge(answer::backtracking));
}

fn halved(goes_on: impl Fn(f64) -> bool) -> f64 {
    let halvings = (0..60).map(|k| 0.5_f64.powi(k));
    halvings.into_iter().find(|t| !goes_on(*t)).unwrap_or(0.0)
}

/// Any gain will do: steps across the valley that hardly pay.
#[test]
fn simply_lower() {
    told(
        &judge(|phi, _, _| halved(|t| phi(t) >= phi(0.0))),
        "Not yet. backtracking(½ k (1 - k t)², -k², 0.25), k = 1.75, is 1, not 0.5.",
        "还不对。backtracking(½ k (1 - k t)², -k², 0.25), k = 1.75, 得到 1，应为 0.5。",
    );
}

#[test]
fn uphill_is_fine() {
    told(
        &judge(|phi, slope, c| halved(|t| phi(t) > phi(0.0) - c * t * slope)),
        "Not yet. backtracking(½ k (1 - k t)², -k², 0.25), k = 4, is 0.5, not 0.25.",
        "还不对。backtracking(½ k (1 - k t)², -k², 0.25), k = 4, 得到 0.5，应为 0.25。",
    );
}

/// The same gain is asked of a short step as of a long one.
#[test]
fn the_length_is_forgotten() {
    told(
        &judge(|phi, slope, c| halved(|t| phi(t) > phi(0.0) + c * slope)),
        "Not yet. backtracking(½ k (1 - k t)², -k², 0.25), k = 4, is 0, not 0.25.",
        "还不对。backtracking(½ k (1 - k t)², -k², 0.25), k = 4, 得到 0，应为 0.25。",
    );
}

#[test]
fn halved_once_too_often() {
    told(
        &judge(|phi, slope, c| 0.5 * halved(|t| phi(t) > phi(0.0) + c * t * slope)),
        "Not yet. backtracking(½ k (1 - k t)², -k², 0.25), k = 1, is 0.5, not 1.",
        "还不对。backtracking(½ k (1 - k t)², -k², 0.25), k = 1, 得到 0.5，应为 1。",
    );
}
