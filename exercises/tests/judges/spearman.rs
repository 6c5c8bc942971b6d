//! What goes wrong in `361_spearman`.

use crate::{solved, told};
use gradus_judges::{Verdict, spearman as judge};

#[path = "../../answers/361_spearman.rs"]
mod answer;
#[path = "../../tasks/361_spearman.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::spearman), Verdict::ToDo);
    solved(&judge(answer::spearman));
}

fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (m, n) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| f(a - m, b - n)).sum()
    };
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

/// Which index comes first, second, … in the order of x.
fn order(x: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|i, j| x[*i].total_cmp(&x[*j]));
    order
}

/// Ranks; of equal numbers the first is the smaller.
fn ranks(x: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; x.len()];
    for (rank, i) in order(x).into_iter().enumerate() {
        ranks[i] = rank as f64 + 1.0;
    }
    ranks
}

#[test]
fn the_numbers_themselves() {
    told(
        &judge(pearson),
        "Not yet. spearman([1, 2, 3], [1, 2, 9]) is 0.917663, not 1.",
        "还不对。spearman([1, 2, 3], [1, 2, 9]) 得到 0.917663，应为 1。",
    );
}

/// What argsort gives is the inverse permutation of the ranks.
#[test]
fn the_order_for_the_ranks() {
    told(
        &judge(|x, y| {
            let places = |x: &[f64]| -> Vec<f64> { order(x).iter().map(|i| *i as f64).collect() };
            pearson(&places(x), &places(y))
        }),
        "Not yet. spearman([2, 3, 1], [1, 3, 2]) is -1, not 0.5.",
        "还不对。spearman([2, 3, 1], [1, 3, 2]) 得到 -1，应为 0.5。",
    );
}

#[test]
fn ties_in_the_order_of_the_sample() {
    told(
        &judge(|x, y| pearson(&ranks(x), &ranks(y))),
        "Not yet. spearman([1, 1, 2], [1, 2, 3]) is 1, not 0.866025.",
        "还不对。spearman([1, 1, 2], [1, 2, 3]) 得到 1，应为 0.866025。",
    );
}

#[test]
fn the_formula_without_ties() {
    told(
        &judge(|x, y| {
            let n = x.len() as f64;
            let (a, b) = (ranks(x), ranks(y));
            let squares: f64 = a.iter().zip(&b).map(|(a, b)| (a - b) * (a - b)).sum();
            1.0 - 6.0 * squares / (n * (n * n - 1.0))
        }),
        "Not yet. spearman([1, 1, 2], [1, 2, 3]) is 1, not 0.866025.",
        "还不对。spearman([1, 1, 2], [1, 2, 3]) 得到 1，应为 0.866025。",
    );
}

#[test]
fn only_one_sample_ranked() {
    told(
        &judge(|x, y| pearson(&ranks(x), y)),
        "Not yet. spearman([1, 2, 3], [1, 2, 9]) is 0.917663, not 1.",
        "还不对。spearman([1, 2, 3], [1, 2, 9]) 得到 0.917663，应为 1。",
    );
}
