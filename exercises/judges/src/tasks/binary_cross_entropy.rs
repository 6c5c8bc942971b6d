//! The judge of `509_binary_cross_entropy`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// Judges binary cross entropy.
#[must_use]
pub fn binary_cross_entropy(answer: fn(f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64);
    let call = |&(z, y): &Case| format!("binary_cross_entropy({}, {})", number(z), number(y));
    Judge::new(&call)
        .law(
            Law(
                "from_logits_is_from_probabilities_of_the_sigmoid",
                say!(
                    "ln(1 + e^z) - y z, finite for every finite z",
                    "ln(1 + e^z) - y z，对任意有限的 z 都有限"
                ),
            ),
            &[
                (0.0, 0.0),
                (0.0, 1.0),
                (1.0, 1.0),
                (-1.0, 1.0),
                (1000.0, 0.0),
                (-1000.0, 1.0),
                (1000.0, 1.0),
                (-40.0, 0.0),
            ],
            &(-50.0..50.0, proptest::bool::ANY).prop_map(|(z, y)| (z, f64::from(u8::from(y)))),
            |&(z, y): &Case| {
                if y != 0.0 && y != 1.0 {
                    return Ok(()); // no truth
                }
                let right = z.max(0.0) - z * y + (-z.abs()).exp().ln_1p();
                is_within(answer(z, y), right, 1e-12 * right)
            },
        )
        .verdict()
}
