//! What goes wrong in `515_multiclass_hinge_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, multiclass_hinge_gradient as judge};

#[path = "../../answers/515_multiclass_hinge_gradient.rs"]
mod answer;
#[path = "../../tasks/515_multiclass_hinge_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::multiclass_hinge_gradient), Verdict::ToDo);
    solved(&judge(answer::multiclass_hinge_gradient));
}

/// Pulls the classes that `rival` names, and the truth as often.
fn pulled(z: &[f64], y: usize, rival: impl Fn(usize) -> bool) -> Vec<f64> {
    let mut gradient = vec![0.0; z.len()];
    for i in (0..z.len()).filter(|&i| i != y && rival(i)) {
        gradient[i] += 1.0;
        gradient[y] -= 1.0;
    }
    gradient
}

#[test]
fn every_rival_within_the_margin() {
    told(
        &judge(|z, y| pulled(z, y, |i| 1.0 + z[i] - z[y] > 0.0)),
        "Not yet. multiclass_hinge_gradient([0, 2, 1], 0) is [-2, 1, 1]; entry 0 is -2, not -1.",
        "还不对。multiclass_hinge_gradient([0, 2, 1], 0) 得到 [-2, 1, 1]；第 0 个分量是 -2，应为 -1。",
    );
}

/// The perceptron: content with the right side.
#[test]
fn without_the_margin() {
    told(
        &judge(|z, y| {
            let mut right = answer::multiclass_hinge_gradient(z, y);
            if (0..z.len()).all(|i| z[i] <= z[y]) {
                right.fill(0.0);
            }
            right
        }),
        "Not yet. multiclass_hinge_gradient([0, 0], 0) is [0, 0]; entry 0 is 0, not -1.",
        "还不对。multiclass_hinge_gradient([0, 0], 0) 得到 [0, 0]；第 0 个分量是 0，应为 -1。",
    );
}

#[test]
fn the_wrong_sign() {
    told(
        &judge(|z, y| {
            answer::multiclass_hinge_gradient(z, y)
                .iter()
                .map(|g| -g)
                .collect()
        }),
        "Not yet. multiclass_hinge_gradient([0, 0], 0) is [1, -1]; entry 0 is 1, not -1.",
        "还不对。multiclass_hinge_gradient([0, 0], 0) 得到 [1, -1]；第 0 个分量是 1，应为 -1。",
    );
}

#[test]
fn the_truth_is_its_own_rival() {
    told(
        &judge(|z, y| {
            let best = (0..z.len()).fold(0, |best, i| if z[i] > z[best] { i } else { best });
            pulled(z, y, |i| i == best)
        }),
        "Not yet. multiclass_hinge_gradient([0, 0], 0) is [0, 0]; entry 0 is 0, not -1.",
        "还不对。multiclass_hinge_gradient([0, 0], 0) 得到 [0, 0]；第 0 个分量是 0，应为 -1。",
    );
}
