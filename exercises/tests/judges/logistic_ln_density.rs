//! What goes wrong in `323_logistic_ln_density`.

use crate::{solved, told};
use gradus_judges::{Verdict, logistic_ln_density as judge};

#[path = "../../answers/323_logistic_ln_density.rs"]
mod answer;
#[path = "../../tasks/323_logistic_ln_density.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::logistic_ln_density), Verdict::ToDo);
    solved(&judge(answer::logistic_ln_density));
}

fn standard(z: f64) -> f64 {
    -z.abs() - 2.0 * (-z.abs()).exp().ln_1p()
}

#[test]
fn without_the_scale() {
    told(
        &judge(|x, location, scale| standard((x - location) / scale)),
        "Not yet. logistic_ln_density(0, 0, 2) is -1.386294, not -2.079442.",
        "还不对。logistic_ln_density(0, 0, 2) 得到 -1.386294，应为 -2.079442。",
    );
}

#[test]
fn not_moved() {
    told(
        &judge(|x, _, scale| standard(x / scale) - scale.ln()),
        "Not yet. logistic_ln_density(3, 1, 1) is -3.097175, not -2.253856.",
        "还不对。logistic_ln_density(3, 1, 1) 得到 -3.097175，应为 -2.253856。",
    );
}

#[test]
fn multiplied_by_the_scale() {
    told(
        &judge(|x, location, scale| standard((x - location) * scale) - scale.ln()),
        "Not yet. logistic_ln_density(3, 1, 2) is -4.729447, not -2.319671.",
        "还不对。logistic_ln_density(3, 1, 2) 得到 -4.729447，应为 -2.319671。",
    );
}

/// σ (1 − σ) underflows far away, and its logarithm is -∞.
#[test]
fn as_it_stands() {
    told(
        &judge(|x, location, scale| {
            let s = 1.0 / (1.0 + (-(x - location) / scale).exp());
            (s * (1.0 - s) / scale).ln()
        }),
        "Not yet. logistic_ln_density(-2000, 0, 1) is -∞, not -2000.",
        "还不对。logistic_ln_density(-2000, 0, 1) 得到 -∞，应为 -2000。",
    );
}

#[test]
fn the_density_itself() {
    told(
        &judge(|x, location, scale| (standard((x - location) / scale) - scale.ln()).exp()),
        "Not yet. logistic_ln_density(0, 0, 1) is 0.25, not -1.386294.",
        "还不对。logistic_ln_density(0, 0, 1) 得到 0.25，应为 -1.386294。",
    );
}
