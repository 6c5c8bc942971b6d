//! What goes wrong in `471_redundancy`.

use crate::{solved, told};
use gradus_judges::{Verdict, redundancy as judge};

#[path = "../../answers/471_redundancy.rs"]
mod answer;
#[path = "../../tasks/471_redundancy.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::redundancy), Verdict::ToDo);
    solved(&judge(answer::redundancy));
}

/// For each value of the target, a divergence of a source from its marginal.
fn told_by(target: &[f64], rows: &[Vec<f64>]) -> Vec<f64> {
    let columns = rows.first().map_or(0, Vec::len);
    let marginal: Vec<f64> = (0..columns)
        .map(|x| target.iter().zip(rows).map(|(p, row)| p * row[x]).sum())
        .collect();
    let term = |(p, q): (&f64, &f64)| if *p > 0.0 { p * (p / q).ln() } else { 0.0 };
    rows.iter()
        .map(|row| row.iter().zip(&marginal).map(term).sum())
        .collect()
}

fn mean(target: &[f64], values: impl Iterator<Item = f64>) -> f64 {
    target.iter().zip(values).map(|(p, v)| p * v).sum()
}

fn pairs(
    target: &[f64],
    first: &[Vec<f64>],
    second: &[Vec<f64>],
) -> impl Iterator<Item = (f64, f64)> {
    told_by(target, first)
        .into_iter()
        .zip(told_by(target, second))
}

/// The smaller of the means is not the mean of the smaller.
#[test]
fn the_smaller_mutual_information() {
    told(
        &judge(|p, a, b| {
            mean(p, told_by(p, a).into_iter()).min(mean(p, told_by(p, b).into_iter()))
        }),
        "Not yet. redundancy([0.5, 0.5], [[1, 0], [0.5, 0.5]], [[0.5, 0.5], [0, 1]]) is 0.215762, not 0.143841.",
        "还不对。redundancy([0.5, 0.5], [[1, 0], [0.5, 0.5]], [[0.5, 0.5], [0, 1]]) 得到 0.215762，应为 0.143841。",
    );
}

#[test]
fn the_larger() {
    told(
        &judge(|p, a, b| mean(p, pairs(p, a, b).map(|(a, b)| a.max(b)))),
        "Not yet. redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]) is 0.693147, not 0.",
        "还不对。redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]]) 得到 0.693147，应为 0。",
    );
}

#[test]
fn without_weights() {
    told(
        &judge(|p, a, b| pairs(p, a, b).map(|(a, b)| a.min(b)).sum()),
        "Not yet. redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[1, 0], [0, 1]]) is 1.386294, not 0.693147.",
        "还不对。redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[1, 0], [0, 1]]) 得到 1.386294，应为 0.693147。",
    );
}

#[test]
fn the_sum_of_both() {
    told(
        &judge(|p, a, b| mean(p, pairs(p, a, b).map(|(a, b)| a + b))),
        "Not yet. redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[1, 0], [0, 1]]) is 1.386294, not 0.693147.",
        "还不对。redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[1, 0], [0, 1]]) 得到 1.386294，应为 0.693147。",
    );
}

#[test]
fn zero_times_minus_infinity() {
    told(
        &judge(|p, a, b| {
            let told = |rows: &[Vec<f64>]| -> Vec<f64> {
                let marginal =
                    |x: usize| -> f64 { p.iter().zip(rows).map(|(p, row)| p * row[x]).sum() };
                rows.iter()
                    .map(|row| {
                        row.iter()
                            .enumerate()
                            .map(|(x, p)| p * (p / marginal(x)).ln())
                            .sum()
                    })
                    .collect()
            };
            let pairs = told(a).into_iter().zip(told(b));
            mean(p, pairs.map(|(a, b)| if a < b { a } else { b }))
        }),
        "Not yet. redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[1, 0], [0, 1]]) is NaN, not 0.693147.",
        "还不对。redundancy([0.5, 0.5], [[1, 0], [0, 1]], [[1, 0], [0, 1]]) 得到 NaN，应为 0.693147。",
    );
}
