//! What goes wrong in `511_focal_loss`.

use crate::{solved, told};
use gradus_judges::{Verdict, focal_loss as judge};

#[path = "../../answers/511_focal_loss.rs"]
mod answer;
#[path = "../../tasks/511_focal_loss.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::focal_loss), Verdict::ToDo);
    solved(&judge(answer::focal_loss));
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

#[test]
fn the_logarithm_of_zero() {
    told(
        &judge(|z, yes, gamma| {
            let p = if yes { sigmoid(z) } else { sigmoid(-z) };
            -(1.0 - p).powf(gamma) * p.ln()
        }),
        "Not yet. focal_loss(-1000, true, 2) is ∞, not 1000.",
        "还不对。focal_loss(-1000, true, 2) 得到 ∞，应为 1000。",
    );
}

/// The focus on easy samples.
#[test]
fn the_power_of_the_probability_itself() {
    told(
        &judge(|z, yes, gamma| {
            let p = if yes { sigmoid(z) } else { sigmoid(-z) };
            -p.powf(gamma) * p.ln()
        }),
        "Not yet. focal_loss(1, true, 2) is 0.167422, not 0.022658.",
        "还不对。focal_loss(1, true, 2) 得到 0.167422，应为 0.022658。",
    );
}

#[test]
fn as_if_the_answer_were_yes() {
    told(
        &judge(|z, _, gamma| -sigmoid(-z).powf(gamma) * sigmoid(z).ln()),
        "Not yet. focal_loss(1, false, 2) is 0.022658, not 0.701868.",
        "还不对。focal_loss(1, false, 2) 得到 0.022658，应为 0.701868。",
    );
}

#[test]
fn the_cross_entropy() {
    told(
        &judge(|z, yes, _| {
            if yes {
                -sigmoid(z).ln()
            } else {
                -sigmoid(-z).ln()
            }
        }),
        "Not yet. focal_loss(0, true, 2) is 0.693147, not 0.173287.",
        "还不对。focal_loss(0, true, 2) 得到 0.693147，应为 0.173287。",
    );
}
