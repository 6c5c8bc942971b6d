//! The judge of `519_dice`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_losses::{Loss, MatrixRef, Target, Tversky, Weights};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the overlap of regions.
#[must_use]
pub fn dice(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(p, q): &Case| format!("dice({}, {})", vector(p), vector(q));
    let check = |(p, q): &Case| match loss(p, q) {
        Some(right) => is(answer(p, q), right, 1e-12),
        None => Ok(()), // not asked for
    };
    let bits = |n| vec((0..2).prop_map(f64::from), n);
    let halves = |n| vec((0..3).prop_map(|it| f64::from(it) / 2.0), n);
    Judge::new(&call)
        .law(
            Law(
                "overlap_losses_lie_between_zero_and_one",
                say!(
                    "0 for equal regions, empty ones included, 1 for regions without a common pixel",
                    "区域相同（包括都为空）时为 0，没有公共像素时为 1"
                ),
            ),
            &[
                (vec![1.0], vec![1.0]),
                (vec![1.0, 1.0], vec![1.0, 1.0]),
                (vec![1.0, 0.0], vec![0.0, 1.0]),
                (vec![0.0, 0.0], vec![0.0, 0.0]),
            ],
            &(1..5_usize).prop_flat_map(bits).prop_map(|it| (it.clone(), it)),
            check,
        )
        .law(
            Law(
                "jaccard_is_a_function_of_dice",
                say!(
                    "twice what is common over the sum of both sizes",
                    "公共部分的两倍除以两个区域大小之和"
                ),
            ),
            &[
                (vec![1.0, 1.0, 0.0], vec![1.0, 0.0, 1.0]),
                (vec![0.5], vec![1.0]),
                (vec![1.0, 0.0], vec![1.0, 0.0]),
            ],
            &(1..5_usize).prop_flat_map(move |n| (halves(n), bits(n))),
            check,
        )
        .verdict()
}

/// The library's loss.
fn loss(p: &[f64], q: &[f64]) -> Option<f64> {
    let (p, q) = (MatrixRef::from_column(p), MatrixRef::from_column(q));
    let loss = Tversky::dice(0.0);
    loss.value(p, Target::Values(q), Weights::Equal, 1.0).ok()
}
