//! The judge of `216_newton_step`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;

/// Judges newton step.
#[must_use]
pub fn newton_step(answer: fn(f64, f64, f64) -> f64) -> Verdict {
    type Case = f64;
    let call = |&x: &Case| {
        format!(
            "newton_step({}, {}, {})",
            number(x),
            number(x * x - 2.0),
            number(2.0 * x)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "newton_converges_quadratically",
                say!(
                    "for t² - 2 the step leads to (x + 2/x)/2",
                    "对 t² - 2，这一步走到 (x + 2/x)/2"
                ),
            ),
            &[1.0, 2.0, -1.0],
            &(0.5..5.0),
            |&x: &Case| is(answer(x, x * x - 2.0, 2.0 * x), 0.5 * (x + 2.0 / x), 1e-13),
        )
        .verdict()
}
