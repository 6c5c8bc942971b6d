//! What goes wrong in `357_wilson_interval`.

use crate::{solved, told};
use gradus_judges::{Verdict, wilson_interval as judge};

#[path = "../../answers/357_wilson_interval.rs"]
mod answer;
#[path = "../../tasks/357_wilson_interval.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::wilson_interval), Verdict::ToDo);
    solved(&judge(answer::wilson_interval));
}

/// Share and standard error of the textbook.
fn plain(k: u32, n: u32, z: f64) -> (f64, f64) {
    let (k, n) = (f64::from(k), f64::from(n));
    let p = k / n;
    let half = z * (p * (1.0 - p) / n).sqrt();
    (p - half, p + half)
}

/// Wald's interval: of width 0 for no success.
#[test]
fn the_standard_error_of_the_share() {
    told(
        &judge(plain),
        "Not yet. wilson_interval(1, 2, 2) is (-0.207107, 1.207107); its low end is -0.207107, not 0.091752.",
        "还不对。wilson_interval(1, 2, 2) 得到 (-0.207107, 1.207107)；其中下端是 -0.207107，应为 0.091752。",
    );
}

#[test]
fn cut_off_at_the_ends() {
    told(
        &judge(|k, n, z| {
            let (low, high) = plain(k, n, z);
            (low.max(0.0), high.min(1.0))
        }),
        "Not yet. wilson_interval(1, 2, 2) is (0, 1); its low end is 0, not 0.091752.",
        "还不对。wilson_interval(1, 2, 2) 得到 (0, 1)；其中下端是 0，应为 0.091752。",
    );
}

/// The right width around the wrong middle.
#[test]
fn around_the_share() {
    told(
        &judge(|k, n, z| {
            let (k, n) = (f64::from(k), f64::from(n));
            let half = z * (k * (n - k) / n + 0.25 * z * z).sqrt() / (n + z * z);
            (k / n - half, k / n + half)
        }),
        "Not yet. wilson_interval(0, 4, 2) is (-0.25, 0.25); its low end is -0.25, not 0.",
        "还不对。wilson_interval(0, 4, 2) 得到 (-0.25, 0.25)；其中下端是 -0.25，应为 0。",
    );
}

#[test]
fn divided_by_the_trials() {
    told(
        &judge(|k, n, z| {
            let (k, n) = (f64::from(k), f64::from(n));
            let half = z * (k * (n - k) / n + 0.25 * z * z).sqrt();
            ((k + 0.5 * z * z - half) / n, (k + 0.5 * z * z + half) / n)
        }),
        "Not yet. wilson_interval(1, 2, 2) is (0.275255, 2.724745); its low end is 0.275255, not 0.091752.",
        "还不对。wilson_interval(1, 2, 2) 得到 (0.275255, 2.724745)；其中下端是 0.275255，应为 0.091752。",
    );
}
