//! What goes wrong in `421_kl_divergence`.

use crate::{solved, told};
use gradus_judges::{Verdict, kl_divergence as judge};

#[path = "../../answers/421_kl_divergence.rs"]
mod answer;
#[path = "../../tasks/421_kl_divergence.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::kl_divergence), Verdict::ToDo);
    solved(&judge(answer::kl_divergence));
}

#[test]
fn exchanged() {
    fn wrong(p: &[f64], q: &[f64]) -> f64 {
        let possible = q.iter().zip(p).filter(|(q, _)| **q > 0.0);
        possible.map(|(q, p)| q * (q / p).ln()).sum()
    }
    told(
        &judge(wrong),
        "Not yet. kl_divergence([0.5, 0.5], [0.25, 0.75]) is 0.130812, not 0.143841.",
        "还不对。kl_divergence([0.5, 0.5], [0.25, 0.75]) 得到 0.130812，应为 0.143841。",
    );
}

#[test]
fn the_cross_entropy() {
    told(
        &judge(|p, q| {
            p.iter()
                .zip(q)
                .filter(|(p, _)| **p > 0.0)
                .map(|(p, q)| -p * q.ln())
                .sum()
        }),
        "Not yet. kl_divergence([0.5, 0.5], [0.5, 0.5]) is 0.693147, not 0.",
        "还不对。kl_divergence([0.5, 0.5], [0.5, 0.5]) 得到 0.693147，应为 0。",
    );
}

#[test]
fn zero_times_infinity() {
    told(
        &judge(|p, q| p.iter().zip(q).map(|(p, q)| p * (p / q).ln()).sum()),
        "Not yet. kl_divergence([1, 0], [0.5, 0.5]) is NaN, not 0.693147.",
        "还不对。kl_divergence([1, 0], [0.5, 0.5]) 得到 NaN，应为 0.693147。",
    );
}

#[test]
fn what_is_excluded_is_left_out() {
    fn wrong(p: &[f64], q: &[f64]) -> f64 {
        let both = p.iter().zip(q).filter(|(p, q)| **p > 0.0 && **q > 0.0);
        both.map(|(p, q)| p * (p / q).ln()).sum()
    }
    told(
        &judge(wrong),
        "Not yet. kl_divergence([0.5, 0.5], [1, 0]) is -0.346574, not ∞.",
        "还不对。kl_divergence([0.5, 0.5], [1, 0]) 得到 -0.346574，应为 ∞。",
    );
}
