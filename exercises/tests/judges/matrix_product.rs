//! What goes wrong in `104_matrix_product`.

use crate::{solved, told};
use gradus_judges::{Verdict, matrix_product as judge};

#[path = "../../answers/104_matrix_product.rs"]
mod answer;
#[path = "../../tasks/104_matrix_product.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::matrix_product), Verdict::ToDo);
    solved(&judge(answer::matrix_product));
}

/// The Hadamard product.
#[test]
fn entry_by_entry() {
    fn wrong(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
        a.iter()
            .zip(b)
            .map(|(a, b)| a.iter().zip(b).map(|(a, b)| a * b).collect())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. matrix_product([[1, 2], [3, 4]], [[0, 1], [1, 0]]) is [[0, 2], [3, 0]]; row 0, column 0 has 0, not 2.",
        "还不对。matrix_product([[1, 2], [3, 4]], [[0, 1], [1, 0]]) 得到 [[0, 2], [3, 0]]；第 0 行第 0 列是 0，应为 2。",
    );
}

#[test]
fn the_other_order() {
    fn wrong(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let columns = a.first().map_or(0, Vec::len);
        b.iter()
            .map(|row| {
                (0..columns)
                    .map(|j| row.iter().zip(a).map(|(b, a)| b * a[j]).sum())
                    .collect()
            })
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. matrix_product([[1, 2], [3, 4]], [[0, 1], [1, 0]]) is [[3, 4], [1, 2]]; row 0, column 0 has 3, not 2.",
        "还不对。matrix_product([[1, 2], [3, 4]], [[0, 1], [1, 0]]) 得到 [[3, 4], [1, 2]]；第 0 行第 0 列是 3，应为 2。",
    );
}

/// The second factor is transposed.
#[test]
fn rows_with_rows() {
    fn wrong(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
        a.iter()
            .map(|row| {
                b.iter()
                    .map(|b| row.iter().zip(b).map(|(a, b)| a * b).sum())
                    .collect()
            })
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. matrix_product([[1, 2]], [[1], [1]]) is [[1, 1]], whose shape is not 1 × 1.",
        "还不对。matrix_product([[1, 2]], [[1], [1]]) 得到 [[1, 1]]，其形状不是 1 × 1。",
    );
}
