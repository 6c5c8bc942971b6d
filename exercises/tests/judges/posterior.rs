//! What goes wrong in `311_posterior`.

use crate::{solved, told};
use gradus_judges::{Verdict, posterior as judge};

#[path = "../../answers/311_posterior.rs"]
mod answer;
#[path = "../../tasks/311_posterior.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::posterior), Verdict::ToDo);
    solved(&judge(answer::posterior));
}

#[test]
fn not_divided() {
    told(
        &judge(|prior, likelihood| prior.iter().zip(likelihood).map(|(p, l)| p * l).collect()),
        "Not yet. posterior([1], [0.5]) is 0.5, not 1.",
        "还不对。posterior([1], [0.5]) 得到 0.5，应为 1。",
    );
}

/// The base rate fallacy.
#[test]
fn the_prior_is_forgotten() {
    fn wrong(prior: &[f64], likelihood: &[f64]) -> Vec<f64> {
        let evidence: f64 = likelihood.iter().sum();
        likelihood
            .iter()
            .map(|l| l / evidence)
            .take(prior.len())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. posterior([0.25, 0.75], [1, 1]) is [0.5, 0.5]; entry 0 is 0.5, not 0.25.",
        "还不对。posterior([0.25, 0.75], [1, 1]) 得到 [0.5, 0.5]；第 0 个分量是 0.5，应为 0.25。",
    );
}

#[test]
fn the_likelihood_alone() {
    told(
        &judge(|prior, likelihood| likelihood.iter().take(prior.len()).copied().collect()),
        "Not yet. posterior([1], [0.5]) is 0.5, not 1.",
        "还不对。posterior([1], [0.5]) 得到 0.5，应为 1。",
    );
}
