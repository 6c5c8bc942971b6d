//! What goes wrong in `339_dirichlet_mean`.

use crate::{solved, told};
use gradus_judges::{Verdict, dirichlet_mean as judge};

#[path = "../../answers/339_dirichlet_mean.rs"]
mod answer;
#[path = "../../tasks/339_dirichlet_mean.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dirichlet_mean), Verdict::ToDo);
    solved(&judge(answer::dirichlet_mean));
}

/// Weights divided by their sum.
fn shares(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let weights: Vec<f64> = weights.collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|w| w / total).collect()
}

/// After no throw they are 0 / 0.
#[test]
fn frequencies() {
    told(
        &judge(|_, counts| shares(counts.iter().map(|n| f64::from(*n)))),
        "Not yet. dirichlet_mean([1, 1], [0, 0]) is [NaN, NaN]; entry 0 is NaN, not 0.5.",
        "还不对。dirichlet_mean([1, 1], [0, 0]) 得到 [NaN, NaN]；第 0 个分量是 NaN，应为 0.5。",
    );
}

#[test]
fn the_prior_alone() {
    told(
        &judge(|a, _| shares(a.iter().copied())),
        "Not yet. dirichlet_mean([1, 1], [1, 0]) is [0.5, 0.5]; entry 0 is 0.5, not 0.666667.",
        "还不对。dirichlet_mean([1, 1], [1, 0]) 得到 [0.5, 0.5]；第 0 个分量是 0.5，应为 0.666667。",
    );
}

/// Laplace's rule, whatever the prior.
#[test]
fn one_more_of_each() {
    told(
        &judge(|_, counts| shares(counts.iter().map(|n| 1.0 + f64::from(*n)))),
        "Not yet. dirichlet_mean([3, 1], [0, 0]) is [0.5, 0.5]; entry 0 is 0.5, not 0.75.",
        "还不对。dirichlet_mean([3, 1], [0, 0]) 得到 [0.5, 0.5]；第 0 个分量是 0.5，应为 0.75。",
    );
}

#[test]
fn the_mode() {
    told(
        &judge(|a, counts| shares(a.iter().zip(counts).map(|(a, n)| a + f64::from(*n) - 1.0))),
        "Not yet. dirichlet_mean([1, 1], [0, 0]) is [NaN, NaN]; entry 0 is NaN, not 0.5.",
        "还不对。dirichlet_mean([1, 1], [0, 0]) 得到 [NaN, NaN]；第 0 个分量是 NaN，应为 0.5。",
    );
}

#[test]
fn not_divided() {
    told(
        &judge(|a, counts| {
            a.iter()
                .zip(counts)
                .map(|(a, n)| a + f64::from(*n))
                .collect()
        }),
        "Not yet. dirichlet_mean([1, 1], [0, 0]) is [1, 1]; entry 0 is 1, not 0.5.",
        "还不对。dirichlet_mean([1, 1], [0, 0]) 得到 [1, 1]；第 0 个分量是 1，应为 0.5。",
    );
}
