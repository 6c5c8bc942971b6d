//! The judge of `606_gradient_descent`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;

/// Judges gradient descent.
#[must_use]
pub fn gradient_descent(answer: fn(f64, f64, f64, usize) -> f64) -> Verdict {
    type Case = ((f64, f64), usize);
    let call = |&((a, x), steps): &Case| {
        format!(
            "gradient_descent({}, {}, 0.25, {steps})",
            number(a),
            number(x)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "gradient_descent_is_a_matrix_power",
                say!("each step is x ← x - η a x", "每一步是 x ← x - η a x"),
            ),
            &[
                ((1.0, 1.0), 1),
                ((2.0, 4.0), 1),
                ((2.0, 4.0), 2),
                ((2.0, 4.0), 0),
            ],
            &((whole(), whole()), 0..6_usize),
            |&((a, x), steps): &Case| {
                let power = (0..steps).fold(1.0, |power, _| power * (1.0 - 0.25 * a));
                is(answer(a, x, 0.25, steps), power * x, 1e-12)
            },
        )
        .verdict()
}
