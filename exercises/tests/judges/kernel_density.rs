//! What goes wrong in `347_kernel_density`.

use crate::{solved, told};
use gradus_judges::{Verdict, kernel_density as judge};

#[path = "../../answers/347_kernel_density.rs"]
mod answer;
#[path = "../../tasks/347_kernel_density.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::kernel_density), Verdict::ToDo);
    solved(&judge(answer::kernel_density));
}

fn bell(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

fn sum(x: f64, sample: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    sample.iter().map(|center| f(x - center)).sum()
}

#[test]
fn not_divided_by_the_width() {
    told(
        &judge(|x, s, h| sum(x, s, |d| bell(d / h)) / s.len() as f64),
        "Not yet. kernel_density(0, [0], 2) is 0.398942, not 0.199471.",
        "还不对。kernel_density(0, [0], 2) 得到 0.398942，应为 0.199471。",
    );
}

#[test]
fn a_sum_of_bells() {
    told(
        &judge(|x, s, h| sum(x, s, |d| bell(d / h) / h)),
        "Not yet. kernel_density(0, [0, 2], 1) is 0.452933, not 0.226467.",
        "还不对。kernel_density(0, [0, 2], 1) 得到 0.452933，应为 0.226467。",
    );
}

#[test]
fn without_the_half() {
    told(
        &judge(|x, s, h| {
            let bell =
                |d: f64| (-(d / h) * (d / h)).exp() / (h * (2.0 * std::f64::consts::PI).sqrt());
            sum(x, s, bell) / s.len() as f64
        }),
        "Not yet. kernel_density(1, [0], 1) is 0.146763, not 0.241971.",
        "还不对。kernel_density(1, [0], 1) 得到 0.146763，应为 0.241971。",
    );
}

#[test]
fn the_width_as_a_variance() {
    told(
        &judge(|x, s, h| sum(x, s, |d| bell(d / h.sqrt()) / h.sqrt()) / s.len() as f64),
        "Not yet. kernel_density(0, [0], 2) is 0.282095, not 0.199471.",
        "还不对。kernel_density(0, [0], 2) 得到 0.282095，应为 0.199471。",
    );
}

#[test]
fn one_bell_for_all() {
    told(
        &judge(|x, s, h| {
            let center = s.iter().sum::<f64>() / s.len() as f64;
            bell((x - center) / h) / h
        }),
        "Not yet. kernel_density(0, [0, 2], 1) is 0.241971, not 0.226467.",
        "还不对。kernel_density(0, [0, 2], 1) 得到 0.241971，应为 0.226467。",
    );
}
