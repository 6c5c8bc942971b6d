//! What goes wrong in `013_welford_update`.

use crate::{solved, told};
use gradus_judges::{Verdict, welford_update as judge};

#[path = "../../answers/013_welford_update.rs"]
mod answer;
#[path = "../../tasks/013_welford_update.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::welford_update), Verdict::ToDo);
    solved(&judge(answer::welford_update));
}

/// Right only if the mean stood still.
#[test]
fn both_deviations_from_the_old_mean() {
    fn wrong(n: usize, mean: f64, squares: f64, x: f64) -> (f64, f64) {
        let d = x - mean;
        (mean + d / n as f64, squares + d * d)
    }
    told(
        &judge(wrong),
        "Not yet. welford_update: x = [2]; the sum of squares is 4, not 0.",
        "还不对。welford_update: x = [2]; 平方和是 4，应为 0。",
    );
}

#[test]
fn both_deviations_from_the_new_mean() {
    fn wrong(n: usize, mean: f64, squares: f64, x: f64) -> (f64, f64) {
        let mean = mean + (x - mean) / n as f64;
        (mean, squares + (x - mean) * (x - mean))
    }
    told(
        &judge(wrong),
        "Not yet. welford_update: x = [0, 2]; the sum of squares is 1, not 2.",
        "还不对。welford_update: x = [0, 2]; 平方和是 1，应为 2。",
    );
}

/// As if the mean were one of the last two numbers only.
#[test]
fn half_of_the_way() {
    fn wrong(_: usize, mean: f64, squares: f64, x: f64) -> (f64, f64) {
        let d = x - mean;
        let mean = mean + 0.5 * d;
        (mean, squares + d * (x - mean))
    }
    told(
        &judge(wrong),
        "Not yet. welford_update: x = [2]; the mean is 1, not 2.",
        "还不对。welford_update: x = [2]; 均值是 1，应为 2。",
    );
}

/// The difference of two large numbers.
#[test]
fn squares_of_the_numbers_themselves() {
    fn wrong(n: usize, mean: f64, squares: f64, x: f64) -> (f64, f64) {
        let before = squares + (n - 1) as f64 * mean * mean;
        let mean = mean + (x - mean) / n as f64;
        (mean, before + x * x - n as f64 * mean * mean)
    }
    told(
        &judge(wrong),
        "Not yet. welford_update: x = [1e9, 1000000002]; the sum of squares is 0, not 2.",
        "还不对。welford_update: x = [1e9, 1000000002]; 平方和是 0，应为 2。",
    );
}
