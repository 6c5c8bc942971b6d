//! What goes wrong in `412_cross_entropy`.

use crate::{solved, told};
use gradus_judges::{Verdict, cross_entropy as judge};

#[path = "../../answers/412_cross_entropy.rs"]
mod answer;
#[path = "../../tasks/412_cross_entropy.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::cross_entropy), Verdict::ToDo);
    solved(&judge(answer::cross_entropy));
}

#[test]
fn the_entropy() {
    told(
        &judge(|p, _| p.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum()),
        "Not yet. cross_entropy([0.5, 0.5], [0.25, 0.75]) is 0.693147, not 0.836988.",
        "还不对。cross_entropy([0.5, 0.5], [0.25, 0.75]) 得到 0.693147，应为 0.836988。",
    );
}

#[test]
fn exchanged() {
    told(
        &judge(|p, q| {
            q.iter()
                .zip(p)
                .filter(|(q, _)| **q > 0.0)
                .map(|(q, p)| -q * p.ln())
                .sum()
        }),
        "Not yet. cross_entropy([0.5, 0.5], [0.25, 0.75]) is 0.693147, not 0.836988.",
        "还不对。cross_entropy([0.5, 0.5], [0.25, 0.75]) 得到 0.693147，应为 0.836988。",
    );
}

#[test]
fn zero_times_infinity() {
    told(
        &judge(|p, q| p.iter().zip(q).map(|(p, q)| -p * q.ln()).sum()),
        "Not yet. cross_entropy([0, 1], [0, 1]) is NaN, not 0.",
        "还不对。cross_entropy([0, 1], [0, 1]) 得到 NaN，应为 0。",
    );
}
