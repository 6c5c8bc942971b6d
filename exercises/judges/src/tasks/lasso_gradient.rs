//! The judge of `522_lasso_gradient`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::collection::vec;

/// Judges lasso gradient.
#[must_use]
pub fn lasso_gradient(answer: fn(&[f64], f64) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, f64);
    let call =
        |(theta, lambda): &Case| format!("lasso_gradient({}, {})", vector(theta), number(*lambda));
    Judge::new(&call)
        .law(
            Law(
                "regularizer_gradients_are_derivatives",
                say!(
                    "λ to the right of 0, -λ to the left, 0 at 0",
                    "0 的右边为 λ，左边为 -λ，在 0 处为 0"
                ),
            ),
            &[(vec![2.0], 1.0), (vec![-2.0], 0.5), (vec![0.0], 1.0)],
            &(vec(whole(), 1..4), 0.0..2.0),
            |(theta, lambda): &Case| {
                let sign = |t: f64| f64::from(i8::from(t > 0.0) - i8::from(t < 0.0));
                let right: Vec<f64> = theta.iter().map(|&t| lambda * sign(t)).collect();
                are(&answer(theta, *lambda), &right, 1e-13)
            },
        )
        .verdict()
}
