//! The judge of `531_f1`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;

/// Judges f1.
#[must_use]
pub fn f1(answer: fn(usize, usize, usize) -> f64) -> Verdict {
    type Case = (usize, usize, usize);
    let call = |&(tp, fp, missed): &Case| format!("f1({tp}, {fp}, {missed})");
    Judge::new(&call)
        .law(
            Law(
                "f1_is_the_harmonic_mean_of_precision_and_recall",
                say!(
                    "2 tp / (2 tp + fp + missed), and 0 where nothing is found",
                    "2 tp / (2 tp + fp + missed)；一个也没找到时为 0"
                ),
            ),
            &[
                (1, 0, 0),
                (1, 1, 0),
                (1, 0, 3),
                (3, 1, 2),
                (0, 1, 1),
                (0, 0, 0),
            ],
            &(0..20_usize, 0..20_usize, 0..20_usize),
            |&(tp, fp, missed): &Case| {
                let all = (2 * tp + fp + missed).max(1);
                is(answer(tp, fp, missed), 2.0 * tp as f64 / all as f64, 1e-12)
            },
        )
        .verdict()
}
