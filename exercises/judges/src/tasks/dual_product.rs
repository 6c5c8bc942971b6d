//! The judge of `231_dual_product`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;

/// Judges dual product.
#[must_use]
pub fn dual_product(answer: fn((f64, f64), (f64, f64)) -> (f64, f64)) -> Verdict {
    type Case = ((f64, f64), (f64, f64));
    let call = |&(a, b): &Case| {
        format!(
            "dual_product({} + {}ε, {} + {}ε)",
            number(a.0),
            number(a.1),
            number(b.0),
            number(b.1)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "duals_are_a_commutative_ring",
                say!(
                    "the coefficient of ε obeys the product rule: a b′ + a′ b",
                    "ε 的系数满足乘积法则：a b′ + a′ b"
                ),
            ),
            &[
                ((2.0, 0.0), (3.0, 0.0)),
                ((2.0, 1.0), (3.0, 0.0)),
                ((2.0, 1.0), (3.0, 5.0)),
            ],
            &((whole(), whole()), (whole(), whole())),
            |&(a, b): &Case| {
                let (value, slope) = answer(a, b);
                are(&[value, slope], &[a.0 * b.0, a.0 * b.1 + a.1 * b.0], 0.0)
            },
        )
        .verdict()
}
