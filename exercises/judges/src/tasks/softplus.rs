//! The judge of `033_softplus`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;

/// Judges softplus.
#[must_use]
pub fn softplus(answer: fn(f64) -> f64) -> Verdict {
    type Case = f64;
    let call = |&x: &Case| format!("softplus({})", number(x));
    Judge::new(&call)
        .law(
            Law(
                "softplus_minus_its_mirror_is_the_identity",
                say!(
                    "ln(1 + e^x) with all digits, for every x",
                    "对任意 x，ln(1 + e^x) 保留全部数字"
                ),
            ),
            &[0.0, 1.0, -1.0, 1000.0, -40.0],
            &(-60.0..60.0),
            |&x: &Case| {
                let right = gradus_numeric::softplus(x);
                is_within(answer(x), right, 1e-13 * right)
            },
        )
        .verdict()
}
