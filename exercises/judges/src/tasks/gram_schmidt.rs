//! The judge of `132_gram_schmidt`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::triangle;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, rows};
use proptest::strategy::Strategy;

/// Judges an orthonormal basis.
#[must_use]
pub fn gram_schmidt(answer: fn(&[Vec<f64>]) -> Vec<Vec<f64>>) -> Verdict {
    type Case = Vec<Vec<f64>>;
    let call = |a: &Case| format!("gram_schmidt({})", rows(a));
    Judge::new(&call)
        .law(
            Law(
                "gram_schmidt_factors_the_matrix",
                say!(
                    "each vector loses its parts along the ones before, and is divided by its length",
                    "每个向量减去沿前面各向量的分量，再除以长度"
                ),
            ),
            &[
                vec![vec![3.0, 4.0]],
                vec![vec![2.0, 0.0], vec![1.0, 3.0]],
                vec![vec![1.0, 1.0], vec![0.0, 1.0]],
                vec![vec![1.0, 0.0, 0.0], vec![1.0, 1.0, 0.0], vec![1.0, 1.0, 1.0]],
            ],
            &triangle().prop_map(|(u, _)| u),
            |a: &Case| match basis(a) {
                Some(right) => rows_are(&answer(a), &right, 1e-9),
                None => Ok(()), // dependent
            },
        )
        .law(
            Law(
                "modified_gram_schmidt_loses_orthogonality_with_the_condition",
                say!(
                    "nearly parallel vectors give perpendicular ones, too",
                    "几乎平行的向量也要得到互相垂直的向量"
                ),
            ),
            &[nearly_parallel(1e-8)],
            &(4..9).prop_map(|k| nearly_parallel(0.1_f64.powi(k))),
            |a: &Case| if basis(a).is_some() { perpendicular(&answer(a)) } else { Ok(()) },
        )
        .verdict()
}

/// The vectors (1, e, 0, 0), (1, 0, e, 0), (1, 0, 0, e) of Läuchli.
fn nearly_parallel(e: f64) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![1.0, 0.0, 0.0, 0.0]; 3];
    for (i, row) in rows.iter_mut().enumerate() {
        row[i + 1] = e;
    }
    rows
}

/// By two passes each, or nothing if a vector hardly leaves the span of the ones before.
fn basis(a: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for vector in a {
        let mut rest = vector.clone();
        for q in basis.iter().chain(&basis) {
            let along = dot(q, &rest);
            rest.iter_mut().zip(q).for_each(|(r, q)| *r -= along * q);
        }
        let norm = gradus_numeric::norm2(&rest);
        if norm <= 1e-9 * gradus_numeric::norm2(vector) {
            return None;
        }
        basis.push(rest.iter().map(|r| r / norm).collect());
    }
    Some(basis)
}

/// `Err` unless all dot products are 0: errors grow with the condition, here at most 2e8.
fn perpendicular(q: &[Vec<f64>]) -> Result<(), Text> {
    for i in 0..q.len() {
        for j in 0..i {
            let product = dot(&q[j], &q[i]);
            if product.is_nan() || product.abs() > 1e-6 {
                let product = number(product);
                return Err(say!(
                    "has vectors {j} and {i} with the dot product {product}, not 0",
                    "得到的向量 {j} 与 {i} 的内积是 {product}，应为 0"
                ));
            }
        }
    }
    Ok(())
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}
