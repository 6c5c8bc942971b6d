//! What goes wrong in `718_embedding_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, embedding_gradient as judge};

#[path = "../../answers/718_embedding_gradient.rs"]
mod answer;
#[path = "../../tasks/718_embedding_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::embedding_gradient), Verdict::ToDo);
    solved(&judge(answer::embedding_gradient));
}

fn zeros(rows: usize, g: &[Vec<f64>]) -> Vec<Vec<f64>> {
    vec![vec![0.0; g[0].len()]; rows]
}

/// The last sample wins.
#[test]
fn written_instead_of_added() {
    told(
        &judge(|rows, index, g| {
            let mut gradient = zeros(rows, g);
            for (&row, g) in index.iter().zip(g) {
                gradient[row].clone_from(g);
            }
            gradient
        }),
        "Not yet. embedding_gradient(3, [1, 1], [[1, -1], [2, -2]]) is [[0, 0], [2, -2], [0, 0]]; row 1, column 0 has 2, not 3.",
        "还不对。embedding_gradient(3, [1, 1], [[1, -1], [2, -2]]) 得到 [[0, 0], [2, -2], [0, 0]]；第 1 行第 0 列是 2，应为 3。",
    );
}

#[test]
fn a_gradient_for_each_sample() {
    told(
        &judge(|_, _, g| g.to_vec()),
        "Not yet. embedding_gradient(3, [0], [[1, -1]]) is [[1, -1]], whose shape is not 3 × 2.",
        "还不对。embedding_gradient(3, [0], [[1, -1]]) 得到 [[1, -1]]，其形状不是 3 × 2。",
    );
}

#[test]
fn the_mean_of_a_row() {
    told(
        &judge(|rows, index, g| {
            let mut gradient = answer::embedding_gradient(rows, index, g);
            for (row, sums) in gradient.iter_mut().enumerate() {
                let count = index.iter().filter(|&&i| i == row).count().max(1);
                for sum in sums {
                    *sum /= count as f64;
                }
            }
            gradient
        }),
        "Not yet. embedding_gradient(3, [1, 1], [[1, -1], [2, -2]]) is [[0, 0], [1.5, -1.5], [0, 0]]; row 1, column 0 has 1.5, not 3.",
        "还不对。embedding_gradient(3, [1, 1], [[1, -1], [2, -2]]) 得到 [[0, 0], [1.5, -1.5], [0, 0]]；第 1 行第 0 列是 1.5，应为 3。",
    );
}

#[test]
fn by_place_and_not_by_number() {
    told(
        &judge(|rows, index, g| {
            let mut gradient = zeros(rows, g);
            for s in 0..index.len() {
                gradient[s % rows].clone_from(&g[s]);
            }
            gradient
        }),
        "Not yet. embedding_gradient(3, [2], [[1, -1]]) is [[1, -1], [0, 0], [0, 0]]; row 0, column 0 has 1, not 0.",
        "还不对。embedding_gradient(3, [2], [[1, -1]]) 得到 [[1, -1], [0, 0], [0, 0]]；第 0 行第 0 列是 1，应为 0。",
    );
}
