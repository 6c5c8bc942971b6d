//! What goes wrong in `512_softmax_cross_entropy_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, softmax_cross_entropy_gradient as judge};

#[path = "../../answers/512_softmax_cross_entropy_gradient.rs"]
mod answer;
#[path = "../../tasks/512_softmax_cross_entropy_gradient.rs"]
mod task;

fn softmax(z: &[f64]) -> Vec<f64> {
    gradus_numeric::softmax(z).unwrap_or_default()
}

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::softmax_cross_entropy_gradient), Verdict::ToDo);
    solved(&judge(answer::softmax_cross_entropy_gradient));
}

/// Truth minus prediction: gradient ascent.
#[test]
fn the_wrong_sign() {
    fn wrong(z: &[f64], y: usize) -> Vec<f64> {
        let mut gradient: Vec<f64> = softmax(z).iter().map(|p| -p).collect();
        gradient[y] += 1.0;
        gradient
    }
    told(
        &judge(wrong),
        "Not yet. gradient([0, 0], 0) is [0.5, -0.5]; entry 0 is 0.5, but along it the loss changes at the rate -0.5.",
        "还不对。gradient([0, 0], 0) 得到 [0.5, -0.5]；第 0 个分量是 0.5，而沿着它损失的变化率是 -0.5。",
    );
}

/// The factor p (1 - p) belongs to the squared error of a sigmoid.
#[test]
fn the_slope_of_the_sigmoid() {
    fn wrong(z: &[f64], y: usize) -> Vec<f64> {
        let target = |i| if i == y { 1.0 } else { 0.0 };
        let p = softmax(z).into_iter().enumerate();
        p.map(|(i, p)| (p - target(i)) * p * (1.0 - p)).collect()
    }
    told(
        &judge(wrong),
        "Not yet. gradient([0, 0], 0) is [-0.125, 0.125]; entry 0 is -0.125, but along it the loss changes at the rate -0.5.",
        "还不对。gradient([0, 0], 0) 得到 [-0.125, 0.125]；第 0 个分量是 -0.125，而沿着它损失的变化率是 -0.5。",
    );
}

/// As if only the logit of the true class moved the loss.
#[test]
fn only_the_true_class() {
    fn wrong(z: &[f64], y: usize) -> Vec<f64> {
        let p = softmax(z).into_iter().enumerate();
        p.map(|(i, p)| if i == y { p - 1.0 } else { 0.0 }).collect()
    }
    told(
        &judge(wrong),
        "Not yet. gradient([0, 0], 0) is [-0.5, 0]; entry 1 is 0, but along it the loss changes at the rate 0.5.",
        "还不对。gradient([0, 0], 0) 得到 [-0.5, 0]；第 1 个分量是 0，而沿着它损失的变化率是 0.5。",
    );
}

/// e^1000 / e^1000.
#[test]
fn exponentials_overflow() {
    fn wrong(z: &[f64], y: usize) -> Vec<f64> {
        let total: f64 = z.iter().map(|z| z.exp()).sum();
        let mut gradient: Vec<f64> = z.iter().map(|z| z.exp() / total).collect();
        gradient[y] -= 1.0;
        gradient
    }
    told(
        &judge(wrong),
        "Not yet. gradient([1000, 0], 0) is [NaN, 0]; a gradient has no NaN.",
        "还不对。gradient([1000, 0], 0) 得到 [NaN, 0]；梯度中不应有 NaN。",
    );
}
