//! The judge of `641_logistic_regression_gradient`.

use crate::judging::comparison::is_gradient;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Samples, labels and parameters, to a gradient.
pub type Classification = fn(&[Vec<f64>], &[f64], &[f64]) -> Vec<f64>;

/// Judges logistic regression gradient.
#[must_use]
pub fn logistic_regression_gradient(answer: Classification) -> Verdict {
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
                    "an entry is the slope of the mean cross-entropy along its parameter",
                    "每个分量是平均交叉熵对相应参数的偏导数"
                ),
            ),
            &[
                ((vec![vec![1.0]], vec![1.0]), vec![0.0]),
                ((vec![vec![2.0]], vec![0.0]), vec![0.0]),
                ((vec![vec![1.0], vec![-1.0]], vec![1.0, 1.0]), vec![0.5]),
            ],
            &(1..4_usize, 1..3_usize).prop_flat_map(|(m, n)| {
                (
                    (
                        vec(vec(-1.0..1.0, n), m),
                        vec(proptest::bool::ANY.prop_map(f64::from), m),
                    ),
                    vec(-1.0..1.0, n),
                )
            }),
            |((x, y), theta): &Case| {
                let n = x.first().map_or(0, Vec::len);
                if x.len() != y.len() || theta.len() != n || y.is_empty() {
                    return Ok(());
                }
                let loss = |t: &[f64]| {
                    let of = |(row, y): (&Vec<f64>, &f64)| {
                        let z: f64 = row.iter().zip(t).map(|(x, t)| x * t).sum();
                        gradus_numeric::softplus(z) - y * z
                    };
                    x.iter().zip(y).map(of).sum::<f64>() / y.len() as f64
                };
                is_gradient(|t| answer(x, y, t), loss, theta)
            },
        )
        .verdict()
}
