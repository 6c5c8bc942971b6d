//! What goes wrong in `506_mean_squared_error_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, mean_squared_error_gradient as judge};

#[path = "../../answers/506_mean_squared_error_gradient.rs"]
mod answer;
#[path = "../../tasks/506_mean_squared_error_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::mean_squared_error_gradient), Verdict::ToDo);
    solved(&judge(answer::mean_squared_error_gradient));
}

#[test]
fn without_the_two() {
    told(
        &judge(|p, y| p.iter().zip(y).map(|(p, y)| (p - y) / 1.0).collect()),
        "Not yet. mean_squared_error_gradient([1], [0]) is [1]; entry 0 is 1, but along it the loss changes at the rate 2.",
        "还不对。mean_squared_error_gradient([1], [0]) 得到 [1]；第 0 个分量是 1，而沿着它损失的变化率是 2。",
    );
}

#[test]
fn without_the_mean() {
    told(
        &judge(|p, y| p.iter().zip(y).map(|(p, y)| 2.0 * (p - y)).collect()),
        "Not yet. mean_squared_error_gradient([1, 0], [0, 0]) is [2, 0]; entry 0 is 2, but along it the loss changes at the rate 1.",
        "还不对。mean_squared_error_gradient([1, 0], [0, 0]) 得到 [2, 0]；第 0 个分量是 2，而沿着它损失的变化率是 1。",
    );
}

#[test]
fn truth_minus_prediction() {
    fn wrong(p: &[f64], y: &[f64]) -> Vec<f64> {
        let m = y.len() as f64;
        p.iter().zip(y).map(|(p, y)| 2.0 * (y - p) / m).collect()
    }
    told(
        &judge(wrong),
        "Not yet. mean_squared_error_gradient([1], [0]) is [-2]; entry 0 is -2, but along it the loss changes at the rate 2.",
        "还不对。mean_squared_error_gradient([1], [0]) 得到 [-2]；第 0 个分量是 -2，而沿着它损失的变化率是 2。",
    );
}
