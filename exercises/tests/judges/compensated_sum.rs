//! What goes wrong in `011_compensated_sum`.

use crate::{solved, told};
use gradus_judges::{Verdict, compensated_sum as judge};

#[path = "../../answers/011_compensated_sum.rs"]
mod answer;
#[path = "../../tasks/011_compensated_sum.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::compensated_sum), Verdict::ToDo);
    solved(&judge(answer::compensated_sum));
    solved(&judge(gradus_numeric::compensated_sum::<f64>));
}

/// One after the other.
#[test]
fn in_turn() {
    told(
        &judge(|x| x.iter().sum()),
        "Not yet. compensated_sum([1e16, 1, 1, -1e16]) is 0, not 2.",
        "还不对。compensated_sum([1e16, 1, 1, -1e16]) 得到 0，应为 2。",
    );
}

/// Kahan's version, which expects the sum to be the larger one.
#[test]
fn kahan() {
    fn wrong(x: &[f64]) -> f64 {
        let (mut sum, mut lost) = (0.0, 0.0);
        for &x in x {
            let next = sum + x;
            lost += (sum - next) + x;
            sum = next;
        }
        sum + lost
    }
    told(
        &judge(wrong),
        "Not yet. compensated_sum([1, 1e100, 1, -1e100]) is 1, not 2.",
        "还不对。compensated_sum([1, 1e100, 1, -1e100]) 得到 1，应为 2。",
    );
}

#[test]
fn losses_are_subtracted() {
    fn wrong(x: &[f64]) -> f64 {
        let (mut sum, mut lost) = (0.0_f64, 0.0);
        for &x in x {
            let next = sum + x;
            lost += if sum.abs() >= x.abs() {
                (sum - next) + x
            } else {
                (x - next) + sum
            };
            sum = next;
        }
        sum - lost
    }
    told(
        &judge(wrong),
        "Not yet. compensated_sum([1e16, 1, 1, -1e16]) is -2, not 2.",
        "还不对。compensated_sum([1e16, 1, 1, -1e16]) 得到 -2，应为 2。",
    );
}

#[test]
fn losses_are_forgotten() {
    fn wrong(x: &[f64]) -> f64 {
        let (mut sum, mut lost) = (0.0_f64, 0.0);
        for &x in x {
            let next = sum + x;
            lost += (sum - next) + x;
            sum = next;
        }
        if lost.is_nan() { lost } else { sum }
    }
    told(
        &judge(wrong),
        "Not yet. compensated_sum([1e16, 1, 1, -1e16]) is 0, not 2.",
        "还不对。compensated_sum([1e16, 1, 1, -1e16]) 得到 0，应为 2。",
    );
}
