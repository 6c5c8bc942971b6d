//! What goes wrong in `611_linear_regression_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, linear_regression_gradient as judge};

#[path = "../../answers/611_linear_regression_gradient.rs"]
mod answer;
#[path = "../../tasks/611_linear_regression_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::linear_regression_gradient), Verdict::ToDo);
    solved(&judge(answer::linear_regression_gradient));
}

#[test]
fn the_reversed_sign() {
    fn wrong(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
        let m = y.len() as f64;
        let error = |i: usize| y[i] - (0..theta.len()).map(|j| x[i][j] * theta[j]).sum::<f64>();
        (0..theta.len())
            .map(|j| (0..y.len()).map(|i| 2.0 * error(i) * x[i][j] / m).sum())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. gradient(x = [[1]], y = [1], θ = [0]) is [2]; entry 0 is 2, but along it the loss changes at the rate -2.",
        "还不对。gradient(x = [[1]], y = [1], θ = [0]) 得到 [2]；第 0 个分量是 2，而沿着它损失的变化率是 -2。",
    );
}

#[test]
fn without_the_inputs() {
    fn wrong(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
        let m = y.len() as f64;
        let error = |i: usize| (0..theta.len()).map(|j| x[i][j] * theta[j]).sum::<f64>() - y[i];
        let mean = (0..y.len()).map(|i| 2.0 * error(i) / m).sum();
        vec![mean; theta.len()]
    }
    told(
        &judge(wrong),
        "Not yet. gradient(x = [[2]], y = [1], θ = [0]) is [-2]; entry 0 is -2, but along it the loss changes at the rate -4.",
        "还不对。gradient(x = [[2]], y = [1], θ = [0]) 得到 [-2]；第 0 个分量是 -2，而沿着它损失的变化率是 -4。",
    );
}

#[test]
fn without_the_mean() {
    fn wrong(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
        let error = |i: usize| (0..theta.len()).map(|j| x[i][j] * theta[j]).sum::<f64>() - y[i];
        (0..theta.len())
            .map(|j| (0..y.len()).map(|i| 2.0 * error(i) * x[i][j]).sum())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. gradient(x = [[1], [2]], y = [1, 0], θ = [0]) is [-2]; entry 0 is -2, but along it the loss changes at the rate -1.",
        "还不对。gradient(x = [[1], [2]], y = [1, 0], θ = [0]) 得到 [-2]；第 0 个分量是 -2，而沿着它损失的变化率是 -1。",
    );
}

#[test]
fn without_the_two() {
    fn wrong(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
        let m = y.len() as f64;
        let error = |i: usize| (0..theta.len()).map(|j| x[i][j] * theta[j]).sum::<f64>() - y[i];
        (0..theta.len())
            .map(|j| (0..y.len()).map(|i| error(i) * x[i][j] / m).sum())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. gradient(x = [[1]], y = [1], θ = [0]) is [-1]; entry 0 is -1, but along it the loss changes at the rate -2.",
        "还不对。gradient(x = [[1]], y = [1], θ = [0]) 得到 [-1]；第 0 个分量是 -1，而沿着它损失的变化率是 -2。",
    );
}
