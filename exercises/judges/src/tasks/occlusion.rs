//! The judge of `816_occlusion`.

use crate::judging::comparison::are;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// A function, x and the baseline, to what each feature brings.
pub type Occlusion = fn(&dyn Fn(&[f64]) -> f64, &[f64], &[f64]) -> Vec<f64>;

/// Judges occlusion of a linear function and of the squared sum.
#[must_use]
pub fn occlusion(answer: Occlusion) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(x, b): &Case| format!("occlusion(…, {}, {})", vector(x), vector(b));
    let linear = |(x, b): &Case| {
        if x.len() != b.len() {
            return Ok(()); // not asked for
        }
        let slope = |i: usize| i as f64 + 1.0;
        let f = |x: &[f64]| (0..x.len()).map(|i| slope(i) * x[i]).sum();
        let right: Vec<f64> = (0..x.len()).map(|i| slope(i) * (x[i] - b[i])).collect();
        are(&answer(&f, x, b), &right, 1e-12)
    };
    let square = |(x, b): &Case| {
        if x.len() != b.len() {
            return Ok(());
        }
        let sum: f64 = x.iter().sum();
        let fall = |(x, b): (&f64, &f64)| sum * sum - (sum - x + b).powi(2);
        let right: Vec<f64> = x.iter().zip(b).map(fall).collect();
        are(
            &answer(&|x| x.iter().sum::<f64>().powi(2), x, b),
            &right,
            1e-12,
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "occlusion_of_a_linear_model",
                say!(
                    "of f(x) = x₀ + 2 x₁ + 3 x₂ + … it is the slope times x - b",
                    "对 f(x) = x₀ + 2 x₁ + 3 x₂ + …，就是斜率乘以 x - b"
                ),
            ),
            &[
                (vec![1.0], vec![0.0]),
                (vec![3.0], vec![1.0]),
                (vec![1.0, 1.0], vec![0.0, 0.0]),
            ],
            &two_vectors(),
            linear,
        )
        .law(
            Law(
                "",
                say!(
                    "of f(x) = (x₀ + x₁ + …)²: one feature is covered, all others stay",
                    "对 f(x) = (x₀ + x₁ + …)²：只遮住一个特征，其余不动"
                ),
            ),
            &[
                (vec![1.0, 1.0], vec![0.0, 0.0]),
                (vec![2.0, 1.0], vec![0.0, 3.0]),
                (vec![1.0, 1.0, 1.0], vec![0.0, 0.0, 0.0]),
            ],
            &two_vectors(),
            square,
        )
        .verdict()
}
