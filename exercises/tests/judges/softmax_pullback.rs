//! What goes wrong in `023_softmax_pullback`.

use crate::{solved, told};
use gradus_judges::{Verdict, softmax_pullback as judge};

#[path = "../../answers/023_softmax_pullback.rs"]
mod answer;
#[path = "../../tasks/023_softmax_pullback.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::softmax_pullback), Verdict::ToDo);
    solved(&judge(answer::softmax_pullback));
}

/// As if the sum did not change with the score.
#[test]
fn the_diagonal_alone() {
    told(
        &judge(|p, g| p.iter().zip(g).map(|(p, g)| p * (1.0 - p) * g).collect()),
        "Not yet. softmax_pullback(softmax([0, 0]), [1, 0]) is [0.25, 0]; entry 1 is 0, but along it the loss changes at the rate -0.25.",
        "还不对。softmax_pullback(softmax([0, 0]), [1, 0]) 得到 [0.25, 0]；第 1 个分量是 0，而沿着它损失的变化率是 -0.25。",
    );
}

#[test]
fn nothing_subtracted() {
    told(
        &judge(|p, g| p.iter().zip(g).map(|(p, g)| p * g).collect()),
        "Not yet. softmax_pullback(softmax([0]), [1]) is [1]; entry 0 is 1, but along it the loss changes at the rate 0.",
        "还不对。softmax_pullback(softmax([0]), [1]) 得到 [1]；第 0 个分量是 1，而沿着它损失的变化率是 0。",
    );
}

#[test]
fn the_mean_without_weights() {
    fn wrong(p: &[f64], g: &[f64]) -> Vec<f64> {
        let mean = g.iter().sum::<f64>() / g.len() as f64;
        p.iter().zip(g).map(|(p, g)| p * (g - mean)).collect()
    }
    told(
        &judge(wrong),
        "Not yet. softmax_pullback(softmax([0, 1, 2]), [1, -1, 2]) is [0.03001, -0.407881, 0.886988]; entry 0 is 0.03001, but along it the loss changes at the rate -0.015826.",
        "还不对。softmax_pullback(softmax([0, 1, 2]), [1, -1, 2]) 得到 [0.03001, -0.407881, 0.886988]；第 0 个分量是 0.03001，而沿着它损失的变化率是 -0.015826。",
    );
}

#[test]
fn of_the_cross_entropy() {
    told(
        &judge(|p, g| p.iter().zip(g).map(|(p, g)| p - g).collect()),
        "Not yet. softmax_pullback(softmax([0, 0]), [1, 0]) is [-0.5, 0.5]; entry 0 is -0.5, but along it the loss changes at the rate 0.25.",
        "还不对。softmax_pullback(softmax([0, 0]), [1, 0]) 得到 [-0.5, 0.5]；第 0 个分量是 -0.5，而沿着它损失的变化率是 0.25。",
    );
}
