//! The judge of `727_batch_norm_gradient`.

use crate::judging::comparison::is_gradient;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Judges batch norm gradient.
#[must_use]
pub fn batch_norm_gradient(answer: fn(&[f64], &[f64]) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(x, g): &Case| format!("batch_norm_gradient({}, {})", vector(x), vector(g));
    Judge::new(&call)
        .law(
            Law(
                "gradients_are_derivatives",
                say!(
                    "an entry is the slope of Σ g y along x[i], through mean and deviation as well",
                    "每个分量是 Σ g y 对 x[i] 的偏导数，包括经由均值与标准差的影响"
                ),
            ),
            &[
                (vec![0.0, 2.0, 4.0], vec![1.0, 0.0, 0.0]),
                (vec![1.0, 2.0, 4.0], vec![1.0, 1.0, 1.0]),
            ],
            &(vec(-4.0..4.0, 3), vec(whole(), 3)),
            |(x, g): &Case| {
                let spread = x
                    .iter()
                    .fold(0.0, |s: f64, a| x.iter().fold(s, |s, b| s.max(a - b)));
                if x.len() != g.len() || spread < 1.0 {
                    return Ok(()); // differences see too little of nearly equal values
                }
                let loss = |x: &[f64]| {
                    let m = x.len() as f64;
                    let mean = x.iter().sum::<f64>() / m;
                    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / m;
                    let y = x.iter().map(|x| (x - mean) / (variance + 1e-5).sqrt());
                    y.zip(g).map(|(y, g)| y * g).sum::<f64>()
                };
                is_gradient(|x| answer(x, g), loss, x)
            },
        )
        .verdict()
}
