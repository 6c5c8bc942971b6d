//! What goes wrong in `101_transpose`.

use crate::{solved, told};
use gradus_judges::{Verdict, transpose as judge};

#[path = "../../answers/101_transpose.rs"]
mod answer;
#[path = "../../tasks/101_transpose.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::transpose), Verdict::ToDo);
    solved(&judge(answer::transpose));
}

#[test]
fn nothing_is_done() {
    told(
        &judge(|a| a.to_vec()),
        "Not yet. transpose([[1, 2], [3, 4]]) is [[1, 2], [3, 4]]; row 0, column 1 has 2, not 3.",
        "还不对。transpose([[1, 2], [3, 4]]) 得到 [[1, 2], [3, 4]]；第 0 行第 1 列是 2，应为 3。",
    );
}

/// As many rows as before.
#[test]
fn only_square_matrices() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        (0..a.len())
            .map(|j| a.iter().filter_map(|row| row.get(j)).copied().collect())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. transpose([[1, 2, 3]]) is [[1]], whose shape is not 3 × 1.",
        "还不对。transpose([[1, 2, 3]]) 得到 [[1]]，其形状不是 3 × 1。",
    );
}

#[test]
fn turned_by_a_quarter() {
    fn wrong(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let columns = a.first().map_or(0, Vec::len);
        (0..columns)
            .map(|j| a.iter().rev().map(|row| row[j]).collect())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. transpose([[1, 2], [3, 4]]) is [[3, 1], [4, 2]]; row 0, column 0 has 3, not 1.",
        "还不对。transpose([[1, 2], [3, 4]]) 得到 [[3, 1], [4, 2]]；第 0 行第 0 列是 3，应为 1。",
    );
}
