//! What goes wrong in `318_skewness`.

use crate::{solved, told};
use gradus_judges::{Verdict, skewness as judge};

#[path = "../../answers/318_skewness.rs"]
mod answer;
#[path = "../../tasks/318_skewness.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::skewness), Verdict::ToDo);
    solved(&judge(answer::skewness));
}

fn mean(x: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    x.iter().map(|x| f(*x)).sum::<f64>() / x.len() as f64
}

fn central(x: &[f64], power: i32) -> f64 {
    let center = mean(x, |x| x);
    mean(x, |x| (x - center).powi(power))
}

#[test]
fn around_zero() {
    told(
        &judge(|x| mean(x, |x| x.powi(3)) / mean(x, |x| x * x).powf(1.5)),
        "Not yet. skewness([1, 3]) is 1.252198, not 0.",
        "还不对。skewness([1, 3]) 得到 1.252198，应为 0。",
    );
}

#[test]
fn the_variance_below() {
    told(
        &judge(|x| central(x, 3) / central(x, 2)),
        "Not yet. skewness([0, 0, 0, 4]) is 2, not 1.154701.",
        "还不对。skewness([0, 0, 0, 4]) 得到 2，应为 1.154701。",
    );
}

#[test]
fn the_divisor_of_a_sample() {
    told(
        &judge(|x| {
            let n = x.len() as f64;
            central(x, 3) / (central(x, 2) * n / (n - 1.0)).powf(1.5)
        }),
        "Not yet. skewness([0, 0, 0, 4]) is 0.75, not 1.154701.",
        "还不对。skewness([0, 0, 0, 4]) 得到 0.75，应为 1.154701。",
    );
}

#[test]
fn without_a_sign() {
    told(
        &judge(|x| {
            let center = mean(x, |x| x);
            mean(x, |x| (x - center).abs().powi(3)) / central(x, 2).powf(1.5)
        }),
        "Not yet. skewness([-1, 1]) is 1, not 0.",
        "还不对。skewness([-1, 1]) 得到 1，应为 0。",
    );
}

#[test]
fn a_sum_in_place_of_the_mean() {
    told(
        &judge(|x| x.len() as f64 * central(x, 3) / central(x, 2).powf(1.5)),
        "Not yet. skewness([0, 0, 0, 4]) is 4.618802, not 1.154701.",
        "还不对。skewness([0, 0, 0, 4]) 得到 4.618802，应为 1.154701。",
    );
}
