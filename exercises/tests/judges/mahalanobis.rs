//! What goes wrong in `371_mahalanobis`.

use crate::{solved, told};
use gradus_judges::{Verdict, mahalanobis as judge};

#[path = "../../answers/371_mahalanobis.rs"]
mod answer;
#[path = "../../tasks/371_mahalanobis.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::mahalanobis), Verdict::ToDo);
    solved(&judge(answer::mahalanobis));
}

fn difference(x: &[f64], mean: &[f64]) -> Vec<f64> {
    x.iter().zip(mean).map(|(x, m)| x - m).collect()
}

fn length(z: &[f64]) -> f64 {
    z.iter().map(|z| z * z).sum::<f64>().sqrt()
}

/// z with L z = d.
fn solved_for(d: &[f64], l: &[Vec<f64>]) -> Vec<f64> {
    let mut z: Vec<f64> = Vec::new();
    for (i, row) in l.iter().enumerate() {
        let known: f64 = row.iter().zip(&z).map(|(l, z)| l * z).sum();
        z.push((d[i] - known) / row[i]);
    }
    z
}

#[test]
fn the_distance_of_euclid() {
    told(
        &judge(|x, mean, _| length(&difference(x, mean))),
        "Not yet. mahalanobis([7], [1], [[3]]) is 6, not 2.",
        "还不对。mahalanobis([7], [1], [[3]]) 得到 6，应为 2。",
    );
}

#[test]
fn the_square() {
    told(
        &judge(|x, mean, l| length(&solved_for(&difference(x, mean), l)).powi(2)),
        "Not yet. mahalanobis([2], [0], [[1]]) is 4, not 2.",
        "还不对。mahalanobis([2], [0], [[1]]) 得到 4，应为 2。",
    );
}

/// Correlation is left out.
#[test]
fn only_the_diagonal() {
    told(
        &judge(|x, mean, l| {
            let d = difference(x, mean);
            let z: Vec<f64> = d.iter().enumerate().map(|(i, d)| d / l[i][i]).collect();
            length(&z)
        }),
        "Not yet. mahalanobis([2, 1], [0, 0], [[2, 0], [1, 1]]) is 1.414214, not 1.",
        "还不对。mahalanobis([2, 1], [0, 0], [[2, 0], [1, 1]]) 得到 1.414214，应为 1。",
    );
}

#[test]
fn multiplied_by_the_factor() {
    told(
        &judge(|x, mean, l| {
            let d = difference(x, mean);
            let dot = |row: &Vec<f64>| row.iter().zip(&d).map(|(l, d)| l * d).sum::<f64>();
            length(&l.iter().map(dot).collect::<Vec<f64>>())
        }),
        "Not yet. mahalanobis([7], [1], [[3]]) is 18, not 2.",
        "还不对。mahalanobis([7], [1], [[3]]) 得到 18，应为 2。",
    );
}

#[test]
fn the_mean_left_out() {
    told(
        &judge(|x, _, l| length(&solved_for(x, l))),
        "Not yet. mahalanobis([7], [1], [[3]]) is 2.333333, not 2.",
        "还不对。mahalanobis([7], [1], [[3]]) 得到 2.333333，应为 2。",
    );
}
