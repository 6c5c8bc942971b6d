//! The judge of `611_linear_regression_gradient`.

use crate::judging::comparison::is_gradient;
use crate::judging::inputs::{matrix, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Samples, targets and parameters, to a gradient.
pub type Regression = fn(&[Vec<f64>], &[f64], &[f64]) -> Vec<f64>;

/// Judges linear regression gradient.
#[must_use]
pub fn linear_regression_gradient(answer: Regression) -> Verdict {
    type Case = ((Vec<Vec<f64>>, Vec<f64>), Vec<f64>);
    let call = |((x, y), theta): &Case| {
        format!(
            "gradient(x = {}, y = {}, θ = {})",
            rows(x),
            vector(y),
            vector(theta)
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "gradients_are_derivatives",
                say!(
                    "an entry is the slope of the mean squared error along its parameter",
                    "每个分量是均方误差对相应参数的偏导数"
                ),
            ),
            &[
                ((vec![vec![1.0]], vec![1.0]), vec![0.0]),
                ((vec![vec![2.0]], vec![1.0]), vec![0.0]),
                ((vec![vec![1.0], vec![2.0]], vec![1.0, 0.0]), vec![0.0]),
                (
                    (vec![vec![1.0, 2.0], vec![3.0, 4.0]], vec![1.0, 0.0]),
                    vec![0.0, 1.0],
                ),
            ],
            &(1..4_usize, 1..3_usize)
                .prop_flat_map(|(m, n)| ((matrix(m, n), vec(whole(), m)), vec(-1.0..1.0, n))),
            |((x, y), theta): &Case| {
                let n = x.first().map_or(0, Vec::len);
                if x.len() != y.len() || theta.len() != n || y.is_empty() {
                    return Ok(());
                }
                let loss = |t: &[f64]| {
                    x.iter()
                        .zip(y)
                        .map(|(row, y)| {
                            let p: f64 = row.iter().zip(t).map(|(x, t)| x * t).sum();
                            (p - y) * (p - y)
                        })
                        .sum::<f64>()
                        / y.len() as f64
                };
                is_gradient(|t| answer(x, y, t), loss, theta)
            },
        )
        .verdict()
}
