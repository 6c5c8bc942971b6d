//! What goes wrong in `216_newton_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, newton_step as judge};

#[path = "../../answers/216_newton_step.rs"]
mod answer;
#[path = "../../tasks/216_newton_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::newton_step), Verdict::ToDo);
    solved(&judge(answer::newton_step));
}

#[test]
fn the_wrong_way() {
    told(
        &judge(|x, value, slope| x + value / slope),
        "Not yet. newton_step(1, -1, 2) is 0.5, not 1.5.",
        "还不对。newton_step(1, -1, 2) 得到 0.5，应为 1.5。",
    );
}

#[test]
fn turned_over() {
    told(
        &judge(|x, value, slope| x - slope / value),
        "Not yet. newton_step(1, -1, 2) is 3, not 1.5.",
        "还不对。newton_step(1, -1, 2) 得到 3，应为 1.5。",
    );
}

#[test]
fn a_descent() {
    told(
        &judge(|x, _, slope| x - slope),
        "Not yet. newton_step(1, -1, 2) is -1, not 1.5.",
        "还不对。newton_step(1, -1, 2) 得到 -1，应为 1.5。",
    );
}
