//! What goes wrong in `538_calibration_error`.

use crate::{solved, told};
use gradus_judges::{Verdict, calibration_error as judge};

#[path = "../../answers/538_calibration_error.rs"]
mod answer;
#[path = "../../tasks/538_calibration_error.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::calibration_error), Verdict::ToDo);
    solved(&judge(answer::calibration_error));
}

/// The distances of the bins that are not empty, and how many samples each has.
fn bins(y: &[f64], p: &[f64], bins: usize) -> Vec<(f64, f64)> {
    let mut sums = vec![(0.0, 0.0); bins];
    for (y, p) in y.iter().zip(p) {
        let b = (0..bins).find(|&b| *p <= (b + 1) as f64 / bins as f64);
        let sum = &mut sums[b.unwrap_or(bins - 1)];
        *sum = (sum.0 + p - y, sum.1 + 1.0);
    }
    let filled = sums.into_iter().filter(|it| it.1 > 0.0);
    filled
        .map(|(sum, count)| ((sum / count).abs(), count))
        .collect()
}

#[test]
fn every_bin_counts_alike() {
    told(
        &judge(|y, p, b| {
            let found = bins(y, p, b);
            found.iter().map(|it| it.0).sum::<f64>() / found.len() as f64
        }),
        "Not yet. calibration_error([1, 1, 0], [0.25, 0.75, 0.75], 2) is 0.5, not 0.416667.",
        "还不对。calibration_error([1, 1, 0], [0.25, 0.75, 0.75], 2) 得到 0.5，应为 0.416667。",
    );
}

#[test]
fn errors_of_samples_instead_of_bins() {
    told(
        &judge(|y, p, _| {
            let errors: f64 = y.iter().zip(p).map(|(y, p)| (p - y).abs()).sum();
            errors / y.len() as f64
        }),
        "Not yet. calibration_error([1, 0], [0.5, 0.5], 1) is 0.5, not 0.",
        "还不对。calibration_error([1, 0], [0.5, 0.5], 1) 得到 0.5，应为 0。",
    );
}

/// Too high and too low make up for each other.
#[test]
fn without_the_magnitude() {
    told(
        &judge(|y, p, _| {
            let sum: f64 = y.iter().zip(p).map(|(y, p)| p - y).sum();
            sum.abs() / y.len() as f64
        }),
        "Not yet. calibration_error([0, 1], [0.25, 0.75], 2) is 0, not 0.25.",
        "还不对。calibration_error([0, 1], [0.25, 0.75], 2) 得到 0，应为 0.25。",
    );
}

#[test]
fn the_largest_bin_error() {
    told(
        &judge(|y, p, b| bins(y, p, b).iter().map(|it| it.0).fold(0.0, f64::max)),
        "Not yet. calibration_error([1, 1, 0], [0.25, 0.75, 0.75], 2) is 0.75, not 0.416667.",
        "还不对。calibration_error([1, 1, 0], [0.25, 0.75, 0.75], 2) 得到 0.75，应为 0.416667。",
    );
}
