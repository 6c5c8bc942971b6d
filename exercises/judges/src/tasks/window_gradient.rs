//! The judge of `743_window_gradient`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Judges the gradient of a window.
#[must_use]
pub fn window_gradient(answer: fn(&[f64], &[f64]) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(x, delta): &Case| format!("window_gradient({}, {})", vector(x), vector(delta));
    Judge::new(&call)
        .law(
            Law(
                "a_convolution_is_the_affine_map_of_its_patches",
                say!(
                    "a weight hears of every place: Σ δ[i] x[i + k]",
                    "每个位置都贡献给权重：Σ δ[i] x[i + k]"
                ),
            ),
            &[
                (vec![2.0], vec![3.0]),
                (vec![1.0, 2.0], vec![1.0]),
                (vec![1.0, 2.0], vec![1.0, 0.0]),
                (vec![1.0, 2.0], vec![1.0, 1.0]),
                (vec![1.0, 2.0, 4.0], vec![1.0, 0.0]),
            ],
            &(vec(whole(), 3..6), vec(whole(), 1..4)),
            |(x, delta): &Case| {
                if delta.is_empty() || delta.len() > x.len() {
                    return Ok(()); // it fits nowhere
                }
                let mut right = vec![0.0; x.len() - delta.len() + 1];
                for (i, delta) in delta.iter().enumerate() {
                    for (k, slope) in right.iter_mut().enumerate() {
                        *slope += delta * x[i + k];
                    }
                }
                are(&answer(x, delta), &right, 0.0)
            },
        )
        .verdict()
}
