//! What goes wrong in `386_bayesian_slope`.

use crate::{solved, told};
use gradus_judges::{Verdict, bayesian_slope as judge};

#[path = "../../answers/386_bayesian_slope.rs"]
mod answer;
#[path = "../../tasks/386_bayesian_slope.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::bayesian_slope), Verdict::ToDo);
    solved(&judge(answer::bayesian_slope));
}

/// Σ x² and Σ x y.
fn sums(x: &[f64], y: &[f64]) -> (f64, f64) {
    let products = x.iter().zip(y).map(|(x, y)| x * y).sum();
    (x.iter().map(|x| x * x).sum(), products)
}

/// The prior is left out of the mean.
#[test]
fn least_squares() {
    told(
        &judge(|x, y, alpha, beta| {
            let (squares, products) = sums(x, y);
            (
                products / squares.max(1e-300),
                1.0 / (alpha + beta * squares),
            )
        }),
        "Not yet. bayesian_slope([1], [2], 1, 1) is (2, 0.5); its mean is 2, not 1.",
        "还不对。bayesian_slope([1], [2], 1, 1) 得到 (2, 0.5)；其中均值是 2，应为 1。",
    );
}

#[test]
fn variances_for_precisions() {
    told(
        &judge(|x, y, alpha, beta| {
            let (squares, products) = sums(x, y);
            let variance = 1.0 / (1.0 / alpha + squares / beta);
            (variance * products / beta, variance)
        }),
        "Not yet. bayesian_slope([], [], 2, 1) is (0, 2); its variance is 2, not 0.5.",
        "还不对。bayesian_slope([], [], 2, 1) 得到 (0, 2)；其中方差是 2，应为 0.5。",
    );
}

#[test]
fn without_the_precision_of_the_noise() {
    told(
        &judge(|x, y, alpha, beta| {
            let (squares, products) = sums(x, y);
            let variance = 1.0 / (alpha + beta * squares);
            (variance * products, variance)
        }),
        "Not yet. bayesian_slope([1], [1], 1, 4) is (0.2, 0.2); its mean is 0.2, not 0.8.",
        "还不对。bayesian_slope([1], [1], 1, 4) 得到 (0.2, 0.2)；其中均值是 0.2，应为 0.8。",
    );
}

#[test]
fn the_noise_alone() {
    told(
        &judge(|x, y, alpha, beta| {
            let (squares, products) = sums(x, y);
            (beta * products / (alpha + beta * squares), 1.0 / beta)
        }),
        "Not yet. bayesian_slope([], [], 2, 1) is (0, 1); its variance is 1, not 0.5.",
        "还不对。bayesian_slope([], [], 2, 1) 得到 (0, 1)；其中方差是 1，应为 0.5。",
    );
}

/// 1 / n in both sums: a hundred samples then tell as much as one.
#[test]
fn the_mean_of_the_samples() {
    told(
        &judge(|x, y, alpha, beta| {
            let (squares, products) = sums(x, y);
            let n = x.len().max(1) as f64;
            let variance = 1.0 / (alpha + beta * squares / n);
            (variance * beta * products / n, variance)
        }),
        "Not yet. bayesian_slope([1, 2], [2, 3], 1, 1) is (1.142857, 0.285714); its mean is 1.142857, not 1.333333.",
        "还不对。bayesian_slope([1, 2], [2, 3], 1, 1) 得到 (1.142857, 0.285714)；其中均值是 1.142857，应为 1.333333。",
    );
}
