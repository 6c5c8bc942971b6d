//! The judge of `111_back_substitution`.

use crate::judging::comparison::length;
use crate::judging::inputs::triangle;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, rows, vector};

/// Judges a solution by its equations.
#[must_use]
pub fn back_substitution(answer: fn(&[Vec<f64>], &[f64]) -> Vec<f64>) -> Verdict {
    let call = |(a, b): &(Vec<Vec<f64>>, Vec<f64>)| {
        format!("back_substitution({}, {})", rows(a), vector(b))
    };
    let holds = |(a, b): &(Vec<Vec<f64>>, Vec<f64>)| {
        let x = answer(a, b);
        length(x.len(), b.len())?;
        for (i, (row, &right)) in a.iter().zip(b).enumerate() {
            let terms = row.iter().zip(&x).map(|(a, x)| a * x);
            let size: f64 = terms.clone().map(f64::abs).sum::<f64>() + right.abs();
            let left: f64 = terms.sum();
            // A backward error of some thousand roundings: pivots allow less.
            if (left - right).abs() <= 1e-12 * size.max(1.0) {
                continue;
            }
            let (x, left, right) = (vector(&x), number(left), number(right));
            return Err(say!(
                "is {x}; equation {i} has {left} on its left side and {right} on its right",
                "得到 {x}；第 {i} 个方程左边是 {left}，右边是 {right}"
            ));
        }
        Ok(())
    };
    Judge::new(&call)
        .law(
            Law(
                "substitution_solves_triangular_systems",
                say!(
                    "every equation of U x = c holds",
                    "U x = c 的每个方程都成立"
                ),
            ),
            &[
                (vec![vec![2.0]], vec![6.0]),
                (vec![vec![1.0, 0.0], vec![0.0, 2.0]], vec![1.0, 2.0]),
                (vec![vec![1.0, 2.0], vec![0.0, -2.0]], vec![5.0, -9.0]),
            ],
            &triangle(),
            holds,
        )
        .verdict()
}
