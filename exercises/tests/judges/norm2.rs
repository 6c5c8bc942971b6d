//! What goes wrong in `108_norm2`.

use crate::{solved, told};
use gradus_judges::{Verdict, norm2 as judge};

#[path = "../../answers/108_norm2.rs"]
mod answer;
#[path = "../../tasks/108_norm2.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::norm2), Verdict::ToDo);
    solved(&judge(answer::norm2));
    solved(&judge(gradus_numeric::norm2::<f64>));
}

#[test]
fn squares_overflow() {
    told(
        &judge(|x| x.iter().map(|x| x * x).sum::<f64>().sqrt()),
        "Not yet. norm2([3e200, 4e200]) is ∞, not 5e200.",
        "还不对。norm2([3e200, 4e200]) 得到 ∞，应为 5e200。",
    );
}

#[test]
fn without_the_root() {
    told(
        &judge(|x| x.iter().map(|x| x * x).sum()),
        "Not yet. norm2([-2]) is 4, not 2.",
        "还不对。norm2([-2]) 得到 4，应为 2。",
    );
}

#[test]
fn the_sum_of_magnitudes() {
    told(
        &judge(|x| x.iter().map(|x| x.abs()).sum()),
        "Not yet. norm2([3, 4]) is 7, not 5.",
        "还不对。norm2([3, 4]) 得到 7，应为 5。",
    );
}

#[test]
fn zero_by_zero() {
    fn wrong(x: &[f64]) -> f64 {
        let largest = x.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        largest * x.iter().map(|x| (x / largest).powi(2)).sum::<f64>().sqrt()
    }
    told(
        &judge(wrong),
        "Not yet. norm2([0, 0]) is NaN, not 0.",
        "还不对。norm2([0, 0]) 得到 NaN，应为 0。",
    );
}
