//! What goes wrong in `391_kalman_update`.

use crate::{solved, told};
use gradus_judges::{Verdict, kalman_update as judge};

#[path = "../../answers/391_kalman_update.rs"]
mod answer;
#[path = "../../tasks/391_kalman_update.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::kalman_update), Verdict::ToDo);
    solved(&judge(answer::kalman_update));
}

/// The update with a gain.
fn with(gain: f64, mean: f64, variance: f64, y: f64) -> (f64, f64) {
    (mean + gain * (y - mean), (1.0 - gain) * variance)
}

#[test]
fn without_the_move() {
    told(
        &judge(|(m, v), _, y, r| with(v / (v + r), m, v, y)),
        "Not yet. kalman_update((0, 1), 1, 4, 2) is (1.333333, 0.666667); its mean is 1.333333, not 2.",
        "还不对。kalman_update((0, 1), 1, 4, 2) 得到 (1.333333, 0.666667)；其中均值是 1.333333，应为 2。",
    );
}

#[test]
fn the_gain_of_the_noise() {
    told(
        &judge(|(m, v), q, y, r| with(r / (v + q + r), m, v + q, y)),
        "Not yet. kalman_update((0, 1), 0, 4, 3) is (3, 0.25); its mean is 3, not 1.",
        "还不对。kalman_update((0, 1), 0, 4, 3) 得到 (3, 0.25)；其中均值是 3，应为 1。",
    );
}

#[test]
fn the_move_last() {
    told(
        &judge(|(m, v), q, y, r| {
            let (mean, variance) = with(v / (v + r), m, v, y);
            (mean, variance + q)
        }),
        "Not yet. kalman_update((0, 1), 1, 4, 2) is (1.333333, 1.666667); its mean is 1.333333, not 2.",
        "还不对。kalman_update((0, 1), 1, 4, 2) 得到 (1.333333, 1.666667)；其中均值是 1.333333，应为 2。",
    );
}

#[test]
fn the_variance_stays() {
    told(
        &judge(|(m, v), q, y, r| {
            let (mean, _) = with((v + q) / (v + q + r), m, v + q, y);
            (mean, v + q)
        }),
        "Not yet. kalman_update((0, 1), 0, 2, 1) is (1, 1); its variance is 1, not 0.5.",
        "还不对。kalman_update((0, 1), 0, 2, 1) 得到 (1, 1)；其中方差是 1，应为 0.5。",
    );
}

#[test]
fn half_and_half() {
    told(
        &judge(|(m, v), q, y, _| with(0.5, m, v + q, y)),
        "Not yet. kalman_update((0, 1), 0, 4, 3) is (2, 0.5); its mean is 2, not 1.",
        "还不对。kalman_update((0, 1), 0, 4, 3) 得到 (2, 0.5)；其中均值是 2，应为 1。",
    );
}
