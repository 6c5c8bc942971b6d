//! What goes wrong in `748_naive_bayes`.

use crate::{solved, told};
use gradus_judges::{Verdict, naive_bayes as judge};

#[path = "../../answers/748_naive_bayes.rs"]
mod answer;
#[path = "../../tasks/748_naive_bayes.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::naive_bayes), Verdict::ToDo);
    solved(&judge(answer::naive_bayes));
}

/// Products, with what a feature that is not there counts.
fn products(
    prior: &[f64],
    rates: &[Vec<f64>],
    x: &[bool],
    absent: impl Fn(f64) -> f64,
) -> Vec<f64> {
    let product = |(p, rates): (&f64, &Vec<f64>)| {
        let factors = rates
            .iter()
            .zip(x)
            .map(|(&r, &there)| if there { r } else { absent(r) });
        p * factors.product::<f64>()
    };
    prior.iter().zip(rates).map(product).collect()
}

fn log_shares(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    weights.iter().map(|w| (w / total).ln()).collect()
}

#[test]
fn products_underflow() {
    told(
        &judge(|prior, rates, x| log_shares(&products(prior, rates, x, |r| 1.0 - r))),
        "Not yet. naive_bayes([0.5, 0.5], [[1e-200, 1e-200], [1e-100, 1e-300]], [true, true]) is [NaN, NaN]; entry 0 is NaN, not -0.693147.",
        "还不对。naive_bayes([0.5, 0.5], [[1e-200, 1e-200], [1e-100, 1e-300]], [true, true]) 得到 [NaN, NaN]；第 0 个分量是 NaN，应为 -0.693147。",
    );
}

#[test]
fn what_is_not_there_tells_nothing() {
    told(
        &judge(|prior, rates, x| log_shares(&products(prior, rates, x, |_| 1.0))),
        "Not yet. naive_bayes([0.5, 0.5], [[0.8], [0.2]], [false]) is [-0.693147, -0.693147]; entry 0 is -0.693147, not -1.609438.",
        "还不对。naive_bayes([0.5, 0.5], [[0.8], [0.2]], [false]) 得到 [-0.693147, -0.693147]；第 0 个分量是 -0.693147，应为 -1.609438。",
    );
}

#[test]
fn the_prior_is_forgotten() {
    told(
        &judge(|prior, rates, x| {
            log_shares(&products(&vec![1.0; prior.len()], rates, x, |r| 1.0 - r))
        }),
        "Not yet. naive_bayes([0.25, 0.75], [[0.5], [0.5]], [true]) is [-0.693147, -0.693147]; entry 0 is -0.693147, not -1.386294.",
        "还不对。naive_bayes([0.25, 0.75], [[0.5], [0.5]], [true]) 得到 [-0.693147, -0.693147]；第 0 个分量是 -0.693147，应为 -1.386294。",
    );
}

/// Good enough to choose a class, but no probabilities.
#[test]
fn not_divided_by_the_sum() {
    told(
        &judge(|prior, rates, x| {
            let products = products(prior, rates, x, |r| 1.0 - r);
            products.iter().map(|p| p.ln()).collect()
        }),
        "Not yet. naive_bayes([0.5, 0.5], [[0.5], [0.5]], [true]) is [-1.386294, -1.386294]; entry 0 is -1.386294, not -0.693147.",
        "还不对。naive_bayes([0.5, 0.5], [[0.5], [0.5]], [true]) 得到 [-1.386294, -1.386294]；第 0 个分量是 -1.386294，应为 -0.693147。",
    );
}
