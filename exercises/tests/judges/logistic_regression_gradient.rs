//! What goes wrong in `641_logistic_regression_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, logistic_regression_gradient as judge};

#[path = "../../answers/641_logistic_regression_gradient.rs"]
mod answer;
#[path = "../../tasks/641_logistic_regression_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::logistic_regression_gradient), Verdict::ToDo);
    solved(&judge(answer::logistic_regression_gradient));
}

#[test]
fn with_the_slope_of_the_sigmoid() {
    fn wrong(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
        let p = |i: usize| {
            1.0 / (1.0 + (-(0..theta.len()).map(|j| x[i][j] * theta[j]).sum::<f64>()).exp())
        };
        (0..theta.len())
            .map(|j| {
                (0..y.len())
                    .map(|i| (p(i) - y[i]) * p(i) * (1.0 - p(i)) * x[i][j] / y.len() as f64)
                    .sum()
            })
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. gradient(x = [[1]], y = [1], θ = [0]) is [-0.125]; entry 0 is -0.125, but along it the loss changes at the rate -0.5.",
        "还不对。gradient(x = [[1]], y = [1], θ = [0]) 得到 [-0.125]；第 0 个分量是 -0.125，而沿着它损失的变化率是 -0.5。",
    );
}

#[test]
fn truth_minus_prediction() {
    told(
        &judge(|x, y, theta| {
            answer::logistic_regression_gradient(x, y, theta)
                .iter()
                .map(|g| -g)
                .collect()
        }),
        "Not yet. gradient(x = [[1]], y = [1], θ = [0]) is [0.5]; entry 0 is 0.5, but along it the loss changes at the rate -0.5.",
        "还不对。gradient(x = [[1]], y = [1], θ = [0]) 得到 [0.5]；第 0 个分量是 0.5，而沿着它损失的变化率是 -0.5。",
    );
}

#[test]
fn without_the_mean() {
    told(
        &judge(|x, y, theta| {
            answer::logistic_regression_gradient(x, y, theta)
                .iter()
                .map(|g| g * y.len() as f64)
                .collect()
        }),
        "Not yet. gradient(x = [[1], [-1]], y = [1, 1], θ = [0.5]) is [0.244919]; entry 0 is 0.244919, but along it the loss changes at the rate 0.122459.",
        "还不对。gradient(x = [[1], [-1]], y = [1, 1], θ = [0.5]) 得到 [0.244919]；第 0 个分量是 0.244919，而沿着它损失的变化率是 0.122459。",
    );
}

#[test]
fn without_the_inputs() {
    fn wrong(x: &[Vec<f64>], y: &[f64], theta: &[f64]) -> Vec<f64> {
        let p = |i: usize| {
            1.0 / (1.0 + (-(0..theta.len()).map(|j| x[i][j] * theta[j]).sum::<f64>()).exp())
        };
        let mean = (0..y.len()).map(|i| (p(i) - y[i]) / y.len() as f64).sum();
        vec![mean; theta.len()]
    }
    told(
        &judge(wrong),
        "Not yet. gradient(x = [[2]], y = [0], θ = [0]) is [0.5]; entry 0 is 0.5, but along it the loss changes at the rate 1.",
        "还不对。gradient(x = [[2]], y = [0], θ = [0]) 得到 [0.5]；第 0 个分量是 0.5，而沿着它损失的变化率是 1。",
    );
}
