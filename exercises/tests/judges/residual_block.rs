//! What goes wrong in `714_residual_block`.

use crate::{solved, told};
use gradus_judges::{Verdict, residual_block as judge};

#[path = "../../answers/714_residual_block.rs"]
mod answer;
#[path = "../../tasks/714_residual_block.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::residual_block), Verdict::ToDo);
    solved(&judge(answer::residual_block));
}

fn product(w: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
    w.iter()
        .map(|row| row.iter().zip(x).map(|(w, x)| w * x).sum())
        .collect()
}

fn rectified(x: &[f64]) -> Vec<f64> {
    x.iter().map(|x| x.max(0.0)).collect()
}

fn sum(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x + y).collect()
}

#[test]
fn without_the_shortcut() {
    told(
        &judge(|x, w1, w2| product(w2, &rectified(&product(w1, x)))),
        "Not yet. residual_block([1], [[0]], [[0]]) is 0, not 1.",
        "还不对。residual_block([1], [[0]], [[0]]) 得到 0，应为 1。",
    );
}

/// Negative inputs are lost, layer by layer.
#[test]
fn the_sum_is_rectified() {
    told(
        &judge(|x, w1, w2| rectified(&sum(x, &product(w2, &rectified(&product(w1, x)))))),
        "Not yet. residual_block([-1], [[0]], [[0]]) is 0, not -1.",
        "还不对。residual_block([-1], [[0]], [[0]]) 得到 0，应为 -1。",
    );
}

#[test]
fn the_branch_is_rectified_at_its_end() {
    told(
        &judge(|x, w1, w2| sum(x, &rectified(&product(w2, &rectified(&product(w1, x)))))),
        "Not yet. residual_block([1], [[2]], [[-3]]) is 1, not -5.",
        "还不对。residual_block([1], [[2]], [[-3]]) 得到 1，应为 -5。",
    );
}

/// Two layers without a bend are one.
#[test]
fn nothing_is_rectified() {
    told(
        &judge(|x, w1, w2| sum(x, &product(w2, &product(w1, x)))),
        "Not yet. residual_block([1], [[-2]], [[3]]) is -5, not 1.",
        "还不对。residual_block([1], [[-2]], [[3]]) 得到 -5，应为 1。",
    );
}
