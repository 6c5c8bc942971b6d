//! What goes wrong in `547_leave_one_out`.

use crate::{solved, told};
use gradus_judges::{Verdict, leave_one_out as judge};

#[path = "../../answers/547_leave_one_out.rs"]
mod answer;
#[path = "../../tasks/547_leave_one_out.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::leave_one_out), Verdict::ToDo);
    solved(&judge(answer::leave_one_out));
}

#[test]
fn the_training_error() {
    told(
        &judge(|y| {
            let n = y.len() as f64;
            let mean = y.iter().sum::<f64>() / n;
            y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / n
        }),
        "Not yet. leave_one_out([0, 2]) is 1, not 4.",
        "还不对。leave_one_out([0, 2]) 得到 1，应为 4。",
    );
}

#[test]
fn the_unbiased_variance() {
    told(
        &judge(|y| answer::leave_one_out(y) * (1.0 - 1.0 / y.len() as f64)),
        "Not yet. leave_one_out([0, 2]) is 2, not 4.",
        "还不对。leave_one_out([0, 2]) 得到 2，应为 4。",
    );
}

#[test]
fn the_sum_of_the_squares() {
    told(
        &judge(|y| answer::leave_one_out(y) * y.len() as f64),
        "Not yet. leave_one_out([0, 2]) is 8, not 4.",
        "还不对。leave_one_out([0, 2]) 得到 8，应为 4。",
    );
}

/// The sum of the others over all n.
#[test]
fn the_divisor_counts_the_sample_itself() {
    told(
        &judge(|y| {
            let n = y.len() as f64;
            let sum: f64 = y.iter().sum();
            y.iter().map(|y| (y - (sum - y) / n).powi(2)).sum::<f64>() / n
        }),
        "Not yet. leave_one_out([0, 2]) is 2.5, not 4.",
        "还不对。leave_one_out([0, 2]) 得到 2.5，应为 4。",
    );
}
