//! The judge of `538_calibration_error`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the expected calibration error.
#[must_use]
pub fn calibration_error(answer: fn(&[f64], &[f64], usize) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>, usize);
    let call =
        |(y, p, bins): &Case| format!("calibration_error({}, {}, {bins})", vector(y), vector(p));
    let check = |(y, p, bins): &Case| {
        let asked = !y.is_empty() && y.len() == p.len() && *bins > 0;
        if !asked || !y.iter().all(|&y| y == 0.0 || y == 1.0) {
            return Ok(());
        }
        is(answer(y, p, *bins), error(y, p, *bins), 1e-12)
    };
    let bits = |n| vec((0..2).prop_map(f64::from), n);
    let eighths = |n| vec((0..9).prop_map(|it| f64::from(it) / 8.0), n);
    Judge::new(&call)
        .law(
            Law(
                "bins_hold_all_samples",
                say!(
                    "one bin: how far the mean prediction is from the share of yes",
                    "只有一个区间时：平均预测与“是”的比例之差"
                ),
            ),
            &[
                (vec![1.0], vec![1.0], 1),
                (vec![1.0], vec![0.5], 1),
                (vec![0.0], vec![0.5], 1),
                (vec![1.0, 0.0], vec![0.5, 0.5], 1),
                (vec![1.0, 0.0], vec![0.0, 1.0], 1),
            ],
            &(1..5_usize).prop_flat_map(move |n| (bits(n), eighths(n), 1..2_usize)),
            check,
        )
        .law(
            Law(
                "merged_batches_are_the_whole",
                say!(
                    "each bin by itself, weighted by its share of the samples",
                    "各区间分别计算，再按样本占比加权"
                ),
            ),
            &[
                (vec![0.0, 1.0], vec![0.25, 0.75], 2),
                (vec![1.0, 1.0, 0.0], vec![0.25, 0.75, 0.75], 2),
                (vec![1.0, 1.0], vec![0.5, 0.75], 2),
                (vec![0.0, 1.0], vec![0.0, 1.0], 4),
            ],
            &(1..6_usize).prop_flat_map(move |n| (bits(n), eighths(n), 1..5_usize)),
            check,
        )
        .verdict()
}

/// Sample by sample into the bins.
fn error(y: &[f64], p: &[f64], bins: usize) -> f64 {
    let mut sums = vec![0.0; bins];
    for (y, p) in y.iter().zip(p) {
        let bin = (0..bins).find(|&b| *p <= (b + 1) as f64 / bins as f64);
        sums[bin.unwrap_or(bins - 1)] += p - y;
    }
    sums.iter().map(|sum| sum.abs()).sum::<f64>() / y.len() as f64
}
