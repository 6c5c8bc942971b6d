//! What goes wrong in `548_standardize_apart`.

use crate::{solved, told};
use gradus_judges::{Verdict, standardize_apart as judge};

#[path = "../../answers/548_standardize_apart.rs"]
mod answer;
#[path = "../../tasks/548_standardize_apart.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::standardize_apart), Verdict::ToDo);
    solved(&judge(answer::standardize_apart));
}

fn scaled(by: &[f64], x: &[f64], divisor: f64) -> Vec<f64> {
    let mean = by.iter().sum::<f64>() / by.len() as f64;
    let variance = by.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / divisor;
    x.iter().map(|x| (x - mean) / variance.sqrt()).collect()
}

/// The leak: the test samples have a say.
#[test]
fn all_samples_together() {
    told(
        &judge(|train, test| {
            let all = [train, test].concat();
            scaled(&all, test, all.len() as f64)
        }),
        "Not yet. standardize_apart([-1, 1], [3]) is 1.224745, not 3.",
        "还不对。standardize_apart([-1, 1], [3]) 得到 1.224745，应为 3。",
    );
}

#[test]
fn the_test_samples_by_themselves() {
    told(
        &judge(|_, test| scaled(test, test, test.len() as f64)),
        "Not yet. standardize_apart([-1, 1], [3]) is NaN, not 3.",
        "还不对。standardize_apart([-1, 1], [3]) 得到 NaN，应为 3。",
    );
}

#[test]
fn the_divisor_of_an_estimate() {
    told(
        &judge(|train, test| scaled(train, test, train.len() as f64 - 1.0)),
        "Not yet. standardize_apart([-1, 1], [3]) is 2.12132, not 3.",
        "还不对。standardize_apart([-1, 1], [3]) 得到 2.12132，应为 3。",
    );
}

#[test]
fn divided_by_the_variance() {
    told(
        &judge(|train, test| {
            let unit = scaled(train, test, train.len() as f64);
            let root = scaled(train, &[1.0], train.len() as f64)[0]
                - scaled(train, &[0.0], train.len() as f64)[0];
            unit.iter().map(|x| x * root).collect()
        }),
        "Not yet. standardize_apart([0, 4], [6]) is 1, not 2.",
        "还不对。standardize_apart([0, 4], [6]) 得到 1，应为 2。",
    );
}
