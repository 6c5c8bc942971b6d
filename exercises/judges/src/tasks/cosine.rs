//! The judge of `109_cosine`.

use crate::judging::comparison::is;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Judges cosine.
#[must_use]
pub fn cosine(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(x, y): &Case| format!("cosine({}, {})", vector(x), vector(y));
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "x · y divided by both lengths: between -1 and 1, and blind to the lengths",
                    "x · y 除以两个长度：在 -1 与 1 之间，与长度无关"
                ),
            ),
            &[
                (vec![1.0], vec![2.0]),
                (vec![3.0, 4.0], vec![4.0, 3.0]),
                (vec![1.0, 0.0], vec![0.0, 5.0]),
            ],
            &two_vectors(),
            |(x, y): &Case| {
                let (a, b) = (gradus_numeric::norm2(x), gradus_numeric::norm2(y));
                if a == 0.0 || b == 0.0 || x.len() != y.len() {
                    return Ok(()); // no angle
                }
                let right = x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>() / (a * b);
                is(answer(x, y), right, 1e-12)
            },
        )
        .verdict()
}
