//! What goes wrong in `461_fisher_information`.

use crate::{solved, told};
use gradus_judges::{Verdict, fisher_information as judge};

#[path = "../../answers/461_fisher_information.rs"]
mod answer;
#[path = "../../tasks/461_fisher_information.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::fisher_information), Verdict::ToDo);
    solved(&judge(answer::fisher_information));
}

/// The reciprocal: the bound for one toss.
#[test]
fn the_variance_of_a_toss() {
    told(
        &judge(|p| p * (1.0 - p)),
        "Not yet. fisher_information(0.5) is 0.25, not 4.",
        "还不对。fisher_information(0.5) 得到 0.25，应为 4。",
    );
}

/// It is always 0.
#[test]
fn the_mean_of_the_score() {
    told(
        &judge(|p| p * (1.0 / p) + (1.0 - p) * (-1.0 / (1.0 - p))),
        "Not yet. fisher_information(0.5) is 0, not 4.",
        "还不对。fisher_information(0.5) 得到 0，应为 4。",
    );
}

#[test]
fn heads_alone() {
    told(
        &judge(|p| 1.0 / p),
        "Not yet. fisher_information(0.5) is 2, not 4.",
        "还不对。fisher_information(0.5) 得到 2，应为 4。",
    );
}

#[test]
fn not_weighted() {
    told(
        &judge(|p| 1.0 / (p * p) + 1.0 / ((1.0 - p) * (1.0 - p))),
        "Not yet. fisher_information(0.5) is 8, not 4.",
        "还不对。fisher_information(0.5) 得到 8，应为 4。",
    );
}

#[test]
fn the_entropy() {
    told(
        &judge(|p| -p * p.ln() - (1.0 - p) * (1.0 - p).ln()),
        "Not yet. fisher_information(0.5) is 0.693147, not 4.",
        "还不对。fisher_information(0.5) 得到 0.693147，应为 4。",
    );
}
