//! The judge of `817_partial_dependence`.

use crate::judging::comparison::is;
use crate::judging::inputs::{matrix, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, rows};
use proptest::strategy::Strategy;

/// A function, samples, a feature and a value, to a mean.
pub type PartialDependence = fn(&dyn Fn(&[f64]) -> f64, &[Vec<f64>], usize, f64) -> f64;

/// Samples, a feature and its value.
type Case = (Vec<Vec<f64>>, usize, f64);

/// Judges partial dependence of f(x) = x₀ x₁² in the plane.
#[must_use]
pub fn partial_dependence(answer: PartialDependence) -> Verdict {
    let call = |(samples, feature, value): &Case| {
        let samples = rows(samples);
        format!(
            "partial_dependence(x₀ x₁², {samples}, {feature}, {})",
            number(*value)
        )
    };
    let check = |case: &Case| mean(answer, case);
    let more = |most: usize| {
        (
            (1..most).prop_flat_map(|m| matrix(m, 2)),
            0..2_usize,
            whole(),
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "one sample: its own curve, the feature set to the value",
                    "一个样本：它自己的曲线，把该特征设为给定值"
                ),
            ),
            &[
                (vec![vec![1.0, 1.0]], 0, 2.0),
                (vec![vec![2.0, 1.0]], 1, 3.0),
                (vec![vec![1.0, 3.0]], 0, 1.0),
            ],
            &more(2),
            check,
        )
        .law(
            Law(
                "individual_curves_average_to_partial_dependence",
                say!(
                    "the mean of the curves of all samples, not the curve of the mean sample",
                    "所有样本的曲线的平均，而不是平均样本的曲线"
                ),
            ),
            &[
                (vec![vec![1.0, 1.0], vec![3.0, 1.0]], 1, 1.0),
                (vec![vec![0.0, 0.0], vec![0.0, 2.0]], 0, 1.0),
                (vec![vec![1.0, 1.0], vec![2.0, 2.0]], 0, 1.0),
            ],
            &more(5),
            check,
        )
        .verdict()
}

/// `Err` in words unless it is what the formula says.
fn mean(answer: PartialDependence, (samples, feature, value): &Case) -> Result<(), Text> {
    if samples.is_empty() || *feature > 1 {
        return Ok(()); // not asked for
    }
    let average =
        |of: &dyn Fn(&Vec<f64>) -> f64| samples.iter().map(of).sum::<f64>() / samples.len() as f64;
    let right = if *feature == 0 {
        value * average(&|x| x[1] * x[1])
    } else {
        value * value * average(&|x| x[0])
    };
    is(
        answer(&|x| x[0] * x[1] * x[1], samples, *feature, *value),
        right,
        1e-12,
    )
}
