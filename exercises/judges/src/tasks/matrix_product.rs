//! The judge of `104_matrix_product`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::two_matrices;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;

/// Two matrices as rows, to their product.
pub type MatrixProduct = fn(&[Vec<f64>], &[Vec<f64>]) -> Vec<Vec<f64>>;

/// Judges matrix product.
#[must_use]
pub fn matrix_product(answer: MatrixProduct) -> Verdict {
    let call = |(a, b): &(Vec<Vec<f64>>, Vec<Vec<f64>>)| {
        format!("matrix_product({}, {})", rows(a), rows(b))
    };
    let check = |(a, b): &(Vec<Vec<f64>>, Vec<Vec<f64>>)| {
        let entry = |row: &Vec<f64>, j: usize| (0..b.len()).map(|l| row[l] * b[l][j]).sum();
        let columns = b.first().map_or(0, Vec::len);
        let row = |a: &Vec<f64>| (0..columns).map(|j| entry(a, j)).collect();
        let right: Vec<Vec<f64>> = a.iter().map(row).collect();
        rows_are(&answer(a, b), &right, 0.0)
    };
    Judge::new(&call)
        .law(
            Law(
                "product_is_within_its_rounding_bound",
                say!(
                    "entry (i, j) is the scalar product of row i of A and column j of B",
                    "(i, j) 元素是 A 的第 i 行与 B 的第 j 列的内积"
                ),
            ),
            &[
                (vec![vec![2.0]], vec![vec![3.0]]),
                (
                    vec![vec![1.0, 2.0], vec![3.0, 4.0]],
                    vec![vec![0.0, 1.0], vec![1.0, 0.0]],
                ),
                (vec![vec![1.0, 2.0]], vec![vec![1.0], vec![1.0]]),
            ],
            &two_matrices(),
            check,
        )
        .verdict()
}
