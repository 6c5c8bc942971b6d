//! What goes wrong in `012_variance`.

use crate::{solved, told};
use gradus_judges::{Verdict, variance as judge};

#[path = "../../answers/012_variance.rs"]
mod answer;
#[path = "../../tasks/012_variance.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::variance), Verdict::ToDo);
    solved(&judge(answer::variance));
}

#[test]
fn divided_by_n() {
    fn wrong(x: &[f64]) -> f64 {
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n
    }
    told(
        &judge(wrong),
        "Not yet. variance([0, 2]) is 1, not 2.",
        "还不对。variance([0, 2]) 得到 1，应为 2。",
    );
}

/// Cancellation.
#[test]
fn mean_of_squares_minus_square_of_mean() {
    fn wrong(x: &[f64]) -> f64 {
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        (x.iter().map(|x| x * x).sum::<f64>() - n * mean * mean) / (n - 1.0)
    }
    told(
        &judge(wrong),
        "Not yet. variance([1e9, 1000000002]) is 0, not 2.",
        "还不对。variance([1e9, 1000000002]) 得到 0，应为 2。",
    );
}

#[test]
fn the_standard_deviation() {
    fn wrong(x: &[f64]) -> f64 {
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
    }
    told(
        &judge(wrong),
        "Not yet. variance([0, 2]) is 1.414214, not 2.",
        "还不对。variance([0, 2]) 得到 1.414214，应为 2。",
    );
}

#[test]
fn deviations_from_zero() {
    told(
        &judge(|x| x.iter().map(|x| x * x).sum::<f64>() / (x.len() as f64 - 1.0)),
        "Not yet. variance([0, 2]) is 4, not 2.",
        "还不对。variance([0, 2]) 得到 4，应为 2。",
    );
}
