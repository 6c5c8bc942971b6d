//! The judge of `232_dual_quotient`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// Two dual numbers, to a third.
pub type DualQuotient = fn((f64, f64), (f64, f64)) -> (f64, f64);

/// Judges dual quotient.
#[must_use]
pub fn dual_quotient(answer: DualQuotient) -> Verdict {
    type Case = ((f64, f64), (f64, f64));
    let call = |&(a, b): &Case| {
        format!(
            "dual_quotient({} + {}ε, {} + {}ε)",
            number(a.0),
            number(a.1),
            number(b.0),
            number(b.1)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "the_inverse_rule_holds",
                say!(
                    "the quotient times the divisor is the dividend",
                    "商乘以除数等于被除数"
                ),
            ),
            &[((6.0, 1.0), (3.0, 0.0)), ((9.0, 6.0), (4.0, 1.0))],
            &((whole(), whole()), ((1..9).prop_map(f64::from), whole())),
            |&(a, b): &Case| {
                if b.0 == 0.0 {
                    return Ok(()); // no quotient
                }
                let (q, slope) = answer(a, b);
                let right = a.0 / b.0;
                are(&[q, slope], &[right, (a.1 - right * b.1) / b.0], 1e-12)
            },
        )
        .verdict()
}
