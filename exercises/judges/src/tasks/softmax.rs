//! The judge of `022_softmax`.

use crate::judging::comparison::are;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_testkit::strategies;

/// Judges a softmax that does not overflow.
#[must_use]
pub fn softmax(answer: fn(&[f64]) -> Vec<f64>) -> Verdict {
    let call = |x: &Vec<f64>| format!("softmax({})", vector(x));
    let right = |x: &[f64]| gradus_numeric::softmax(x).unwrap_or_default();
    let check = |x: &Vec<f64>| {
        if x.is_empty() {
            return Ok(());
        }
        are(&answer(x), &right(x), 1e-12)
    };
    let small = [&[0.0][..], &[0.0, 0.0], &[1.0, 2.0], &[-1.0, 0.0, 2.0]].map(Vec::from);
    let large = [&[1000.0][..], &[-1000.0, -1000.0], &[-1000.0, 1000.0]].map(Vec::from);
    Judge::new(&call)
        .law(
            Law(
                "softmax_is_a_distribution",
                say!(
                    "p[i] = e^x[i] / Σ e^x: positive, with the sum 1",
                    "p[i] = e^x[i] / Σ e^x：各项为正，和为 1"
                ),
            ),
            &small,
            &strategies::integers(1..6),
            check,
        )
        .law(
            Law(
                "softmax_is_shift_invariant",
                say!(
                    "only differences of scores count, however large the scores are",
                    "只有分数之差起作用，无论分数多大"
                ),
            ),
            &large,
            &strategies::logits(1..6),
            check,
        )
        .verdict()
}
