//! What goes wrong in `521_ridge_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, ridge_gradient as judge};

#[path = "../../answers/521_ridge_gradient.rs"]
mod answer;
#[path = "../../tasks/521_ridge_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::ridge_gradient), Verdict::ToDo);
    solved(&judge(answer::ridge_gradient));
}

/// Always upwards, also for a negative parameter.
#[test]
fn the_penalty_itself() {
    told(
        &judge(|theta, lambda| theta.iter().map(|t| 0.5 * lambda * t * t).collect()),
        "Not yet. ridge_gradient([1], 1) is [0.5]; entry 0 is 0.5, but along it the loss changes at the rate 1.",
        "还不对。ridge_gradient([1], 1) 得到 [0.5]；第 0 个分量是 0.5，而沿着它损失的变化率是 1。",
    );
}

#[test]
fn without_the_half() {
    told(
        &judge(|theta, lambda| theta.iter().map(|t| 2.0 * lambda * t).collect()),
        "Not yet. ridge_gradient([1], 1) is [2]; entry 0 is 2, but along it the loss changes at the rate 1.",
        "还不对。ridge_gradient([1], 1) 得到 [2]；第 0 个分量是 2，而沿着它损失的变化率是 1。",
    );
}

#[test]
fn the_gradient_of_l1() {
    told(
        &judge(|theta, lambda| theta.iter().map(|t| lambda * t.signum()).collect()),
        "Not yet. ridge_gradient([-2], 1) is [-1]; entry 0 is -1, but along it the loss changes at the rate -2.",
        "还不对。ridge_gradient([-2], 1) 得到 [-1]；第 0 个分量是 -1，而沿着它损失的变化率是 -2。",
    );
}
