//! The judge of `537_brier_score`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the Brier score.
#[must_use]
pub fn brier_score(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(y, p): &Case| format!("brier_score({}, {})", vector(y), vector(p));
    let check = |(y, p): &Case| {
        if y.is_empty() || y.len() != p.len() || !y.iter().all(|&y| y == 0.0 || y == 1.0) {
            return Ok(()); // not asked for
        }
        let right = y
            .iter()
            .zip(p)
            .map(|(y, p)| p * p - 2.0 * p * y + y)
            .sum::<f64>();
        is(answer(y, p), right / y.len() as f64, 1e-12)
    };
    let bits = |n| vec((0..2).prop_map(f64::from), n);
    let quarters = |n| vec((0..5).prop_map(|it| f64::from(it) / 4.0), n);
    let constant =
        |n| (bits(n), 0..5).prop_map(|(y, p)| (y.clone(), vec![f64::from(p) / 4.0; y.len()]));
    Judge::new(&call)
        .law(
            Law(
                "the_base_rate_minimizes_the_brier_score",
                say!(
                    "of the answer p to a share s of yes: s (1 - p)² + (1 - s) p², smallest at p = s",
                    "若“是”的比例为 s 而一律回答 p：s (1 - p)² + (1 - s) p²，在 p = s 处最小"
                ),
            ),
            &[
                (vec![1.0], vec![1.0]),
                (vec![1.0], vec![0.0]),
                (vec![0.0], vec![0.5]),
                (vec![1.0, 0.0], vec![0.5, 0.5]),
            ],
            &(1..5_usize).prop_flat_map(constant),
            check,
        )
        .law(
            Law(
                "",
                say!("the mean of the squared distances from the truth", "与真值之差的平方的平均"),
            ),
            &[(vec![1.0, 0.0], vec![0.75, 0.25]), (vec![0.0, 0.0, 1.0], vec![0.0, 1.0, 0.5])],
            &(1..5_usize).prop_flat_map(move |n| (bits(n), quarters(n))),
            check,
        )
        .verdict()
}
