//! What goes wrong in `161_first_component`.

use crate::{solved, told};
use gradus_judges::{Verdict, first_component as judge};

#[path = "../../answers/161_first_component.rs"]
mod answer;
#[path = "../../tasks/161_first_component.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::first_component), Verdict::ToDo);
    solved(&judge(answer::first_component));
}

fn centered(samples: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mean = |j: usize| samples.iter().map(|x| x[j]).sum::<f64>() / samples.len() as f64;
    let (a, b) = (mean(0), mean(1));
    samples.iter().map(|x| vec![x[0] - a, x[1] - b]).collect()
}

fn iterate(samples: &[Vec<f64>], start: [f64; 2]) -> Vec<f64> {
    let mut v = start.to_vec();
    for _ in 0..200 {
        let mut next = [0.0; 2];
        for x in samples {
            let score = x[0] * v[0] + x[1] * v[1];
            next.iter_mut()
                .zip(x)
                .for_each(|(next, x)| *next += score * x);
        }
        let norm = next[0].hypot(next[1]);
        v = next.iter().map(|v| v / norm).collect();
    }
    v
}

#[test]
fn the_mean_is_not_subtracted() {
    told(
        &judge(|x| iterate(x, [1.0, 2.0_f64.sqrt()])),
        "Not yet. first_component([[9, 1], [9, -1]]) is [1, 0]; the variance along it is 0, not 1.",
        "还不对。first_component([[9, 1], [9, -1]]) 得到 [1, 0]；沿它的方差是 0，应为 1。",
    );
}

/// The start is perpendicular to the answer.
#[test]
fn from_the_first_axis() {
    told(
        &judge(|x| iterate(&centered(x), [1.0, 0.0])),
        "Not yet. first_component([[0, 2], [0, -2]]) is [NaN, NaN]; its length is NaN, not 1.",
        "还不对。first_component([[0, 2], [0, -2]]) 得到 [NaN, NaN]；长度是 NaN，应为 1。",
    );
}

#[test]
fn never_divided_by_the_length() {
    fn wrong(samples: &[Vec<f64>]) -> Vec<f64> {
        let v = iterate(&centered(samples), [1.0, 2.0_f64.sqrt()]);
        v.iter().map(|v| v * samples.len() as f64).collect()
    }
    told(
        &judge(wrong),
        "Not yet. first_component([[1, 0], [-1, 0]]) is [2, 0]; its length is 2, not 1.",
        "还不对。first_component([[1, 0], [-1, 0]]) 得到 [2, 0]；长度是 2，应为 1。",
    );
}

/// The axis of the feature that varies most.
#[test]
fn an_axis() {
    fn wrong(samples: &[Vec<f64>]) -> Vec<f64> {
        let spread = |j: usize| centered(samples).iter().map(|x| x[j] * x[j]).sum::<f64>();
        if spread(0) >= spread(1) {
            vec![1.0, 0.0]
        } else {
            vec![0.0, 1.0]
        }
    }
    told(
        &judge(wrong),
        "Not yet. first_component([[1, 1], [-1, -1]]) is [1, 0]; the variance along it is 1, not 2.",
        "还不对。first_component([[1, 1], [-1, -1]]) 得到 [1, 0]；沿它的方差是 1，应为 2。",
    );
}
