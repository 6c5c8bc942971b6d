//! What goes wrong in `381_plus_plus_weights`.

use crate::{solved, told};
use gradus_judges::{Verdict, plus_plus_weights as judge};

#[path = "../../answers/381_plus_plus_weights.rs"]
mod answer;
#[path = "../../tasks/381_plus_plus_weights.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::plus_plus_weights), Verdict::ToDo);
    solved(&judge(answer::plus_plus_weights));
}

/// Shares by a function of the squared distances from all centers.
fn shares(x: &[Vec<f64>], centers: &[usize], of: impl Fn(Vec<f64>) -> f64) -> Vec<f64> {
    let square =
        |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum() };
    let weight = |point: &Vec<f64>| {
        if centers.is_empty() {
            return 1.0;
        }
        of(centers.iter().map(|&i| square(point, &x[i])).collect())
    };
    let weights: Vec<f64> = x.iter().map(weight).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|w| w / total).collect()
}

fn smallest(squares: Vec<f64>) -> f64 {
    squares.into_iter().fold(f64::INFINITY, f64::min)
}

#[test]
fn distances_that_are_not_squared() {
    told(
        &judge(|x, centers| shares(x, centers, |squares| smallest(squares).sqrt())),
        "Not yet. plus_plus_weights([[0], [1], [3]], [0]) is [0, 0.25, 0.75]; entry 1 is 0.25, not 0.1.",
        "还不对。plus_plus_weights([[0], [1], [3]], [0]) 得到 [0, 0.25, 0.75]；第 1 个分量是 0.25，应为 0.1。",
    );
}

/// A sample that is a center can be drawn again.
#[test]
fn from_all_centers() {
    told(
        &judge(|x, centers| shares(x, centers, |squares| squares.iter().sum())),
        "Not yet. plus_plus_weights([[0], [4], [1], [6]], [0, 1]) is [0.195122, 0.195122, 0.121951, 0.487805]; entry 0 is 0.195122, not 0.",
        "还不对。plus_plus_weights([[0], [4], [1], [6]], [0, 1]) 得到 [0.195122, 0.195122, 0.121951, 0.487805]；第 0 个分量是 0.195122，应为 0。",
    );
}

#[test]
fn from_the_last_center() {
    told(
        &judge(|x, centers| shares(x, centers, |squares| squares.last().copied().unwrap_or(1.0))),
        "Not yet. plus_plus_weights([[0], [4], [1], [6]], [0, 1]) is [0.551724, 0, 0.310345, 0.137931]; entry 0 is 0.551724, not 0.",
        "还不对。plus_plus_weights([[0], [4], [1], [6]], [0, 1]) 得到 [0.551724, 0, 0.310345, 0.137931]；第 0 个分量是 0.551724，应为 0。",
    );
}

/// Not drawn at all: an outlier is always taken.
#[test]
fn the_farthest_sample() {
    told(
        &judge(|x, centers| {
            let weights = shares(x, centers, smallest);
            if centers.is_empty() {
                return weights;
            }
            let top = weights.iter().copied().fold(0.0, f64::max);
            weights
                .iter()
                .map(|w| f64::from(u8::from(*w == top)))
                .collect()
        }),
        "Not yet. plus_plus_weights([[0], [1], [3]], [0]) is [0, 0, 1]; entry 1 is 0, not 0.1.",
        "还不对。plus_plus_weights([[0], [1], [3]], [0]) 得到 [0, 0, 1]；第 1 个分量是 0，应为 0.1。",
    );
}

#[test]
fn not_divided() {
    told(
        &judge(|x, centers| {
            let square = |i: usize, j: usize| -> f64 {
                x[i].iter().zip(&x[j]).map(|(a, b)| (a - b) * (a - b)).sum()
            };
            let nearest = |i: usize| {
                centers
                    .iter()
                    .map(|&j| square(i, j))
                    .fold(f64::INFINITY, f64::min)
            };
            (0..x.len())
                .map(nearest)
                .map(|w| {
                    if w.is_finite() {
                        w
                    } else {
                        1.0 / x.len() as f64
                    }
                })
                .collect()
        }),
        "Not yet. plus_plus_weights([[0], [5]], [0]) is [0, 25]; entry 1 is 25, not 1.",
        "还不对。plus_plus_weights([[0], [5]], [0]) 得到 [0, 25]；第 1 个分量是 25，应为 1。",
    );
}
