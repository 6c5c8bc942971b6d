//! The judge of `146_matrix_exponential`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::strategy::Strategy;

/// A matrix, to its exponential.
pub type MatrixExponential = fn(&[Vec<f64>]) -> Vec<Vec<f64>>;

type Matrix = Vec<Vec<f64>>;

/// Judges the exponential of a matrix.
#[must_use]
pub fn matrix_exponential(answer: MatrixExponential) -> Verdict {
    let call = |a: &Matrix| format!("matrix_exponential({})", rows(a));
    let more = (1..4_usize)
        .prop_flat_map(|n| matrix(n, n))
        .prop_map(|mut a| {
            a.iter_mut().flatten().for_each(|x| *x *= 0.125); // exact, and no result is huge
            a
        });
    Judge::new(&call)
        .law(
            Law(
                "exponentials_of_commuting_matrices_multiply",
                say!(
                    "the square of the exponential of A / 2, to twelve digits",
                    "等于 A / 2 的指数的平方，有十二位数字"
                ),
            ),
            &[
                vec![vec![0.0]],
                vec![vec![1.0]],
                vec![vec![0.0, 1.0], vec![0.0, 0.0]],
                vec![vec![0.0, -1.0], vec![1.0, 0.0]],
                vec![vec![-20.0]],
                vec![vec![0.0, -20.0], vec![20.0, 0.0]],
            ],
            &more,
            |a: &Matrix| {
                if a.iter().any(|row| row.len() != a.len()) {
                    return Ok(()); // not square
                }
                rows_are(&answer(a), &right(a), 1e-12)
            },
        )
        .verdict()
}

/// Sixty-four steps of Taylor's polynomial, none of which cancels much.
fn right(a: &Matrix) -> Matrix {
    const HALVINGS: u32 = 6;
    let n = a.len();
    let small = |i: usize, j: usize| a[i][j] / f64::from(1 << HALVINGS);
    let made = |entry: &dyn Fn(usize, usize) -> f64| -> Matrix {
        (0..n)
            .map(|i| (0..n).map(|j| entry(i, j)).collect())
            .collect()
    };
    let product = |a: &Matrix, b: &Matrix| made(&|i, j| (0..n).map(|k| a[i][k] * b[k][j]).sum());
    let small = made(&small);
    let identity = made(&|i, j| f64::from(u8::from(i == j)));
    // Horner: I + A (I + A/2 (I + A/3 (…)))
    let mut sum = identity.clone();
    for k in (1..=24).rev() {
        let next = product(&small, &sum);
        sum = made(&|i, j| identity[i][j] + next[i][j] / f64::from(k));
    }
    (0..HALVINGS).fold(sum, |root, _| product(&root, &root))
}
