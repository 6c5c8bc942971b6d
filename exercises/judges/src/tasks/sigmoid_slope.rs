//! The judge of `032_sigmoid_slope`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_testkit::strategies;

/// Judges the slope of the sigmoid.
#[must_use]
pub fn sigmoid_slope(answer: fn(f64) -> f64) -> Verdict {
    let call = |x: &f64| format!("sigmoid_slope({})", number(*x));
    // Relative, down to where numbers lose their digits.
    let check = |x: &f64| {
        let right = gradus_numeric::sigmoid(*x) * gradus_numeric::sigmoid(-*x);
        is_within(answer(*x), right, 1e-13 * right + 1e-300)
    };
    Judge::new(&call)
        .law(
            Law(
                "slope_of_sigmoid_is_sigmoid_times_complement",
                say!(
                    "the slope is σ(x) σ(-x), and never 0 where it can be told from 0",
                    "导数是 σ(x) σ(-x)，只要能与 0 区分就不等于 0"
                ),
            ),
            &[0.0, 1.0, -1.0, 40.0, -40.0, 1000.0, -1000.0],
            &strategies::extreme(),
            |x| if x.is_finite() { check(x) } else { Ok(()) },
        )
        .verdict()
}
