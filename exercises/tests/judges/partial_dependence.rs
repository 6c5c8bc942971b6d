//! What goes wrong in `817_partial_dependence`.

use crate::{solved, told};
use gradus_judges::{Verdict, partial_dependence as judge};

#[path = "../../answers/817_partial_dependence.rs"]
mod answer;
#[path = "../../tasks/817_partial_dependence.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::partial_dependence), Verdict::ToDo);
    solved(&judge(answer::partial_dependence));
}

#[test]
fn the_mean_sample() {
    told(
        &judge(|f, samples, feature, value| {
            let n = samples.len() as f64;
            let mut mean: Vec<f64> = (0..samples[0].len())
                .map(|j| samples.iter().map(|x| x[j]).sum::<f64>() / n)
                .collect();
            mean[feature] = value;
            f(&mean)
        }),
        "Not yet. partial_dependence(x₀ x₁², [[0, 0], [0, 2]], 0, 1) is 1, not 2.",
        "还不对。partial_dependence(x₀ x₁², [[0, 0], [0, 2]], 0, 1) 得到 1，应为 2。",
    );
}

/// Only samples that have the value already.
#[test]
fn samples_of_that_value() {
    told(
        &judge(|f, samples, feature, value| {
            let of: Vec<f64> = samples
                .iter()
                .filter(|x| x[feature] == value)
                .map(|x| f(x))
                .collect();
            of.iter().sum::<f64>() / of.len() as f64
        }),
        "Not yet. partial_dependence(x₀ x₁², [[1, 1]], 0, 2) is NaN, not 2.",
        "还不对。partial_dependence(x₀ x₁², [[1, 1]], 0, 2) 得到 NaN，应为 2。",
    );
}

#[test]
fn the_sum_of_the_curves() {
    told(
        &judge(|f, samples, feature, value| {
            answer::partial_dependence(f, samples, feature, value) * samples.len() as f64
        }),
        "Not yet. partial_dependence(x₀ x₁², [[1, 1], [3, 1]], 1, 1) is 4, not 2.",
        "还不对。partial_dependence(x₀ x₁², [[1, 1], [3, 1]], 1, 1) 得到 4，应为 2。",
    );
}

#[test]
fn all_features_set() {
    told(
        &judge(|f, samples, _, value| f(&vec![value; samples[0].len()])),
        "Not yet. partial_dependence(x₀ x₁², [[1, 1]], 0, 2) is 8, not 2.",
        "还不对。partial_dependence(x₀ x₁², [[1, 1]], 0, 2) 得到 8，应为 2。",
    );
}

#[test]
fn as_the_samples_are() {
    told(
        &judge(|f, samples, _, _| samples.iter().map(|x| f(x)).sum::<f64>() / samples.len() as f64),
        "Not yet. partial_dependence(x₀ x₁², [[1, 1]], 0, 2) is 1, not 2.",
        "还不对。partial_dependence(x₀ x₁², [[1, 1]], 0, 2) 得到 1，应为 2。",
    );
}
