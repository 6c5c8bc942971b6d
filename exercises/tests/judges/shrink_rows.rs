//! What goes wrong in `724_shrink_rows`.

use crate::{solved, told};
use gradus_judges::{Verdict, shrink_rows as judge};

#[path = "../../answers/724_shrink_rows.rs"]
mod answer;
#[path = "../../tasks/724_shrink_rows.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::shrink_rows), Verdict::ToDo);
    solved(&judge(answer::shrink_rows));
}

fn length(row: &[f64]) -> f64 {
    row.iter().map(|w| w * w).sum::<f64>().sqrt()
}

fn scaled(rows: &[Vec<f64>], factor: impl Fn(&[f64]) -> f64) -> Vec<Vec<f64>> {
    let scale = |row: &Vec<f64>| row.iter().map(|w| w * factor(row)).collect();
    rows.iter().map(scale).collect()
}

/// That makes weights zero, not units.
#[test]
fn every_weight_by_itself() {
    told(
        &judge(|rows, by| {
            let soft = |w: &f64| w.signum() * (w.abs() - by).max(0.0);
            rows.iter()
                .map(|row| row.iter().map(soft).collect())
                .collect()
        }),
        "Not yet. shrink_rows([[3, 4]], 1) is [[2, 3]]; row 0, column 0 has 2, not 2.4.",
        "还不对。shrink_rows([[3, 4]], 1) 得到 [[2, 3]]；第 0 行第 0 列是 2，应为 2.4。",
    );
}

#[test]
fn the_other_way_round() {
    told(
        &judge(|rows, by| {
            let kept = |row: &[f64]| {
                if length(row) > 0.0 {
                    1.0 - by / length(row)
                } else {
                    0.0
                }
            };
            scaled(rows, kept)
        }),
        "Not yet. shrink_rows([[1]], 2) is [[-1]]; row 0, column 0 has -1, not 0.",
        "还不对。shrink_rows([[1]], 2) 得到 [[-1]]；第 0 行第 0 列是 -1，应为 0。",
    );
}

#[test]
fn zero_over_zero() {
    told(
        &judge(|rows, by| scaled(rows, |row| (length(row) - by).max(0.0) / length(row))),
        "Not yet. shrink_rows([[0]], 0) is [[NaN]]; row 0, column 0 has NaN, not 0.",
        "还不对。shrink_rows([[0]], 0) 得到 [[NaN]]；第 0 行第 0 列是 NaN，应为 0。",
    );
}

#[test]
fn the_norm_of_the_whole_matrix() {
    told(
        &judge(|rows, by| {
            let all = length(&rows.concat());
            scaled(rows, |_| if all > by { 1.0 - by / all } else { 0.0 })
        }),
        "Not yet. shrink_rows([[3, 4], [6, 8]], 1) is [[2.731672, 3.642229], [5.463344, 7.284458]]; row 0, column 0 has 2.731672, not 2.4.",
        "还不对。shrink_rows([[3, 4], [6, 8]], 1) 得到 [[2.731672, 3.642229], [5.463344, 7.284458]]；第 0 行第 0 列是 2.731672，应为 2.4。",
    );
}

/// The ball, not the price: long rows are cut, short ones stay.
#[test]
fn rows_cut_to_the_length() {
    told(
        &judge(|rows, by| {
            scaled(rows, |row| {
                if length(row) > by && by > 0.0 {
                    by / length(row)
                } else {
                    1.0
                }
            })
        }),
        "Not yet. shrink_rows([[3]], 1) is [[1]]; row 0, column 0 has 1, not 2.",
        "还不对。shrink_rows([[3]], 1) 得到 [[1]]；第 0 行第 0 列是 1，应为 2。",
    );
}
