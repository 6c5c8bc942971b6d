//! What goes wrong in `606_gradient_descent`.

use crate::{solved, told};
use gradus_judges::{Verdict, gradient_descent as judge};

#[path = "../../answers/606_gradient_descent.rs"]
mod answer;
#[path = "../../tasks/606_gradient_descent.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::gradient_descent), Verdict::ToDo);
    solved(&judge(answer::gradient_descent));
}

#[test]
fn uphill() {
    fn wrong(a: f64, x: f64, rate: f64, steps: usize) -> f64 {
        let mut x = x;
        for _ in 0..steps {
            x += rate * a * x;
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. gradient_descent(1, 1, 0.25, 1) is 1.25, not 0.75.",
        "还不对。gradient_descent(1, 1, 0.25, 1) 得到 1.25，应为 0.75。",
    );
}

#[test]
fn the_slope_of_the_start() {
    told(
        &judge(|a, x, rate, steps| x - rate * a * x * steps as f64),
        "Not yet. gradient_descent(2, 4, 0.25, 2) is 0, not 1.",
        "还不对。gradient_descent(2, 4, 0.25, 2) 得到 0，应为 1。",
    );
}

#[test]
fn one_step_more() {
    told(
        &judge(|a, x, rate, steps| answer::gradient_descent(a, x, rate, steps + 1)),
        "Not yet. gradient_descent(1, 1, 0.25, 1) is 0.5625, not 0.75.",
        "还不对。gradient_descent(1, 1, 0.25, 1) 得到 0.5625，应为 0.75。",
    );
}

#[test]
fn the_height_for_the_slope() {
    fn wrong(a: f64, x: f64, rate: f64, steps: usize) -> f64 {
        let mut x = x;
        for _ in 0..steps {
            x -= rate * 0.5 * a * x * x;
        }
        x
    }
    told(
        &judge(wrong),
        "Not yet. gradient_descent(1, 1, 0.25, 1) is 0.875, not 0.75.",
        "还不对。gradient_descent(1, 1, 0.25, 1) 得到 0.875，应为 0.75。",
    );
}
