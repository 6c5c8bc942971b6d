//! The judge of `012_variance`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_testkit::strategies;

/// Judges the variance with the divisor n − 1.
#[must_use]
pub fn variance(answer: fn(&[f64]) -> f64) -> Verdict {
    let call = |x: &Vec<f64>| format!("variance({})", vector(x));
    let right = |x: &[f64]| gradus_numeric::variance(x, 1).unwrap_or(f64::NAN);
    let value = |x: &Vec<f64>| {
        if x.len() < 2 {
            return Ok(()); // not asked for
        }
        is(answer(x), right(x), 1e-9)
    };
    let small = [&[0.0, 0.0][..], &[0.0, 2.0], &[4.0, 7.0, 13.0, 16.0]].map(Vec::from);
    let far = [
        &[1e9, 1e9 + 2.0][..],
        &[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0],
    ];
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "the squares of the deviations from the mean, summed and divided by n - 1",
                    "对均值的离差平方之和，除以 n - 1"
                ),
            ),
            &small,
            &strategies::integers(2..6),
            value,
        )
        .law(
            Law(
                "welford_agrees_with_two_passes",
                say!(
                    "data far away from zero lose no digits",
                    "远离原点的数据不丢失数字"
                ),
            ),
            &far.map(Vec::from),
            &strategies::integers(2..6),
            |x| {
                let moved: Vec<f64> = if x.iter().any(|x| x.abs() > 1e8) {
                    x.clone()
                } else {
                    x.iter().map(|x| x + 1e9).collect()
                };
                value(&moved)
            },
        )
        .verdict()
}
