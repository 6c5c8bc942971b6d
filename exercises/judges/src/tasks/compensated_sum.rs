//! The judge of `011_compensated_sum`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_testkit::strategies;

/// Judges Neumaier's sum.
#[must_use]
pub fn compensated_sum(answer: fn(&[f64]) -> f64) -> Verdict {
    let call = |x: &Vec<f64>| format!("compensated_sum({})", vector(x));
    let check = |x: &Vec<f64>| {
        let right = gradus_numeric::compensated_sum(x);
        let (n, size) = (x.len() as f64, x.iter().map(|x| x.abs()).sum::<f64>());
        let epsilon = f64::EPSILON;
        // The bound of the page: one rounding of the result, and n² ε² of the size of the summands.
        let bound = epsilon * right.abs() + n * n * epsilon * epsilon * size;
        is_within(answer(x), right, bound)
    };
    let exact = |x: &Vec<f64>| is_within(answer(x), gradus_numeric::compensated_sum(x), 0.0);
    let small = [
        &[][..],
        &[1.0],
        &[1.0, 2.0],
        &[1e16, 1.0, 1.0, -1e16],
        &[1.0, 1e100, 1.0, -1e100],
    ];
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "whole numbers are summed exactly, beside large ones, too",
                    "整数之和精确，旁边有很大的数时也一样"
                ),
            ),
            &small.map(Vec::from),
            &strategies::integers(0..12),
            exact,
        )
        .law(
            Law(
                "compensated_sum_is_as_good_as_twice_the_precision",
                say!(
                    "the error is one rounding of the result, and n² ε² Σ |x|",
                    "误差不超过结果的一次舍入，加上 n² ε² Σ |x|"
                ),
            ),
            &[],
            &strategies::vector(0..12),
            check,
        )
        .verdict()
}
