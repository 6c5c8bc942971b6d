//! The judge of `651_micro_batch_mean`.

use crate::judging::comparison::are;
use crate::judging::inputs::matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Gradients and numbers of samples, to a gradient.
pub type MicroBatchMean = fn(&[Vec<f64>], &[f64]) -> Vec<f64>;

/// Judges the gradient of a batch in parts.
#[must_use]
pub fn micro_batch_mean(answer: MicroBatchMean) -> Verdict {
    type Case = (Vec<Vec<f64>>, Vec<f64>);
    let call = |(g, n): &Case| format!("micro_batch_mean({}, {})", rows(g), vector(n));
    let check = |(g, n): &Case| {
        if g.is_empty() || g.len() != n.len() || !n.iter().all(|&n| n >= 1.0) {
            return Ok(()); // not asked for
        }
        let all: f64 = n.iter().sum();
        let sum = |j: usize| g.iter().zip(n).map(|(g, n)| n * g[j]).sum::<f64>();
        let right: Vec<f64> = (0..g[0].len()).map(|j| sum(j) / all).collect();
        are(&answer(g, n), &right, 1e-12)
    };
    let counts = |k| vec((1..9).prop_map(f64::from), k);
    let more = (1..4_usize, 1..3_usize).prop_flat_map(move |(k, n)| (matrix(k, n), counts(k)));
    Judge::new(&call)
        .law(
            Law(
                "one_micro_batch_is_the_batch",
                say!("one part is its gradient", "只有一份时就是它的梯度"),
            ),
            &[
                (vec![vec![2.0]], vec![1.0]),
                (vec![vec![2.0, 1.0]], vec![3.0]),
            ],
            &(matrix(1, 2), counts(1)),
            check,
        )
        .law(
            Law(
                "micro_batches_make_the_batch",
                say!(
                    "each part weighs as much as it has samples",
                    "每一份的权重与其样本数成正比"
                ),
            ),
            &[
                (vec![vec![1.0], vec![3.0]], vec![1.0, 1.0]),
                (vec![vec![1.0], vec![5.0]], vec![3.0, 1.0]),
                (vec![vec![0.0, 4.0], vec![4.0, 0.0]], vec![1.0, 3.0]),
            ],
            &more,
            check,
        )
        .verdict()
}
