//! The judge of `689_accept`.

use crate::judging::comparison::{is, part_is};
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// Judges Metropolis' rule.
#[must_use]
pub fn accept(answer: fn(f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64);
    let call = |&(change, t): &Case| format!("accept({}, {})", number(change), number(t));
    let downhill = |&(change, t): &Case| {
        if change > 0.0 || t <= 0.0 {
            return Ok(());
        }
        is(answer(change, t), 1.0, 0.0)
    };
    let balanced = |&(change, t): &Case| {
        if t <= 0.0 {
            return Ok(());
        }
        let name = ("over the way back", "与反向之比");
        let quotient = answer(change, t) / answer(-change, t);
        part_is(name, quotient, (-change / t).exp(), 1e-12)
    };
    let half = || (1..9).prop_map(|it| f64::from(it) / 2.0);
    Judge::new(&call)
        .law(
            Law(
                "",
                say!("a move downhill is always accepted", "下降的移动总被接受"),
            ),
            &[(-1.0, 1.0), (0.0, 1.0), (-1000.0, 1.0)],
            &(whole(), half()),
            downhill,
        )
        .law(
            Law(
                "annealing_at_a_constant_temperature_is_boltzmanns_law",
                say!(
                    "there and back balance: a(Δ) / a(-Δ) = exp(-Δ / T)",
                    "往返平衡：a(Δ) / a(-Δ) = exp(-Δ / T)"
                ),
            ),
            &[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 0.5)],
            &(whole(), half()),
            balanced,
        )
        .verdict()
}
