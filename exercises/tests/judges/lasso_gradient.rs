//! What goes wrong in `522_lasso_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, lasso_gradient as judge};

#[path = "../../answers/522_lasso_gradient.rs"]
mod answer;
#[path = "../../tasks/522_lasso_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::lasso_gradient), Verdict::ToDo);
    solved(&judge(answer::lasso_gradient));
}

#[test]
fn the_sign_of_zero() {
    told(
        &judge(|theta, lambda| theta.iter().map(|t| lambda * t.signum()).collect()),
        "Not yet. lasso_gradient([0], 1) is 1, not 0.",
        "还不对。lasso_gradient([0], 1) 得到 1，应为 0。",
    );
}

#[test]
fn the_gradient_of_l2() {
    told(
        &judge(|theta, lambda| theta.iter().map(|t| lambda * t).collect()),
        "Not yet. lasso_gradient([2], 1) is 2, not 1.",
        "还不对。lasso_gradient([2], 1) 得到 2，应为 1。",
    );
}

#[test]
fn the_penalty_itself() {
    told(
        &judge(|theta, lambda| theta.iter().map(|t| lambda * t.abs()).collect()),
        "Not yet. lasso_gradient([2], 1) is 2, not 1.",
        "还不对。lasso_gradient([2], 1) 得到 2，应为 1。",
    );
}
