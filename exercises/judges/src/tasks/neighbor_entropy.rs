//! The judge of `481_neighbor_entropy`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_information::{MatrixRef, entropy_nearest};
use proptest::collection::vec;

/// Judges the entropy by nearest neighbors.
#[must_use]
pub fn neighbor_entropy(answer: fn(&[f64]) -> f64) -> Verdict {
    type Case = Vec<f64>;
    let call = |x: &Case| format!("neighbor_entropy({})", vector(x));
    Judge::new(&call)
        .law(
            Law(
                "nearest_entropy_moves_with_the_unit",
                say!(
                    "1 + 1/2 + … + 1/(n - 1) + ln 2 + the mean of ln r",
                    "1 + 1/2 + … + 1/(n - 1) + ln 2 + ln r 的平均"
                ),
            ),
            &[
                vec![0.0, 1.0],
                vec![0.0, 2.0],
                vec![0.0, 1.0, 3.0],
                vec![7.0, 0.0, 3.0, 1.0],
            ],
            &vec(whole(), 2..6),
            |x: &Case| match entropy_nearest(MatrixRef::from_row(x), 1) {
                Ok(right) => is(answer(x), right, 1e-12),
                Err(_) => Ok(()), // equal numbers, or too few
            },
        )
        .verdict()
}
