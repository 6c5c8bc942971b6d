//! What goes wrong in `637_sophia_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, sophia_step as judge};

#[path = "../../answers/637_sophia_step.rs"]
mod answer;
#[path = "../../tasks/637_sophia_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::sophia_step), Verdict::ToDo);
    solved(&judge(answer::sophia_step));
}

#[test]
fn newton_without_a_bound() {
    told(
        &judge(|m, h, _| m / h.max(1e-12)),
        "Not yet. sophia_step(3, 1, 1) is 3, not 1.",
        "还不对。sophia_step(3, 1, 1) 得到 3，应为 1。",
    );
}

/// Newton's step climbs where the curvature is negative.
#[test]
fn divided_by_a_negative_curvature() {
    told(
        &judge(|m, h, rho| (m / h).clamp(-rho, rho)),
        "Not yet. sophia_step(1, -1, 1) is -1, not 1.",
        "还不对。sophia_step(1, -1, 1) 得到 -1，应为 1。",
    );
}

#[test]
fn the_size_of_the_curvature() {
    told(
        &judge(|m, h, rho| (m / h.abs().max(1e-12)).clamp(-rho, rho)),
        "Not yet. sophia_step(1, -2, 1) is 0.5, not 1.",
        "还不对。sophia_step(1, -2, 1) 得到 0.5，应为 1。",
    );
}

#[test]
fn only_the_sign() {
    told(
        &judge(|m, _, rho| rho * m.signum()),
        "Not yet. sophia_step(2, 2, 4) is 4, not 1.",
        "还不对。sophia_step(2, 2, 4) 得到 4，应为 1。",
    );
}

#[test]
fn clipped_before_the_division() {
    told(
        &judge(|m, h, rho| m.clamp(-rho, rho) / h.max(1e-12)),
        "Not yet. sophia_step(2, 0.5, 3) is 4, not 3.",
        "还不对。sophia_step(2, 0.5, 3) 得到 4，应为 3。",
    );
}
