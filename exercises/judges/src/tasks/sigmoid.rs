//! The judge of `031_sigmoid`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_testkit::strategies;

/// Judges the sigmoid on the whole line.
#[must_use]
pub fn sigmoid(answer: fn(f64) -> f64) -> Verdict {
    let call = |x: &f64| format!("sigmoid({})", number(*x));
    // Relative, down to where numbers lose their digits.
    let check = |x: &f64| {
        let right = gradus_numeric::sigmoid(*x);
        is_within(answer(*x), right, 1e-13 * right + 1e-300)
    };
    Judge::new(&call)
        .law(
            Law(
                "sigmoid_of_the_opposite_is_the_complement",
                say!(
                    "1 / (1 + e^-x) with all digits, far to the left as well",
                    "1 / (1 + e^-x)，最左边也保留全部数字"
                ),
            ),
            &[0.0, 1.0, -1.0, 40.0, -40.0, 1000.0, -1000.0],
            &strategies::extreme(),
            |x| if x.is_finite() { check(x) } else { Ok(()) },
        )
        .verdict()
}
