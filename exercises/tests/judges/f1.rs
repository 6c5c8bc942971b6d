//! What goes wrong in `531_f1`.

use crate::{solved, told};
use gradus_judges::{Verdict, f1 as judge};

#[path = "../../answers/531_f1.rs"]
mod answer;
#[path = "../../tasks/531_f1.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::f1), Verdict::ToDo);
    solved(&judge(answer::f1));
}

#[test]
fn the_arithmetic_mean() {
    fn wrong(tp: usize, fp: usize, missed: usize) -> f64 {
        let (precision, recall) = (
            tp as f64 / (tp + fp).max(1) as f64,
            tp as f64 / (tp + missed).max(1) as f64,
        );
        0.5 * (precision + recall)
    }
    told(
        &judge(wrong),
        "Not yet. f1(1, 1, 0) is 0.75, not 0.666667.",
        "还不对。f1(1, 1, 0) 得到 0.75，应为 0.666667。",
    );
}

#[test]
fn precision_alone() {
    told(
        &judge(|tp, fp, _| tp as f64 / (tp + fp).max(1) as f64),
        "Not yet. f1(1, 1, 0) is 0.5, not 0.666667.",
        "还不对。f1(1, 1, 0) 得到 0.5，应为 0.666667。",
    );
}

#[test]
fn zero_by_zero() {
    fn wrong(tp: usize, fp: usize, missed: usize) -> f64 {
        let precision = tp as f64 / (tp + fp) as f64;
        let recall = tp as f64 / (tp + missed) as f64;
        2.0 * precision * recall / (precision + recall)
    }
    told(
        &judge(wrong),
        "Not yet. f1(0, 1, 1) is NaN, not 0.",
        "还不对。f1(0, 1, 1) 得到 NaN，应为 0。",
    );
}
