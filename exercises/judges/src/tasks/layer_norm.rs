//! The judge of `728_layer_norm`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::strategy::Strategy;

/// Judges the normalization of each sample by itself.
#[must_use]
pub fn layer_norm(answer: fn(&[Vec<f64>]) -> Vec<Vec<f64>>) -> Verdict {
    type Case = Vec<Vec<f64>>;
    let call = |samples: &Case| format!("layer_norm({})", rows(samples));
    Judge::new(&call)
        .law(
            Law(
                "layer_norm_brings_each_place_to_mean_zero_and_variance_one",
                say!(
                    "each row by itself: (x - mean) / √(variance + 1e-5), the variance with the divisor n",
                    "每行单独处理：(x - 均值) / √(方差 + 1e-5)，方差除以 n"
                ),
            ),
            &[
                vec![vec![1.0, 1.0]], vec![vec![0.0, 0.01]], vec![vec![0.0, 2.0]],
                vec![vec![0.0, 2.0], vec![4.0, 0.0]],
            ],
            &(1..4_usize, 2..5_usize).prop_flat_map(|(m, n)| matrix(m, n)),
            |samples: &Case| {
                let right: Vec<Vec<f64>> = samples.iter().map(|x| normalized(x)).collect();
                rows_are(&answer(samples), &right, 1e-9)
            },
        )
        .verdict()
}

fn normalized(x: &[f64]) -> Vec<f64> {
    let mean = gradus_numeric::mean(x).unwrap_or(0.0);
    let variance = gradus_numeric::variance(x, 0).unwrap_or(0.0);
    x.iter()
        .map(|x| (x - mean) / (variance + 1e-5).sqrt())
        .collect()
}
