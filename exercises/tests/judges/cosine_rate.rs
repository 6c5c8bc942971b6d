//! What goes wrong in `647_cosine_rate`.

use crate::{solved, told};
use gradus_judges::{Verdict, cosine_rate as judge};

#[path = "../../answers/647_cosine_rate.rs"]
mod answer;
#[path = "../../tasks/647_cosine_rate.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::cosine_rate), Verdict::ToDo);
    solved(&judge(answer::cosine_rate));
}

use std::f64::consts::PI;

fn share(step: usize, steps: usize) -> f64 {
    step as f64 / steps as f64
}

/// The rate rises again.
#[test]
fn it_never_ends() {
    told(
        &judge(|step, steps, start, end| {
            end + 0.5 * (start - end) * (1.0 + (PI * share(step, steps)).cos())
        }),
        "Not yet. cosine_rate(8, 4, 1, 0) is 1, not 0.",
        "还不对。cosine_rate(8, 4, 1, 0) 得到 1，应为 0。",
    );
}

#[test]
fn a_whole_wave() {
    told(
        &judge(|step, steps, start, end| {
            let share = share(step, steps).min(1.0);
            end + 0.5 * (start - end) * (1.0 + (2.0 * PI * share).cos())
        }),
        "Not yet. cosine_rate(4, 4, 1, 0) is 1, not 0.",
        "还不对。cosine_rate(4, 4, 1, 0) 得到 1，应为 0。",
    );
}

#[test]
fn a_straight_line() {
    told(
        &judge(|step, steps, start, end| end + (start - end) * (1.0 - share(step, steps)).max(0.0)),
        "Not yet. cosine_rate(1, 4, 1, 0) is 0.75, not 0.853553.",
        "还不对。cosine_rate(1, 4, 1, 0) 得到 0.75，应为 0.853553。",
    );
}

#[test]
fn the_end_is_added_on_top() {
    told(
        &judge(|step, steps, start, end| {
            end + 0.5 * start * (1.0 + (PI * share(step, steps).min(1.0)).cos())
        }),
        "Not yet. cosine_rate(2, 4, 1, 0.5) is 1, not 0.75.",
        "还不对。cosine_rate(2, 4, 1, 0.5) 得到 1，应为 0.75。",
    );
}
