//! What goes wrong in `731_go_on`.

use crate::{solved, told};
use gradus_judges::{Verdict, go_on as judge};

#[path = "../../answers/731_go_on.rs"]
mod answer;
#[path = "../../tasks/731_go_on.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::go_on), Verdict::ToDo);
    solved(&judge(answer::go_on));
}

fn steps((mut theta, mut velocity): (f64, f64), steps: usize) -> (f64, f64) {
    for _ in 0..steps {
        velocity = 0.9 * velocity + theta;
        theta -= 0.1 * velocity;
    }
    (theta, velocity)
}

#[test]
fn the_velocity_begins_at_zero() {
    told(
        &judge(|(theta, _), n| steps((theta, 0.0), n)),
        "Not yet. go_on((0, 1), 1) is (0, 0); its θ is 0, not -0.09.",
        "还不对。go_on((0, 1), 1) 得到 (0, 0)；其中 θ 是 0，应为 -0.09。",
    );
}

#[test]
fn the_old_velocity_is_saved() {
    told(
        &judge(|(theta, velocity), n| (steps((theta, velocity), n).0, velocity)),
        "Not yet. go_on((1, 0), 1) is (0.9, 0); its velocity is 0, not 1.",
        "还不对。go_on((1, 0), 1) 得到 (0.9, 0)；其中速度是 0，应为 1。",
    );
}

#[test]
fn the_last_change_in_the_place_of_the_velocity() {
    told(
        &judge(|at, n| {
            let (before, after) = (steps(at, n.saturating_sub(1)), steps(at, n));
            (after.0, if n == 0 { at.1 } else { after.0 - before.0 })
        }),
        "Not yet. go_on((1, 0), 1) is (0.9, -0.1); its velocity is -0.1, not 1.",
        "还不对。go_on((1, 0), 1) 得到 (0.9, -0.1)；其中速度是 -0.1，应为 1。",
    );
}

#[test]
fn one_step_too_many() {
    told(
        &judge(|at, n| steps(at, n + 1)),
        "Not yet. go_on((1, 0), 0) is (0.9, 1); its θ is 0.9, not 1.",
        "还不对。go_on((1, 0), 0) 得到 (0.9, 1)；其中 θ 是 0.9，应为 1。",
    );
}
