//! What goes wrong in `519_dice`.

use crate::{solved, told};
use gradus_judges::{Verdict, dice as judge};

#[path = "../../answers/519_dice.rs"]
mod answer;
#[path = "../../tasks/519_dice.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::dice), Verdict::ToDo);
    solved(&judge(answer::dice));
}

fn sums(p: &[f64], q: &[f64]) -> (f64, f64) {
    let both = p.iter().zip(q).map(|(p, q)| p * q).sum();
    (both, p.iter().chain(q).sum())
}

#[test]
fn intersection_over_union() {
    told(
        &judge(|p, q| {
            let (both, sizes) = sums(p, q);
            if sizes == 0.0 {
                0.0
            } else {
                1.0 - both / (sizes - both)
            }
        }),
        "Not yet. dice([1, 1, 0], [1, 0, 1]) is 0.666667, not 0.5.",
        "还不对。dice([1, 1, 0], [1, 0, 1]) 得到 0.666667，应为 0.5。",
    );
}

#[test]
fn zero_over_zero() {
    told(
        &judge(|p, q| {
            let (both, sizes) = sums(p, q);
            1.0 - 2.0 * both / sizes
        }),
        "Not yet. dice([0, 0], [0, 0]) is NaN, not 0.",
        "还不对。dice([0, 0], [0, 0]) 得到 NaN，应为 0。",
    );
}

#[test]
fn the_overlap_in_the_place_of_the_loss() {
    told(
        &judge(|p, q| 1.0 - answer::dice(p, q)),
        "Not yet. dice([1], [1]) is 1, not 0.",
        "还不对。dice([1], [1]) 得到 1，应为 0。",
    );
}

#[test]
fn without_the_two() {
    told(
        &judge(|p, q| {
            let (both, sizes) = sums(p, q);
            if sizes == 0.0 {
                0.0
            } else {
                1.0 - both / sizes
            }
        }),
        "Not yet. dice([1], [1]) is 0.5, not 0.",
        "还不对。dice([1], [1]) 得到 0.5，应为 0。",
    );
}

/// Right and wrong pixels counted: the background counts, too.
#[test]
fn the_share_of_wrong_pixels() {
    told(
        &judge(|p, q| {
            let wrong: f64 = p.iter().zip(q).map(|(p, q)| (p - q).abs()).sum();
            wrong / p.len() as f64
        }),
        "Not yet. dice([1, 1, 0], [1, 0, 1]) is 0.666667, not 0.5.",
        "还不对。dice([1, 1, 0], [1, 0, 1]) 得到 0.666667，应为 0.5。",
    );
}
