//! The judge of `646_clip_by_norm`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::collection::vec;

/// Judges clip by norm.
#[must_use]
pub fn clip_by_norm(answer: fn(&[f64], f64) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, f64);
    let call = |(g, c): &Case| format!("clip_by_norm({}, {})", vector(g), number(*c));
    Judge::new(&call)
        .law(
            Law(
                "clipping_keeps_the_direction",
                say!(
                    "at most the length c, in the same direction; a short gradient stays as it is",
                    "长度至多为 c，方向不变；短的梯度保持不变"
                ),
            ),
            &[
                (vec![3.0, 4.0], 10.0),
                (vec![3.0, 4.0], 1.0),
                (vec![0.0, 0.0], 1.0),
            ],
            &(vec(whole(), 1..4), 0.5..10.0),
            |(g, c): &Case| {
                let norm = gradus_numeric::norm2(g);
                let factor = if norm > *c { c / norm } else { 1.0 };
                let right: Vec<f64> = g.iter().map(|g| factor * g).collect();
                are(&answer(g, *c), &right, 1e-12)
            },
        )
        .verdict()
}
