//! What goes wrong in `324_binomial_ln_probability`.

use crate::{solved, told};
use gradus_judges::{Verdict, binomial_ln_probability as judge};

#[path = "../../answers/324_binomial_ln_probability.rs"]
mod answer;
#[path = "../../tasks/324_binomial_ln_probability.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::binomial_ln_probability), Verdict::ToDo);
    solved(&judge(answer::binomial_ln_probability));
}

fn power(n: u32, p: f64) -> f64 {
    if n == 0 { 0.0 } else { f64::from(n) * p.ln() }
}

#[test]
fn one_order_of_many() {
    told(
        &judge(|n, k, p| power(k, p) + power(n - k, 1.0 - p)),
        "Not yet. binomial_ln_probability(4, 2, 0.5) is -2.772589, not -0.980829.",
        "还不对。binomial_ln_probability(4, 2, 0.5) 得到 -2.772589，应为 -0.980829。",
    );
}

#[test]
fn factorials_overflow() {
    told(
        &judge(|n, k, p| {
            let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
            let ways = factorial(n) / factorial(k) / factorial(n - k);
            ways.ln() + power(k, p) + power(n - k, 1.0 - p)
        }),
        "Not yet. binomial_ln_probability(2000, 1000, 0.5) is NaN, not -4.026368.",
        "还不对。binomial_ln_probability(2000, 1000, 0.5) 得到 NaN，应为 -4.026368。",
    );
}

#[test]
fn zero_times_infinity() {
    told(
        &judge(|n, k, p| {
            let of = answer::binomial_ln_probability(n, k, p);
            of + 0.0 * (p.ln() + (1.0 - p).ln())
        }),
        "Not yet. binomial_ln_probability(1, 0, 0) is NaN, not 0.",
        "还不对。binomial_ln_probability(1, 0, 0) 得到 NaN，应为 0。",
    );
}

#[test]
fn the_probability_itself() {
    told(
        &judge(|n, k, p| answer::binomial_ln_probability(n, k, p).exp()),
        "Not yet. binomial_ln_probability(1, 1, 0.5) is 0.5, not -0.693147.",
        "还不对。binomial_ln_probability(1, 1, 0.5) 得到 0.5，应为 -0.693147。",
    );
}
