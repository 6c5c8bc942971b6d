//! The judge of `103_matrix_vector_product`.

use crate::judging::comparison::are;
use crate::judging::inputs::matrix_and_vector;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};

/// Judges matrix vector product.
#[must_use]
pub fn matrix_vector_product(answer: fn(&[Vec<f64>], &[f64]) -> Vec<f64>) -> Verdict {
    let call = |(a, x): &(Vec<Vec<f64>>, Vec<f64>)| {
        format!("matrix_vector_product({}, {})", rows(a), vector(x))
    };
    let check = |(a, x): &(Vec<Vec<f64>>, Vec<f64>)| {
        let scalar = |row: &Vec<f64>| (0..x.len()).map(|j| row[j] * x[j]).sum();
        let right: Vec<f64> = a.iter().map(scalar).collect();
        are(&answer(a, x), &right, 0.0)
    };
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "entry i is the scalar product of row i with x",
                    "第 i 个分量是第 i 行与 x 的内积"
                ),
            ),
            &[
                (vec![vec![2.0]], vec![3.0]),
                (vec![vec![1.0, 2.0], vec![3.0, 4.0]], vec![1.0, 0.0]),
                (vec![vec![1.0, 2.0]], vec![1.0, 1.0]),
            ],
            &matrix_and_vector(),
            check,
        )
        .verdict()
}
