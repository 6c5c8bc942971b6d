//! The judge of `211_central_difference`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// Judges central difference.
#[must_use]
pub fn central_difference(answer: fn(fn(f64) -> f64, f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64);
    let call = |&(x, h): &Case| format!("central_difference(t², {}, {})", number(x), number(h));
    Judge::new(&call)
        .law(
            Law(
                "central_difference_has_order_two",
                say!(
                    "it is exact for parabolas: the slope of t² at x is 2x",
                    "对抛物线是精确的：t² 在 x 处的导数是 2x"
                ),
            ),
            &[(0.0, 1.0), (1.0, 1.0), (1.0, 0.5), (3.0, 0.25)],
            &(whole(), whole()).prop_map(|(x, h)| (x, 2.0_f64.powi(-h.abs() as i32))),
            |&(x, h): &Case| is(answer(|t| t * t, x, h), 2.0 * x, 0.0),
        )
        .verdict()
}
