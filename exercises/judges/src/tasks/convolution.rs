//! The judge of `741_convolution`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Judges convolution.
#[must_use]
pub fn convolution(answer: fn(&[f64], &[f64]) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(x, w): &Case| format!("convolution({}, {})", vector(x), vector(w));
    Judge::new(&call)
        .law(
            Law(
                "a_convolution_is_its_sum",
                say!(
                    "y[i] = Σ w[k] x[i + k], where w fits",
                    "y[i] = Σ w[k] x[i + k]，限于 w 放得下的位置"
                ),
            ),
            &[
                (vec![1.0, 2.0], vec![3.0]),
                (vec![1.0, 2.0, 3.0], vec![1.0, 0.0]),
                (vec![1.0, 2.0, 4.0], vec![1.0, -1.0]),
            ],
            &(vec(whole(), 3..6), vec(whole(), 1..4)),
            |(x, w): &Case| {
                if w.is_empty() || w.len() > x.len() {
                    return Ok(()); // it fits nowhere
                }
                let at = |i: usize| (0..w.len()).map(|k| w[k] * x[i + k]).sum();
                let right: Vec<f64> = (0..=x.len() - w.len()).map(at).collect();
                are(&answer(x, w), &right, 0.0)
            },
        )
        .verdict()
}
