//! The judge of `372_conditional_normal`.

use crate::judging::comparison::parts_are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::strategy::Strategy;

/// Mean, covariance and the first coordinate, to mean and variance of the second.
pub type ConditionalNormal = fn([f64; 2], [[f64; 2]; 2], f64) -> (f64, f64);

/// Means, the triangle (a, 0; b, c) whose square is the covariance, and the first coordinate.
type Case = ((f64, f64), (f64, f64, f64), f64);

/// Judges the conditional law of one coordinate.
#[must_use]
pub fn conditional_normal(answer: ConditionalNormal) -> Verdict {
    let call = |&((m, n), l, first): &Case| {
        let [top, bottom] = covariance(l).map(|row| vector(&row));
        let first = number(first);
        format!(
            "conditional_normal({}, [{top}, {bottom}], {first})",
            vector(&[m, n])
        )
    };
    let check = |&((m, n), (a, b, c), first): &Case| {
        if !(a > 0.0 && c > 0.0) {
            return Ok(()); // no law
        }
        // x = m + a z, y = n + b z + c w with standard normal z and w: x tells z
        let (mean, variance) = answer([m, n], covariance((a, b, c)), first);
        let names = [("mean", "均值"), ("variance", "方差")];
        let right = [n + b * (first - m) / a, c * c];
        parts_are(names, [mean, variance], right, 1e-9)
    };
    let triangle = (1..5_i32, -4..5_i32, 1..5_i32)
        .prop_map(|(a, b, c)| (f64::from(a), f64::from(b), f64::from(c)));
    Judge::new(&call)
        .law(
            Law(
                "what_is_left_of_the_covariance_is_the_schur_complement",
                say!(
                    "a line through the cloud, and the variance around it",
                    "穿过点云的直线，以及围绕它的方差"
                ),
            ),
            &[
                ((0.0, 0.0), (1.0, 0.0, 1.0), 1.0),
                ((0.0, 0.0), (1.0, 0.0, 2.0), 0.0),
                ((0.0, 0.0), (2.0, 1.0, 1.0), 2.0),
                ((1.0, 0.0), (2.0, 1.0, 1.0), 3.0),
                ((0.0, 5.0), (1.0, -2.0, 1.0), 1.0),
            ],
            &((whole(), whole()), triangle, whole()),
            check,
        )
        .verdict()
}

fn covariance((a, b, c): (f64, f64, f64)) -> [[f64; 2]; 2] {
    [[a * a, a * b], [a * b, b * b + c * c]]
}
