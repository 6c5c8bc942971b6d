//! What goes wrong in `536_auc`.

use crate::{solved, told};
use gradus_judges::{Verdict, auc as judge};

#[path = "../../answers/536_auc.rs"]
mod answer;
#[path = "../../tasks/536_auc.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::auc), Verdict::ToDo);
    solved(&judge(answer::auc));
}

#[test]
fn ties_win() {
    fn wrong(positive: &[f64], negative: &[f64]) -> f64 {
        let pairs = positive
            .iter()
            .flat_map(|p| negative.iter().filter(move |n| p >= *n));
        pairs.count() as f64 / (positive.len() * negative.len()) as f64
    }
    told(
        &judge(wrong),
        "Not yet. auc([0], [0]) is 1, not 0.5.",
        "还不对。auc([0], [0]) 得到 1，应为 0.5。",
    );
}

#[test]
fn ties_lose() {
    fn wrong(positive: &[f64], negative: &[f64]) -> f64 {
        let pairs = positive
            .iter()
            .flat_map(|p| negative.iter().filter(move |n| p > *n));
        pairs.count() as f64 / (positive.len() * negative.len()) as f64
    }
    told(
        &judge(wrong),
        "Not yet. auc([0], [0]) is 0, not 0.5.",
        "还不对。auc([0], [0]) 得到 0，应为 0.5。",
    );
}

#[test]
fn not_divided() {
    told(
        &judge(|positive, negative| {
            answer::auc(positive, negative) * (positive.len() * negative.len()) as f64
        }),
        "Not yet. auc([1, 3], [2, 0]) is 3, not 0.75.",
        "还不对。auc([1, 3], [2, 0]) 得到 3，应为 0.75。",
    );
}
