//! What goes wrong in `517_triplet_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, triplet_gradient as judge};

#[path = "../../answers/517_triplet_gradient.rs"]
mod answer;
#[path = "../../tasks/517_triplet_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::triplet_gradient), Verdict::ToDo);
    solved(&judge(answer::triplet_gradient));
}

#[test]
fn always_pulled() {
    told(
        &judge(|a, p, n, _| answer::triplet_gradient(a, p, n, f64::INFINITY)),
        "Not yet. triplet_gradient([0, 0], [1, 0], [0, 4], 1) is [-1, 1]; entry 0 is -1, not 0.",
        "还不对。triplet_gradient([0, 0], [1, 0], [0, 4], 1) 得到 [-1, 1]；第 0 个分量是 -1，应为 0。",
    );
}

/// The slope of the square of the distances.
#[test]
fn distances_squared() {
    told(
        &judge(|a, p, n, margin| {
            let right = answer::triplet_gradient(a, p, n, margin);
            let quiet = right.iter().all(|&g| g == 0.0);
            (0..a.len())
                .map(|i| if quiet { 0.0 } else { 2.0 * (n[i] - p[i]) })
                .collect()
        }),
        "Not yet. triplet_gradient([0], [2], [-2], 1) is [-8]; entry 0 is -8, but along it the loss changes at the rate -2.",
        "还不对。triplet_gradient([0], [2], [-2], 1) 得到 [-8]；第 0 个分量是 -8，而沿着它损失的变化率是 -2。",
    );
}

#[test]
fn the_gradient_of_the_positive() {
    told(
        &judge(|a, p, n, margin| {
            answer::triplet_gradient(a, p, n, margin)
                .iter()
                .map(|g| -g)
                .collect()
        }),
        "Not yet. triplet_gradient([0], [2], [-2], 1) is [2]; entry 0 is 2, but along it the loss changes at the rate -2.",
        "还不对。triplet_gradient([0], [2], [-2], 1) 得到 [2]；第 0 个分量是 2，而沿着它损失的变化率是 -2。",
    );
}

#[test]
fn the_negative_does_not_push() {
    told(
        &judge(|a, p, n, margin| {
            let right = answer::triplet_gradient(a, p, n, margin);
            let distance = a
                .iter()
                .zip(p)
                .map(|(a, p)| (a - p) * (a - p))
                .sum::<f64>()
                .sqrt();
            let pulls = right.iter().any(|&g| g != 0.0);
            (0..a.len())
                .map(|i| if pulls { (a[i] - p[i]) / distance } else { 0.0 })
                .collect()
        }),
        "Not yet. triplet_gradient([0], [2], [-2], 1) is [-1]; entry 0 is -1, but along it the loss changes at the rate -2.",
        "还不对。triplet_gradient([0], [2], [-2], 1) 得到 [-1]；第 0 个分量是 -1，而沿着它损失的变化率是 -2。",
    );
}
