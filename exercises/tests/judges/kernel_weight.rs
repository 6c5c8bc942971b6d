//! What goes wrong in `812_kernel_weight`.

use crate::{solved, told};
use gradus_judges::{Verdict, kernel_weight as judge};

#[path = "../../answers/812_kernel_weight.rs"]
mod answer;
#[path = "../../tasks/812_kernel_weight.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::kernel_weight), Verdict::ToDo);
    solved(&judge(answer::kernel_weight));
}

fn ways(n: usize, size: usize) -> f64 {
    (0..size).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

/// The weights of the sum over orders: right there, wrong here.
#[test]
fn the_weights_of_shapleys_sum() {
    told(
        &judge(|n, size| 1.0 / (n as f64 * ways(n - 1, size))),
        "Not yet. kernel_weight(3, 1) is 0.166667, not 0.333333.",
        "还不对。kernel_weight(3, 1) 得到 0.166667，应为 0.333333。",
    );
}

#[test]
fn without_the_number_of_ways() {
    told(
        &judge(|n, size| (n - 1) as f64 / (size * (n - size)) as f64),
        "Not yet. kernel_weight(2, 1) is 1, not 0.5.",
        "还不对。kernel_weight(2, 1) 得到 1，应为 0.5。",
    );
}

#[test]
fn all_coalitions_alike() {
    told(
        &judge(|_, _| 1.0),
        "Not yet. kernel_weight(2, 1) is 1, not 0.5.",
        "还不对。kernel_weight(2, 1) 得到 1，应为 0.5。",
    );
}

/// Whole numbers are cut off.
#[test]
fn an_integer_division() {
    told(
        &judge(|n, size| ((n - 1) / (size * (n - size))) as f64 / ways(n, size)),
        "Not yet. kernel_weight(4, 2) is 0, not 0.125.",
        "还不对。kernel_weight(4, 2) 得到 0，应为 0.125。",
    );
}
