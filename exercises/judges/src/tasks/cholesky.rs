//! The judge of `113_cholesky`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::triangle;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::strategy::Strategy;

/// Judges the factor of Cholesky: A is made of it.
#[must_use]
pub fn cholesky(answer: fn(&[Vec<f64>]) -> Vec<Vec<f64>>) -> Verdict {
    type Case = Vec<Vec<f64>>;
    let call = |u: &Case| format!("cholesky({})", rows(&gram(u)));
    Judge::new(&call)
        .law(
            Law(
                "a_positive_definite_matrix_is_a_triangle_times_its_transpose",
                say!(
                    "L is a lower triangle with a positive diagonal, and L Lᵀ is A",
                    "L 是对角线为正的下三角矩阵，且 L Lᵀ 等于 A"
                ),
            ),
            &[
                vec![vec![2.0]],
                vec![vec![2.0, 1.0], vec![0.0, 3.0]],
                vec![
                    vec![1.0, 2.0, 1.0],
                    vec![0.0, 2.0, 3.0],
                    vec![0.0, 0.0, 1.0],
                ],
            ],
            &triangle().prop_map(|(u, _)| u),
            |u: &Case| {
                if u.iter().enumerate().any(|(i, row)| row[i] <= 0.0) {
                    return Ok(()); // of no positive definite matrix
                }
                rows_are(&answer(&gram(u)), &transposed(u), 1e-9)
            },
        )
        .verdict()
}

/// Uᵀ U, exact for small whole numbers.
fn gram(u: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let dot = |i: usize, j: usize| u.iter().map(|row| row[i] * row[j]).sum();
    let n = u.len();
    (0..n)
        .map(|i| (0..n).map(|j| dot(i, j)).collect())
        .collect()
}

fn transposed(u: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..u.len())
        .map(|j| u.iter().map(|row| row[j]).collect())
        .collect()
}
