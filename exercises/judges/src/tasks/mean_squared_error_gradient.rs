//! The judge of `506_mean_squared_error_gradient`.

use crate::judging::comparison::is_gradient;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Judges mean squared error gradient.
#[must_use]
pub fn mean_squared_error_gradient(answer: fn(&[f64], &[f64]) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(p, y): &Case| format!("mean_squared_error_gradient({}, {})", vector(p), vector(y));
    Judge::new(&call)
        .law(
            Law(
                "gradients_are_derivatives",
                say!(
                    "an entry is the slope of the loss along its prediction",
                    "每个分量是损失对相应预测值的偏导数"
                ),
            ),
            &[
                (vec![1.0], vec![0.0]),
                (vec![1.0, 0.0], vec![0.0, 0.0]),
                (vec![1.0, 3.0], vec![2.0, 1.0]),
            ],
            &two_vectors(),
            |(p, y): &Case| {
                if p.len() != y.len() || p.is_empty() {
                    return Ok(());
                }
                let loss = |p: &[f64]| {
                    p.iter().zip(y).map(|(p, y)| (p - y) * (p - y)).sum::<f64>() / y.len() as f64
                };
                is_gradient(|p| answer(p, y), loss, p)
            },
        )
        .verdict()
}
