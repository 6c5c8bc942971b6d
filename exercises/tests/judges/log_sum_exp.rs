//! What goes wrong in `021_log_sum_exp`.

use crate::{solved, told};
use gradus_judges::{Verdict, log_sum_exp as judge};

#[path = "../../answers/021_log_sum_exp.rs"]
mod answer;
#[path = "../../tasks/021_log_sum_exp.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::log_sum_exp), Verdict::ToDo);
    solved(&judge(answer::log_sum_exp));
    solved(&judge(gradus_numeric::log_sum_exp::<f64>));
}

/// As written in the books: e^1000 overflows.
#[test]
fn naive() {
    told(
        &judge(|x| x.iter().map(|x| x.exp()).sum::<f64>().ln()),
        "Not yet. log_sum_exp([1000]) is ∞, not 1000.",
        "还不对。log_sum_exp([1000]) 得到 ∞，应为 1000。",
    );
}

#[test]
fn the_shift_is_not_undone() {
    fn wrong(x: &[f64]) -> f64 {
        let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        x.iter().map(|x| (x - top).exp()).sum::<f64>().ln()
    }
    told(
        &judge(wrong),
        "Not yet. log_sum_exp([1, 2]) is 0.313262; it lies between 2 and 2.693147.",
        "还不对。log_sum_exp([1, 2]) 得到 0.313262；它应在 2 与 2.693147 之间。",
    );
}

#[test]
fn the_first_is_subtracted_instead_of_the_largest() {
    fn wrong(x: &[f64]) -> f64 {
        let Some(first) = x.first() else {
            return f64::NEG_INFINITY;
        };
        first + x.iter().map(|x| (x - first).exp()).sum::<f64>().ln()
    }
    told(
        &judge(wrong),
        "Not yet. log_sum_exp([0, 1000]) is ∞; it lies between 1000 and 1000.693147.",
        "还不对。log_sum_exp([0, 1000]) 得到 ∞；它应在 1000 与 1000.693147 之间。",
    );
}

#[test]
fn the_largest_is_looked_for_above_zero_only() {
    fn wrong(x: &[f64]) -> f64 {
        let top = x.iter().copied().fold(0.0, f64::max);
        top + x.iter().map(|x| (x - top).exp()).sum::<f64>().ln()
    }
    told(
        &judge(wrong),
        "Not yet. log_sum_exp([-1000]) is -∞, not -1000.",
        "还不对。log_sum_exp([-1000]) 得到 -∞，应为 -1000。",
    );
}
