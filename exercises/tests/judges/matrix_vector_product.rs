//! What goes wrong in `103_matrix_vector_product`.

use crate::{solved, told};
use gradus_judges::{Verdict, matrix_vector_product as judge};

#[path = "../../answers/103_matrix_vector_product.rs"]
mod answer;
#[path = "../../tasks/103_matrix_vector_product.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::matrix_vector_product), Verdict::ToDo);
    solved(&judge(answer::matrix_vector_product));
}

/// The transposed matrix.
#[test]
fn columns_for_rows() {
    fn wrong(a: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
        let columns = a.first().map_or(0, Vec::len);
        (0..columns)
            .map(|j| a.iter().zip(x).map(|(row, x)| row[j] * x).sum())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. matrix_vector_product([[1, 2], [3, 4]], [1, 0]) is [1, 2]; entry 1 is 2, not 3.",
        "还不对。matrix_vector_product([[1, 2], [3, 4]], [1, 0]) 得到 [1, 2]；第 1 个分量是 2，应为 3。",
    );
}

#[test]
fn only_the_diagonal() {
    fn wrong(a: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
        a.iter()
            .zip(x)
            .enumerate()
            .map(|(i, (row, x))| row.get(i).unwrap_or(&0.0) * x)
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. matrix_vector_product([[1, 2], [3, 4]], [1, 0]) is [1, 0]; entry 1 is 0, not 3.",
        "还不对。matrix_vector_product([[1, 2], [3, 4]], [1, 0]) 得到 [1, 0]；第 1 个分量是 0，应为 3。",
    );
}

#[test]
fn rows_times_one_entry() {
    fn wrong(a: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
        a.iter()
            .zip(x)
            .map(|(row, x)| row.iter().sum::<f64>() * x)
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. matrix_vector_product([[1, 2], [3, 4]], [1, 0]) is [3, 0]; entry 0 is 3, not 1.",
        "还不对。matrix_vector_product([[1, 2], [3, 4]], [1, 0]) 得到 [3, 0]；第 0 个分量是 3，应为 1。",
    );
}
