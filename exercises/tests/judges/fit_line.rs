//! What goes wrong in `131_fit_line`.

use crate::{solved, told};
use gradus_judges::{Verdict, fit_line as judge};

#[path = "../../answers/131_fit_line.rs"]
mod answer;
#[path = "../../tasks/131_fit_line.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::fit_line), Verdict::ToDo);
    solved(&judge(answer::fit_line));
}

#[test]
fn through_the_origin() {
    fn wrong(t: &[f64], y: &[f64]) -> (f64, f64) {
        let products: f64 = t.iter().zip(y).map(|(t, y)| t * y).sum();
        (0.0, products / t.iter().map(|t| t * t).sum::<f64>())
    }
    told(
        &judge(wrong),
        "Not yet. fit_line([0, 1], [1, 1]) is [0, 1]; the residual sums to 1, weighted by t to 0, not to 0.",
        "还不对。fit_line([0, 1], [1, 1]) 得到 [0, 1]；残差之和是 1，以 t 加权之和是 0，而不是 0。",
    );
}

#[test]
fn exchanged() {
    fn wrong(t: &[f64], y: &[f64]) -> (f64, f64) {
        let (intercept, slope) = answer::fit_line(t, y);
        (slope, intercept)
    }
    told(
        &judge(wrong),
        "Not yet. fit_line([0, 1], [1, 1]) is [0, 1]; the residual sums to 1, weighted by t to 0, not to 0.",
        "还不对。fit_line([0, 1], [1, 1]) 得到 [0, 1]；残差之和是 1，以 t 加权之和是 0，而不是 0。",
    );
}

#[test]
fn from_the_first_to_the_last() {
    fn wrong(t: &[f64], y: &[f64]) -> (f64, f64) {
        let n = t.len() - 1;
        let slope = (y[n] - y[0]) / (t[n] - t[0]);
        (y[0] - slope * t[0], slope)
    }
    told(
        &judge(wrong),
        "Not yet. fit_line([0, 1, 2], [1, 2, 6]) is [1, 2.5]; the residual sums to -1.5, weighted by t to -1.5, not to 0.",
        "还不对。fit_line([0, 1, 2], [1, 2, 6]) 得到 [1, 2.5]；残差之和是 -1.5，以 t 加权之和是 -1.5，而不是 0。",
    );
}
