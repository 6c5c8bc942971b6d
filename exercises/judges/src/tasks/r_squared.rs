//! The judge of `613_r_squared`.

use crate::judging::comparison::is;
use crate::judging::inputs::{two_vectors, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_numeric::variance;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the coefficient of determination.
#[must_use]
pub fn r_squared(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(y, p): &Case| format!("r_squared({}, {})", vector(y), vector(p));
    let check = |(y, p): &Case| match variance(y, 0) {
        Ok(variance) if variance > 0.0 && y.len() == p.len() => {
            let squares = y.iter().zip(p).map(|(y, p)| (y - p).powi(2));
            let share = squares.sum::<f64>() / y.len() as f64 / variance;
            is(answer(y, p), 1.0 - share, 1e-12)
        }
        _ => Ok(()), // nothing to explain
    };
    let exact = vec(whole(), 2..5).prop_map(|y| (y.clone(), y));
    Judge::new(&call)
        .law(
            Law(
                "r_squared_is_one_at_the_truth_and_zero_at_the_mean",
                say!("1 for the truth, 0 for its mean", "预测等于真值时为 1，等于平均值时为 0"),
            ),
            &[
                (vec![1.0, 3.0], vec![1.0, 3.0]),
                (vec![1.0, 3.0], vec![2.0, 2.0]),
                (vec![1.0, 2.0, 3.0], vec![2.0, 2.0, 2.0]),
            ],
            &exact,
            check,
        )
        .law(
            Law(
                "errors_scale_with_the_unit",
                say!(
                    "what the errors leave of the variance of the truth, taken from 1; it may be negative",
                    "1 减去误差占真值方差的比例；可以为负"
                ),
            ),
            &[
                (vec![1.0, 2.0, 3.0], vec![1.0, 2.0, 2.0]),
                (vec![0.0, 2.0], vec![2.0, 0.0]),
                (vec![0.0, 2.0], vec![1.0, 3.0]),
            ],
            &two_vectors(),
            check,
        )
        .verdict()
}
