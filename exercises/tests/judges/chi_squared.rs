//! What goes wrong in `351_chi_squared`.

use crate::{solved, told};
use gradus_judges::{Verdict, chi_squared as judge};

#[path = "../../answers/351_chi_squared.rs"]
mod answer;
#[path = "../../tasks/351_chi_squared.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::chi_squared), Verdict::ToDo);
    solved(&judge(answer::chi_squared));
}

/// The sum over the cells of a term of seen and expected.
fn sum(counts: &[u32], p: &[f64], term: impl Fn(f64, f64) -> f64) -> f64 {
    let total = f64::from(counts.iter().sum::<u32>());
    let cells = counts.iter().zip(p);
    cells.map(|(k, p)| term(f64::from(*k), total * p)).sum()
}

#[test]
fn divided_by_what_was_seen() {
    told(
        &judge(|counts, p| sum(counts, p, |k, e| (k - e).powi(2) / k)),
        "Not yet. chi_squared([2, 0], [0.5, 0.5]) is ∞, not 2.",
        "还不对。chi_squared([2, 0], [0.5, 0.5]) 得到 ∞，应为 2。",
    );
}

#[test]
fn not_divided() {
    told(
        &judge(|counts, p| sum(counts, p, |k, e| (k - e).powi(2))),
        "Not yet. chi_squared([3, 1], [0.5, 0.5]) is 2, not 1.",
        "还不对。chi_squared([3, 1], [0.5, 0.5]) 得到 2，应为 1。",
    );
}

#[test]
fn not_squared() {
    told(
        &judge(|counts, p| sum(counts, p, |k, e| (k - e).abs() / e)),
        "Not yet. chi_squared([3, 1], [0.25, 0.75]) is 2.666667, not 5.333333.",
        "还不对。chi_squared([3, 1], [0.25, 0.75]) 得到 2.666667，应为 5.333333。",
    );
}

/// Frequencies in place of counts: N times too small, however many throws there are.
#[test]
fn in_shares() {
    told(
        &judge(|counts, p| {
            let total = f64::from(counts.iter().sum::<u32>());
            sum(counts, p, |k, e| {
                (k / total - e / total).powi(2) / (e / total)
            })
        }),
        "Not yet. chi_squared([2, 0], [0.5, 0.5]) is 1, not 2.",
        "还不对。chi_squared([2, 0], [0.5, 0.5]) 得到 1，应为 2。",
    );
}

#[test]
fn all_outcomes_alike() {
    told(
        &judge(|counts, p| {
            sum(counts, &vec![1.0 / p.len() as f64; p.len()], |k, e| {
                (k - e).powi(2) / e
            })
        }),
        "Not yet. chi_squared([3, 1], [0.25, 0.75]) is 1, not 5.333333.",
        "还不对。chi_squared([3, 1], [0.25, 0.75]) 得到 1，应为 5.333333。",
    );
}
