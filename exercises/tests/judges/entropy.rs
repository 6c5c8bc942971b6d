//! What goes wrong in `411_entropy`.

use crate::{solved, told};
use gradus_judges::{Verdict, entropy as judge};

#[path = "../../answers/411_entropy.rs"]
mod answer;
#[path = "../../tasks/411_entropy.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::entropy), Verdict::ToDo);
    solved(&judge(answer::entropy));
}

#[test]
fn zero_times_infinity() {
    told(
        &judge(|p| p.iter().map(|p| -p * p.ln()).sum()),
        "Not yet. entropy([1, 0]) is NaN, not 0.",
        "还不对。entropy([1, 0]) 得到 NaN，应为 0。",
    );
}

#[test]
fn the_wrong_sign() {
    told(
        &judge(|p| p.iter().filter(|p| **p > 0.0).map(|p| p * p.ln()).sum()),
        "Not yet. entropy([0.5, 0.5]) is -0.693147, not 0.693147.",
        "还不对。entropy([0.5, 0.5]) 得到 -0.693147，应为 0.693147。",
    );
}

#[test]
fn in_bits() {
    told(
        &judge(|p| p.iter().filter(|p| **p > 0.0).map(|p| -p * p.log2()).sum()),
        "Not yet. entropy([0.5, 0.5]) is 1, not 0.693147.",
        "还不对。entropy([0.5, 0.5]) 得到 1，应为 0.693147。",
    );
}

#[test]
fn surprises_without_weights() {
    told(
        &judge(|p| p.iter().filter(|p| **p > 0.0).map(|p| -p.ln()).sum()),
        "Not yet. entropy([0.5, 0.5]) is 1.386294, not 0.693147.",
        "还不对。entropy([0.5, 0.5]) 得到 1.386294，应为 0.693147。",
    );
}
