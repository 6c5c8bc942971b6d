//! What goes wrong in `723_max_norm`.

use crate::{solved, told};
use gradus_judges::{Verdict, max_norm as judge};

#[path = "../../answers/723_max_norm.rs"]
mod answer;
#[path = "../../tasks/723_max_norm.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::max_norm), Verdict::ToDo);
    solved(&judge(answer::max_norm));
}

fn norm(row: &[f64]) -> f64 {
    row.iter().map(|w| w * w).sum::<f64>().sqrt()
}

fn scaled(rows: &[Vec<f64>], factor: impl Fn(&[f64]) -> f64) -> Vec<Vec<f64>> {
    let scale = |row: &Vec<f64>| row.iter().map(|w| w * factor(row)).collect();
    rows.iter().map(scale).collect()
}

/// Short rows become longer, and a row of zeros becomes NaN.
#[test]
fn every_row_gets_the_length() {
    told(
        &judge(|rows, bound| scaled(rows, |row| bound / norm(row))),
        "Not yet. max_norm([[1]], 2) is [[2]]; row 0, column 0 has 2, not 1.",
        "还不对。max_norm([[1]], 2) 得到 [[2]]；第 0 行第 0 列是 2，应为 1。",
    );
}

#[test]
fn entries_are_clipped() {
    told(
        &judge(|rows, bound| {
            let clip = |row: &Vec<f64>| row.iter().map(|w| w.clamp(-bound, bound)).collect();
            rows.iter().map(clip).collect()
        }),
        "Not yet. max_norm([[6, 8]], 5) is [[5, 5]]; row 0, column 0 has 5, not 3.",
        "还不对。max_norm([[6, 8]], 5) 得到 [[5, 5]]；第 0 行第 0 列是 5，应为 3。",
    );
}

#[test]
fn the_norm_of_the_whole_matrix() {
    told(
        &judge(|rows, bound| {
            let all = norm(&rows.concat());
            scaled(rows, |_| (bound / all).min(1.0))
        }),
        "Not yet. max_norm([[3], [4]], 4) is [[2.4], [3.2]]; row 0, column 0 has 2.4, not 3.",
        "还不对。max_norm([[3], [4]], 4) 得到 [[2.4], [3.2]]；第 0 行第 0 列是 2.4，应为 3。",
    );
}

#[test]
fn the_square_of_the_norm() {
    told(
        &judge(|rows, bound| {
            scaled(rows, |row| {
                if norm(row) <= bound {
                    1.0
                } else {
                    bound / norm(row).powi(2)
                }
            })
        }),
        "Not yet. max_norm([[6, 8]], 5) is [[0.3, 0.4]]; row 0, column 0 has 0.3, not 3.",
        "还不对。max_norm([[6, 8]], 5) 得到 [[0.3, 0.4]]；第 0 行第 0 列是 0.3，应为 3。",
    );
}
