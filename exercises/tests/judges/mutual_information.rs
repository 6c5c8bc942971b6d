//! What goes wrong in `431_mutual_information`.

use crate::{solved, told};
use gradus_judges::{Verdict, mutual_information as judge};

#[path = "../../answers/431_mutual_information.rs"]
mod answer;
#[path = "../../tasks/431_mutual_information.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::mutual_information), Verdict::ToDo);
    solved(&judge(answer::mutual_information));
}

#[test]
fn the_joint_entropy() {
    told(
        &judge(|joint| {
            joint
                .iter()
                .flatten()
                .filter(|p| **p > 0.0)
                .map(|p| -p * p.ln())
                .sum()
        }),
        "Not yet. mutual_information([[0.25, 0.25], [0.25, 0.25]]) is 1.386294, not 0.",
        "还不对。mutual_information([[0.25, 0.25], [0.25, 0.25]]) 得到 1.386294，应为 0。",
    );
}

/// As if both were fair coins.
#[test]
fn marginals_are_exchanged_for_a_half() {
    told(
        &judge(|joint| {
            joint
                .iter()
                .flatten()
                .filter(|p| **p > 0.0)
                .map(|p| p * (p * 4.0).ln())
                .sum()
        }),
        "Not yet. mutual_information([[1]]) is 1.386294, not 0.",
        "还不对。mutual_information([[1]]) 得到 1.386294，应为 0。",
    );
}

#[test]
fn zero_times_infinity() {
    fn wrong(joint: &[Vec<f64>]) -> f64 {
        let columns = joint.first().map_or(0, Vec::len);
        let px: Vec<f64> = joint.iter().map(|row| row.iter().sum()).collect();
        let py = |y: usize| joint.iter().map(|row| row[y]).sum::<f64>();
        let term = |x: usize, y: usize| joint[x][y] * (joint[x][y] / (px[x] * py(y))).ln();
        (0..joint.len())
            .map(|x| (0..columns).map(|y| term(x, y)).sum::<f64>())
            .sum()
    }
    told(
        &judge(wrong),
        "Not yet. mutual_information([[0.5, 0], [0, 0.5]]) is NaN, not 0.693147.",
        "还不对。mutual_information([[0.5, 0], [0, 0.5]]) 得到 NaN，应为 0.693147。",
    );
}
