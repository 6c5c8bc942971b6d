//! The judge of `735_weighted_loss`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Losses, labels and weights of classes, to a loss.
pub type WeightedLoss = fn(&[f64], &[usize], &[f64]) -> f64;

/// Judges the weighted mean of losses; the labels are 0, 1, 1, 0, 1, 1, …
#[must_use]
pub fn weighted_loss(answer: WeightedLoss) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let labels = |n: usize| -> Vec<usize> { (0..n).map(|i| usize::from(i % 3 != 0)).collect() };
    let call = |(losses, weights): &Case| {
        let names = labels(losses.len());
        format!(
            "weighted_loss({}, {names:?}, {})",
            vector(losses),
            vector(weights)
        )
    };
    let check = |(losses, weights): &Case| {
        let labels = labels(losses.len());
        if weights.len() != 2 || !weights.iter().all(|&w| w >= 0.0) {
            return Ok(()); // not asked for
        }
        // As if a sample of weight 2 came twice.
        let often: Vec<f64> = labels.iter().map(|&label| weights[label]).collect();
        let all: f64 = often.iter().sum();
        if all == 0.0 {
            return Ok(());
        }
        let right: f64 = losses
            .iter()
            .zip(&often)
            .map(|(loss, n)| loss * (n / all))
            .sum();
        is(answer(losses, &labels, weights), right, 1e-12)
    };
    let weights = || vec((0..4).prop_map(f64::from), 2);
    let equal = (1..4).prop_map(|w| vec![f64::from(w); 2]);
    Judge::new(&call)
        .law(
            Law(
                "what_is_ignored_is_left_out",
                say!("equal weights change nothing", "权重相等时什么也不改变"),
            ),
            &[
                (vec![3.0], vec![1.0, 1.0]),
                (vec![3.0], vec![2.0, 2.0]),
                (vec![3.0, 1.0], vec![2.0, 2.0]),
            ],
            &(vec(whole(), 1..6), equal),
            check,
        )
        .law(
            Law(
                "a_sample_of_weight_two_is_two_samples",
                say!(
                    "a sample of weight 2 is a sample that comes twice, one of weight 0 is none",
                    "权重为 2 的样本等于出现两次，权重为 0 的样本等于没有"
                ),
            ),
            &[
                (vec![4.0, 1.0], vec![2.0, 1.0]),
                (vec![4.0, 1.0], vec![0.0, 1.0]),
                (vec![0.0, 3.0, 3.0], vec![2.0, 1.0]),
            ],
            &(vec(whole(), 1..6), weights()),
            check,
        )
        .verdict()
}
