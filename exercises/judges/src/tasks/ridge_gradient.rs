//! The judge of `521_ridge_gradient`.

use crate::judging::comparison::is_gradient;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::collection::vec;

/// Judges ridge gradient.
#[must_use]
pub fn ridge_gradient(answer: fn(&[f64], f64) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, f64);
    let call =
        |(theta, lambda): &Case| format!("ridge_gradient({}, {})", vector(theta), number(*lambda));
    Judge::new(&call)
        .law(
            Law(
                "regularizer_gradients_are_derivatives",
                say!(
                    "an entry is the slope of ½ λ Σ θ² along its parameter",
                    "每个分量是 ½ λ Σ θ² 对相应参数的偏导数"
                ),
            ),
            &[(vec![1.0], 1.0), (vec![-2.0], 1.0), (vec![1.0, -2.0], 0.5)],
            &(vec(whole(), 1..4), 0.0..2.0),
            |(theta, lambda): &Case| {
                is_gradient(
                    |t| answer(t, *lambda),
                    |t| 0.5 * lambda * t.iter().map(|t| t * t).sum::<f64>(),
                    theta,
                )
            },
        )
        .verdict()
}
