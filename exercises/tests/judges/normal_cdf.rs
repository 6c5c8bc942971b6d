//! What goes wrong in `041_normal_cdf`.

use crate::{solved, told};
use gradus_judges::{Verdict, normal_cdf as judge};

#[path = "../../answers/041_normal_cdf.rs"]
mod answer;
#[path = "../../tasks/041_normal_cdf.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::normal_cdf), Verdict::ToDo);
    solved(&judge(answer::normal_cdf));
}

fn density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// x + x³ / 3 + x⁵ / 15 + …
fn series(x: f64, terms: u32) -> f64 {
    let (mut sum, mut term) = (0.0, x);
    for n in 1..=terms {
        sum += term;
        term *= x * x / f64::from(2 * n + 1);
    }
    sum
}

#[test]
fn without_the_half() {
    told(
        &judge(|x| density(x) * series(x, 200)),
        "Not yet. normal_cdf(0) is 0, not 0.5.",
        "还不对。normal_cdf(0) 得到 0，应为 0.5。",
    );
}

#[test]
fn without_the_root_of_two_pi() {
    told(
        &judge(|x| 0.5 + (-0.5 * x * x).exp() * series(x, 200)),
        "Not yet. normal_cdf(1) is 1.355624, not 0.841345.",
        "还不对。normal_cdf(1) 得到 1.355624，应为 0.841345。",
    );
}

#[test]
fn thirty_terms() {
    told(
        &judge(|x| 0.5 + density(x) * series(x, 30)),
        "Not yet. normal_cdf(4) is 0.9999683282247906, not 0.9999683287581669.",
        "还不对。normal_cdf(4) 得到 0.9999683282247906，应为 0.9999683287581669。",
    );
}

/// The integral of the series of e^(−x²/2), term by term: its signs alternate.
#[test]
fn terms_that_cancel() {
    told(
        &judge(|x| {
            let (mut sum, mut power) = (0.0, x);
            for n in 0..200 {
                sum += power / f64::from(2 * n + 1);
                power *= -0.5 * x * x / f64::from(n + 1);
            }
            0.5 + sum / (2.0 * std::f64::consts::PI).sqrt()
        }),
        "Not yet. normal_cdf(6) is 0.9999999990686532, not 0.9999999990134123.",
        "还不对。normal_cdf(6) 得到 0.9999999990686532，应为 0.9999999990134123。",
    );
}

/// (2 n + 1)! in place of 1 · 3 · 5 ⋯ (2 n + 1).
#[test]
fn odd_factorials() {
    told(
        &judge(|x| {
            let (mut sum, mut term) = (0.0, x);
            for n in 1..200 {
                sum += term;
                term *= x * x / f64::from(2 * n * (2 * n + 1));
            }
            0.5 + density(x) * sum
        }),
        "Not yet. normal_cdf(1) is 0.784364, not 0.841345.",
        "还不对。normal_cdf(1) 得到 0.784364，应为 0.841345。",
    );
}
