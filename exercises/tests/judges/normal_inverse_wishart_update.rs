//! What goes wrong in `376_normal_inverse_wishart_update`.

use crate::{solved, told};
use gradus_judges::{Verdict, normal_inverse_wishart_update as judge};

#[path = "../../answers/376_normal_inverse_wishart_update.rs"]
mod answer;
#[path = "../../tasks/376_normal_inverse_wishart_update.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::normal_inverse_wishart_update), Verdict::ToDo);
    solved(&judge(answer::normal_inverse_wishart_update));
}

/// Number and mean of the observations, and the sum of the squares of what is left.
fn told_by(x: &[f64]) -> (f64, f64, f64) {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n.max(1.0);
    (n, mean, x.iter().map(|x| (x - mean).powi(2)).sum())
}

/// A surprise far from m does not widen the belief.
#[test]
fn only_the_spread() {
    told(
        &judge(|(m, k, scale), x| {
            let (n, mean, spread) = told_by(x);
            ((k * m + n * mean) / (k + n), k + n, scale + spread)
        }),
        "Not yet. normal_inverse_wishart_update((0, 1, 1), [2]) is (1, 2, 1); its scale is 1, not 3.",
        "还不对。normal_inverse_wishart_update((0, 1, 1), [2]) 得到 (1, 2, 1)；其中尺度是 1，应为 3。",
    );
}

#[test]
fn the_whole_distance() {
    told(
        &judge(|(m, k, scale), x| {
            let (n, mean, spread) = told_by(x);
            let between = n * (mean - m).powi(2);
            (
                (k * m + n * mean) / (k + n),
                k + n,
                scale + spread + between,
            )
        }),
        "Not yet. normal_inverse_wishart_update((0, 1, 1), [2]) is (1, 2, 5); its scale is 5, not 3.",
        "还不对。normal_inverse_wishart_update((0, 1, 1), [2]) 得到 (1, 2, 5)；其中尺度是 5，应为 3。",
    );
}

#[test]
fn the_mean_of_the_observations() {
    told(
        &judge(|(m, k, scale), x| {
            let (n, mean, spread) = told_by(x);
            let between = k * n / (k + n) * (mean - m).powi(2);
            (mean, k + n, scale + spread + between)
        }),
        "Not yet. normal_inverse_wishart_update((0, 1, 1), [2]) is (2, 2, 3); its location is 2, not 1.",
        "还不对。normal_inverse_wishart_update((0, 1, 1), [2]) 得到 (2, 2, 3)；其中位置是 2，应为 1。",
    );
}

#[test]
fn the_mean_of_the_squares() {
    told(
        &judge(|(m, k, scale), x| {
            let (n, mean, spread) = told_by(x);
            let between = k * n / (k + n) * (mean - m).powi(2);
            (
                (k * m + n * mean) / (k + n),
                k + n,
                scale + spread / n.max(1.0) + between,
            )
        }),
        "Not yet. normal_inverse_wishart_update((0, 1, 1), [-1, 1]) is (0, 3, 2); its scale is 2, not 3.",
        "还不对。normal_inverse_wishart_update((0, 1, 1), [-1, 1]) 得到 (0, 3, 2)；其中尺度是 2，应为 3。",
    );
}

#[test]
fn nothing_divided_by_nothing() {
    told(
        &judge(|(m, k, scale), x| {
            let n = x.len() as f64;
            let mean = x.iter().sum::<f64>() / n;
            let (_, _, spread) = told_by(x);
            let between = k * n / (k + n) * (mean - m).powi(2);
            (
                (k * m + n * mean) / (k + n),
                k + n,
                scale + spread + between,
            )
        }),
        "Not yet. normal_inverse_wishart_update((0, 1, 1), []) is (NaN, 1, NaN); its location is NaN, not 0.",
        "还不对。normal_inverse_wishart_update((0, 1, 1), []) 得到 (NaN, 1, NaN)；其中位置是 NaN，应为 0。",
    );
}
