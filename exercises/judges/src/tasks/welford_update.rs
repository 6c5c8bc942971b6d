//! The judge of `013_welford_update`.

use crate::judging::comparison::part_is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_testkit::strategies;

/// A count, the mean, the sum of squares and the next number, to the new mean and the new sum.
pub type WelfordUpdate = fn(usize, f64, f64, f64) -> (f64, f64);

/// Judges Welford's update, from the first number to the last.
#[must_use]
pub fn welford_update(answer: WelfordUpdate) -> Verdict {
    let call = |x: &Vec<f64>| format!("welford_update: x = {};", vector(x));
    let check = |x: &Vec<f64>| {
        let Ok(mean) = gradus_numeric::mean(x) else {
            return Ok(()); // no numbers
        };
        let (mut m, mut squares) = (0.0, 0.0);
        for (&x, n) in x.iter().zip(1..) {
            (m, squares) = answer(n, m, squares, x);
        }
        part_is(("the mean", "均值"), m, mean, 1e-12)?;
        let right = gradus_numeric::variance(x, 0).unwrap_or(0.0) * x.len() as f64;
        part_is(("the sum of squares", "平方和"), squares, right, 1e-6)
    };
    let small = [&[2.0][..], &[0.0, 2.0], &[1.0, 2.0, 6.0]].map(Vec::from);
    let far = [&[1e9, 1e9 + 2.0][..], &[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0]].map(Vec::from);
    Judge::new(&call)
        .law(
            Law(
                "welford_agrees_with_two_passes",
                say!(
                    "after every number the mean and the sum of squares are those of all numbers so far",
                    "每来一个数，均值与平方和都是目前所有数的"
                ),
            ),
            &small,
            &strategies::integers(1..6),
            check,
        )
        .law(
            Law(
                "the_variance_does_not_see_a_shift",
                say!(
                    "data far away from zero lose no digits",
                    "远离原点的数据不丢失数字"
                ),
            ),
            &far,
            &strategies::integers(1..6),
            check,
        )
        .verdict()
}
