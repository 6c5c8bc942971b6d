//! The judge of `726_batch_norm`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Judges batch norm.
#[must_use]
pub fn batch_norm(answer: fn(&[f64]) -> Vec<f64>) -> Verdict {
    type Case = Vec<f64>;
    let call = |x: &Case| format!("batch_norm({})", vector(x));
    Judge::new(&call)
        .law(
            Law(
                "batch_norm_brings_every_channel_to_mean_and_deviation",
                say!(
                    "(x - mean) / √(variance + 1e-5), the variance with the divisor m",
                    "(x - 均值) / √(方差 + 1e-5)，方差除以 m"
                ),
            ),
            &[
                vec![0.0, 2.0],
                vec![1.0, 1.0],
                vec![1.0, 2.0, 6.0],
                vec![0.0, 0.01],
            ],
            &vec(whole(), 1..6),
            |x: &Case| {
                let m = x.len().max(1) as f64;
                let mean = x.iter().sum::<f64>() / m;
                let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / m;
                let right = x.iter().map(|x| (x - mean) / (variance + 1e-5).sqrt());
                are(&answer(x), &right.collect::<Vec<f64>>(), 1e-9)
            },
        )
        .verdict()
}
