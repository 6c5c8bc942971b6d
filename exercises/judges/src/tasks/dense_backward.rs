//! The judge of `712_dense_backward`.

use crate::judging::comparison::{are, rows_are};
use crate::judging::inputs::{matrix, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Weights, input and error, to the gradient and the error before the layer.
pub type DenseBackward = fn(&[Vec<f64>], &[f64], &[f64]) -> (Vec<Vec<f64>>, Vec<f64>);

/// Judges dense backward.
#[must_use]
pub fn dense_backward(answer: DenseBackward) -> Verdict {
    type Case = ((Vec<Vec<f64>>, Vec<f64>), Vec<f64>);
    let call = |((w, x), delta): &Case| {
        format!(
            "dense_backward({}, {}, {})",
            rows(w),
            vector(x),
            vector(delta)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "pull_back_is_the_transpose_of_push_forward",
                say!(
                    "∂L/∂W = δ xᵀ and ∂L/∂x = Wᵀ δ",
                    "∂L/∂W = δ xᵀ，∂L/∂x = Wᵀ δ"
                ),
            ),
            &[
                ((vec![vec![2.0]], vec![3.0]), vec![5.0]),
                (
                    (vec![vec![1.0, 2.0], vec![3.0, 4.0]], vec![1.0, -1.0]),
                    vec![1.0, 0.0],
                ),
                ((vec![vec![1.0, 2.0]], vec![3.0, 4.0]), vec![1.0]),
            ],
            &(1..4_usize, 1..4_usize)
                .prop_flat_map(|(m, n)| ((matrix(m, n), vec(whole(), n)), vec(whole(), m))),
            |((w, x), delta): &Case| {
                let columns = w.first().map_or(0, Vec::len);
                if x.len() != columns || delta.len() != w.len() {
                    return Ok(()); // shapes that do not fit
                }
                let (gradient, back) = answer(w, x, delta);
                let outer = |d: &f64| x.iter().map(|x| d * x).collect();
                rows_are(&gradient, &delta.iter().map(outer).collect::<Vec<_>>(), 0.0)?;
                let column = |j: usize| w.iter().zip(delta).map(|(row, d)| row[j] * d).sum();
                are(&back, &(0..columns).map(column).collect::<Vec<f64>>(), 0.0)
            },
        )
        .verdict()
}
