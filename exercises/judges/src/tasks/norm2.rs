//! The judge of `108_norm2`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_testkit::strategies;

/// Judges the length of a vector.
#[must_use]
pub fn norm2(answer: fn(&[f64]) -> f64) -> Verdict {
    let call = |x: &Vec<f64>| format!("norm2({})", vector(x));
    let check = |x: &Vec<f64>| {
        let right = gradus_numeric::norm2(x);
        is_within(answer(x), right, 1e-13 * right)
    };
    let small = [&[][..], &[0.0, 0.0], &[1.0], &[-2.0], &[3.0, 4.0]].map(Vec::from);
    let far = [&[3e200, 4e200][..], &[3e-200, 4e-200]].map(Vec::from);
    Judge::new(&call)
        .law(
            Law(
                "",
                say!("the root of the sum of the squares", "平方和的平方根"),
            ),
            &small,
            &strategies::integers(0..6),
            check,
        )
        .law(
            Law(
                "norms_scale_by_powers_of_two_to_the_bit",
                say!(
                    "‖c x‖ = |c| ‖x‖, however large or small",
                    "‖c x‖ = |c| ‖x‖，无论多大或多小"
                ),
            ),
            &far,
            &strategies::vector(1..6),
            check,
        )
        .verdict()
}
