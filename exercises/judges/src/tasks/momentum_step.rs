//! The judge of `621_momentum_step`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;

/// Judges momentum step.
#[must_use]
pub fn momentum_step(answer: fn(f64, f64, f64, f64, f64) -> (f64, f64)) -> Verdict {
    type Case = ((f64, f64), f64);
    let call = |((theta, v), g): &Case| {
        format!(
            "momentum_step(θ = {}, v = {}, g = {}, rate = 0.5, μ = 0.5)",
            number(*theta),
            number(*v),
            number(*g)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "velocity_is_a_geometric_sum",
                say!(
                    "v ← μ v + g, then θ ← θ - rate · v",
                    "v ← μ v + g，再 θ ← θ - rate · v"
                ),
            ),
            &[((0.0, 0.0), 1.0), ((0.0, 1.0), 0.0), ((1.0, 2.0), 3.0)],
            &((whole(), whole()), whole()),
            |((theta, v), g): &Case| {
                let (to, velocity) = answer(*theta, *v, *g, 0.5, 0.5);
                let right = 0.5 * v + g;
                are(&[to, velocity], &[theta - 0.5 * right, right], 0.0)
            },
        )
        .verdict()
}
