//! The judge of `101_transpose`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::any_matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;

/// Judges transpose.
#[must_use]
pub fn transpose(answer: fn(&[Vec<f64>]) -> Vec<Vec<f64>>) -> Verdict {
    let call = |a: &Vec<Vec<f64>>| format!("transpose({})", rows(a));
    let check = |a: &Vec<Vec<f64>>| {
        let columns = a.first().map_or(0, Vec::len);
        let column = |j: usize| a.iter().map(|row| row[j]).collect();
        let right: Vec<Vec<f64>> = (0..columns).map(column).collect();
        rows_are(&answer(a), &right, 0.0)
    };
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "entry (i, j) of the transpose is entry (j, i) of the matrix",
                    "转置矩阵的 (i, j) 元素是原矩阵的 (j, i) 元素"
                ),
            ),
            &[
                vec![vec![1.0]],
                vec![vec![1.0, 2.0], vec![3.0, 4.0]],
                vec![vec![1.0, 2.0, 3.0]],
            ],
            &any_matrix(),
            check,
        )
        .verdict()
}
