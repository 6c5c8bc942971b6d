//! What goes wrong in `689_accept`.

use crate::{solved, told};
use gradus_judges::{Verdict, accept as judge};

#[path = "../../answers/689_accept.rs"]
mod answer;
#[path = "../../tasks/689_accept.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::accept), Verdict::ToDo);
    solved(&judge(answer::accept));
}

/// Never uphill: stuck in the first valley.
#[test]
fn greedy() {
    told(
        &judge(|change, _| if change <= 0.0 { 1.0 } else { 0.0 }),
        "Not yet. accept(1, 1) over the way back is 0, not 0.367879.",
        "还不对。accept(1, 1) 与反向之比是 0，应为 0.367879。",
    );
}

/// More than 1 is no probability.
#[test]
fn without_the_minimum() {
    told(
        &judge(|change, t| (-change / t).exp()),
        "Not yet. accept(-1, 1) is 2.718282, not 1.",
        "还不对。accept(-1, 1) 得到 2.718282，应为 1。",
    );
}

#[test]
fn times_the_temperature() {
    told(
        &judge(|change, t| (-change * t).exp().min(1.0)),
        "Not yet. accept(2, 2) over the way back is 0.018316, not 0.367879.",
        "还不对。accept(2, 2) 与反向之比是 0.018316，应为 0.367879。",
    );
}

#[test]
fn the_sign_of_a_maximum() {
    told(
        &judge(|change, t| (change / t).exp().min(1.0)),
        "Not yet. accept(-1, 1) is 0.367879, not 1.",
        "还不对。accept(-1, 1) 得到 0.367879，应为 1。",
    );
}

/// Another rule that balances, Barker's: but a move downhill is refused too often.
#[test]
fn barkers_rule() {
    told(
        &judge(|change, t| 1.0 / (1.0 + (change / t).exp())),
        "Not yet. accept(-1, 1) is 0.731059, not 1.",
        "还不对。accept(-1, 1) 得到 0.731059，应为 1。",
    );
}
