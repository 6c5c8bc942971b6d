//! What goes wrong in `217_bisection`.

use crate::{solved, told};
use gradus_judges::{Verdict, bisection as judge};

#[path = "../../answers/217_bisection.rs"]
mod answer;
#[path = "../../tasks/217_bisection.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::bisection), Verdict::ToDo);
    solved(&judge(answer::bisection));
}

fn halved(
    (mut a, mut b): (f64, f64),
    goes_on: impl Fn(f64, f64) -> bool,
    left: impl Fn(f64, f64) -> bool,
) -> f64 {
    for _ in 0..2000 {
        let middle = f64::midpoint(a, b);
        if middle <= a || middle >= b || !goes_on(a, b) {
            break;
        }
        if left(a, middle) {
            b = middle;
        } else {
            a = middle;
        }
    }
    f64::midpoint(a, b)
}

/// The product of two small values is zero.
#[test]
fn signs_by_a_product() {
    told(
        &judge(|f, a, b| halved((a, b), |_, _| true, |a, m| f(a) * f(m) < 0.0)),
        "Not yet. bisection(1e-200 (t - 1), -1, 2) is 2, not 1.",
        "还不对。bisection(1e-200 (t - 1), -1, 2) 得到 2，应为 1。",
    );
}

#[test]
fn as_if_f_rose() {
    told(
        &judge(|f, a, b| halved((a, b), |_, _| true, |_, m| f(m) > 0.0)),
        "Not yet. bisection(-1 (t - 1), -1, 2) is -1, not 1.",
        "还不对。bisection(-1 (t - 1), -1, 2) 得到 -1，应为 1。",
    );
}

#[test]
fn the_wrong_half() {
    told(
        &judge(|f, a, b| halved((a, b), |_, _| true, |a, m| (f(a) > 0.0) == (f(m) > 0.0))),
        "Not yet. bisection(t - 1, -1, 2) is -1, not 1.",
        "还不对。bisection(t - 1, -1, 2) 得到 -1，应为 1。",
    );
}

#[test]
fn narrow_enough_for_some() {
    told(
        &judge(|f, a, b| {
            let narrow = |a: f64, b: f64| b - a > 1e-10;
            halved((a, b), narrow, |a, m| (f(a) < 0.0) != (f(m) < 0.0))
        }),
        "Not yet. bisection(t - 1, -1, 2) is 1.000000000014552, not 1.0.",
        "还不对。bisection(t - 1, -1, 2) 得到 1.000000000014552，应为 1.0。",
    );
}
