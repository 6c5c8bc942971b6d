//! What goes wrong in `413_poisson_entropy`.

use crate::{solved, told};
use gradus_judges::{Verdict, poisson_entropy as judge};

#[path = "../../answers/413_poisson_entropy.rs"]
mod answer;
#[path = "../../tasks/413_poisson_entropy.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::poisson_entropy), Verdict::ToDo);
    solved(&judge(answer::poisson_entropy));
}

/// λ^k and k! one by one.
fn mass(rate: f64, k: i32) -> f64 {
    rate.powi(k) * (-rate).exp() / (1..=k).map(f64::from).product::<f64>()
}

fn surprise(p: f64) -> f64 {
    if p == 0.0 { 0.0 } else { -p * p.ln() }
}

#[test]
fn powers_and_factorials_overflow() {
    told(
        &judge(|rate| {
            let counts = if rate < 9.0 { 100 } else { 400 };
            (0..counts).map(|k| surprise(mass(rate, k))).sum()
        }),
        "Not yet. poisson_entropy(200) is NaN, not 4.06768.",
        "还不对。poisson_entropy(200) 得到 NaN，应为 4.06768。",
    );
}

#[test]
fn a_bell_in_the_place_of_counts() {
    told(
        &judge(|rate| 0.5 * (std::f64::consts::TAU * std::f64::consts::E * rate).ln()),
        "Not yet. poisson_entropy(1) is 1.418939, not 1.304842.",
        "还不对。poisson_entropy(1) 得到 1.418939，应为 1.304842。",
    );
}

#[test]
fn in_bits() {
    told(
        &judge(|rate| answer::poisson_entropy(rate) / std::f64::consts::LN_2),
        "Not yet. poisson_entropy(1) is 1.882489, not 1.304842.",
        "还不对。poisson_entropy(1) 得到 1.882489，应为 1.304842。",
    );
}

/// The first terms are as small as the last ones.
#[test]
fn the_first_small_term_is_the_last() {
    told(
        &judge(|rate| {
            let (mut ln_p, mut k, mut entropy) = (-rate, 0.0, 0.0);
            loop {
                let term = -ln_p.exp() * ln_p;
                entropy += term;
                k += 1.0;
                ln_p += (rate / k).ln();
                if term < 1e-12 {
                    return entropy;
                }
            }
        }),
        "Not yet. poisson_entropy(200) is 2.76779e-85, not 4.06768.",
        "还不对。poisson_entropy(200) 得到 2.76779e-85，应为 4.06768。",
    );
}
