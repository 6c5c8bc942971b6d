//! The judge of `536_auc`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Judges auc.
#[must_use]
pub fn auc(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(p, n): &Case| format!("auc({}, {})", vector(p), vector(n));
    Judge::new(&call)
        .law(
            Law(
                "auc_counts_the_pairs_in_order",
                say!(
                    "the share of pairs in order; a tie is one half",
                    "次序正确的配对所占比例；相等算一半"
                ),
            ),
            &[
                (vec![1.0], vec![0.0]),
                (vec![0.0], vec![0.0]),
                (vec![1.0, 3.0], vec![2.0, 0.0]),
                (vec![1.0], vec![0.0, 2.0]),
            ],
            &(vec(whole(), 1..4), vec(whole(), 1..4)),
            |(p, n): &Case| {
                if p.is_empty() || n.is_empty() {
                    return Ok(()); // no pairs
                }
                let of_pair = |p: f64, n: f64| f64::midpoint(f64::from(p > n), f64::from(p >= n));
                let pairs = p
                    .iter()
                    .flat_map(|&p| n.iter().map(move |&n| of_pair(p, n)));
                is(
                    answer(p, n),
                    pairs.sum::<f64>() / (p.len() * n.len()) as f64,
                    1e-13,
                )
            },
        )
        .verdict()
}
