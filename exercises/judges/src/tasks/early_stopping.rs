//! The judge of `541_early_stopping`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges early stopping.
#[must_use]
pub fn early_stopping(answer: fn(&[f64], usize) -> (usize, usize)) -> Verdict {
    type Case = (Vec<f64>, usize);
    let call =
        |(losses, patience): &Case| format!("early_stopping({}, {patience})", vector(losses));
    Judge::new(&call)
        .law(
            Law(
                "early_stopping_keeps_the_best_parameters",
                say!(
                    "the best epoch has the smallest loss, and `patience` more follow",
                    "最好的一轮损失最小，其后再运行 patience 轮"
                ),
            ),
            &[
                (vec![2.0, 1.0], 1),
                (vec![1.0, 2.0], 1),
                (vec![1.0, 2.0, 3.0], 1),
                (vec![1.0, 1.0, 0.0], 1),
                (vec![3.0, 1.0, 2.0, 1.5, 0.5], 2),
            ],
            &(vec((0..9).prop_map(f64::from), 1..9), 1..4_usize),
            |(losses, patience): &Case| {
                if *patience == 0 || losses.is_empty() {
                    return Ok(()); // not asked for
                }
                let (runs, keeps) = answer(losses, *patience);
                let right = until(losses, *patience);
                let best = first_smallest(&losses[..right]) + 1;
                if (runs, keeps) == (right, best) {
                    return Ok(());
                }
                Err(say!(
                    "runs {runs} epochs and keeps number {keeps}; it should run {right} and keep {best}",
                    "运行了 {runs} 轮，保留第 {keeps} 轮；应运行 {right} 轮，保留第 {best} 轮"
                ))
            },
        )
        .verdict()
}

/// After how many epochs the best is `patience` epochs ago, or all.
fn until(losses: &[f64], patience: usize) -> usize {
    let enough = |n: &usize| n - 1 - first_smallest(&losses[..*n]) >= patience;
    (1..=losses.len()).find(enough).unwrap_or(losses.len())
}

fn first_smallest(losses: &[f64]) -> usize {
    (0..losses.len()).fold(0, |best, i| if losses[i] < losses[best] { i } else { best })
}
