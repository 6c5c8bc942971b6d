//! The judge of `711_dense_forward`.

use crate::judging::comparison::are;
use crate::judging::inputs::{matrix, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Weights, bias and input, to the pre-activations.
pub type DenseForward = fn(&[Vec<f64>], &[f64], &[f64]) -> Vec<f64>;

/// Judges dense forward.
#[must_use]
pub fn dense_forward(answer: DenseForward) -> Verdict {
    type Case = ((Vec<Vec<f64>>, Vec<f64>), Vec<f64>);
    let call =
        |((w, x), b): &Case| format!("dense_forward({}, {}, {})", rows(w), vector(b), vector(x));
    Judge::new(&call)
        .law(
            Law(
                "linear_layers_compose_to_the_product",
                say!(
                    "z[i] = Σ w[i][j] x[j] + b[i]",
                    "z[i] = Σ w[i][j] x[j] + b[i]"
                ),
            ),
            &[
                ((vec![vec![2.0]], vec![3.0]), vec![1.0]),
                (
                    (vec![vec![1.0, 2.0], vec![3.0, 4.0]], vec![1.0, 0.0]),
                    vec![0.0, 5.0],
                ),
                ((vec![vec![1.0, 2.0]], vec![1.0, 1.0]), vec![1.0]),
            ],
            &(1..4_usize, 1..4_usize)
                .prop_flat_map(|(m, n)| ((matrix(m, n), vec(whole(), n)), vec(whole(), m))),
            |((w, x), b): &Case| {
                let columns = w.first().map_or(0, Vec::len);
                if b.len() != w.len() || x.len() != columns {
                    return Ok(()); // shapes that do not fit
                }
                let sum = |row: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
                let right: Vec<f64> = w.iter().zip(b).map(|(row, b)| sum(row) + b).collect();
                are(&answer(w, b, x), &right, 0.0)
            },
        )
        .verdict()
}
