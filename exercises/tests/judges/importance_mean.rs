//! What goes wrong in `342_importance_mean`.

use crate::{solved, told};
use gradus_judges::{Verdict, importance_mean as judge};

#[path = "../../answers/342_importance_mean.rs"]
mod answer;
#[path = "../../tasks/342_importance_mean.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::importance_mean), Verdict::ToDo);
    solved(&judge(answer::importance_mean));
}

fn sum(f: &[f64], l: &[f64]) -> f64 {
    f.iter().zip(l).map(|(f, l)| f * l.exp()).sum()
}

fn total(l: &[f64]) -> f64 {
    l.iter().map(|l| l.exp()).sum()
}

#[test]
fn weights_that_overflow() {
    told(
        &judge(|f, l| sum(f, l) / total(l)),
        "Not yet. importance_mean([2, 4], [1000, 1000]) is NaN, not 3.",
        "还不对。importance_mean([2, 4], [1000, 1000]) 得到 NaN，应为 3。",
    );
}

#[test]
fn the_sum_in_the_place_of_the_mean() {
    told(
        &judge(sum),
        "Not yet. importance_mean([2, 4], [0, 0]) is 6, not 3.",
        "还不对。importance_mean([2, 4], [0, 0]) 得到 6，应为 3。",
    );
}

/// Right only if the densities have no unknown factor.
#[test]
fn divided_by_the_number_of_draws() {
    told(
        &judge(|f, l| sum(f, l) / f.len() as f64),
        "Not yet. importance_mean([0, 1], [0, 1]) is 1.359141, not 0.731059.",
        "还不对。importance_mean([0, 1], [0, 1]) 得到 1.359141，应为 0.731059。",
    );
}

#[test]
fn logarithms_as_weights() {
    told(
        &judge(|f, l| f.iter().zip(l).map(|(f, l)| f * l).sum::<f64>() / l.iter().sum::<f64>()),
        "Not yet. importance_mean([3], [0]) is NaN, not 3.",
        "还不对。importance_mean([3], [0]) 得到 NaN，应为 3。",
    );
}
