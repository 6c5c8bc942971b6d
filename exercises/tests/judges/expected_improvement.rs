//! What goes wrong in `549_expected_improvement`.

use crate::{solved, told};
use gradus_judges::{Verdict, expected_improvement as judge};

#[path = "../../answers/549_expected_improvement.rs"]
mod answer;
#[path = "../../tasks/549_expected_improvement.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::expected_improvement), Verdict::ToDo);
    solved(&judge(answer::expected_improvement));
}

#[test]
fn the_improvement_of_the_mean() {
    told(
        &judge(|mean, _, best| (best - mean).max(0.0)),
        "Not yet. expected_improvement(0, 1, 0) is 0, not 0.398942.",
        "还不对。expected_improvement(0, 1, 0) 得到 0，应为 0.398942。",
    );
}

/// 0 / 0 where nothing is in doubt.
#[test]
fn without_the_case_of_no_doubt() {
    told(
        &judge(|mean, deviation, best| {
            let z = (best - mean) / deviation;
            let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
            (best - mean) * gradus_numeric::normal_cdf(z) + deviation * density
        }),
        "Not yet. expected_improvement(1, 0, 1) is NaN, not 0.",
        "还不对。expected_improvement(1, 0, 1) 得到 NaN，应为 0。",
    );
}

#[test]
fn the_density_without_the_deviation() {
    told(
        &judge(|mean, deviation, best| {
            if deviation == 0.0 {
                return (best - mean).max(0.0);
            }
            let z = (best - mean) / deviation;
            let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
            (best - mean) * gradus_numeric::normal_cdf(z) + density
        }),
        "Not yet. expected_improvement(0, 2, 0) is 0.398942, not 0.797884.",
        "还不对。expected_improvement(0, 2, 0) 得到 0.398942，应为 0.797884。",
    );
}

#[test]
fn the_probability_alone() {
    told(
        &judge(|mean, deviation, best| {
            if deviation == 0.0 {
                return (best - mean).max(0.0);
            }
            gradus_numeric::normal_cdf((best - mean) / deviation)
        }),
        "Not yet. expected_improvement(0, 1, 1) less that of the mean mirrored at the best is 0.682689, not 1.",
        "还不对。expected_improvement(0, 1, 1) 与均值关于最优值对称时的结果之差是 0.682689，应为 1。",
    );
}

/// As if the largest value were wanted.
#[test]
fn the_sign_of_a_maximum() {
    told(
        &judge(|mean, deviation, best| answer::expected_improvement(best, deviation, mean)),
        "Not yet. expected_improvement(0, 0, 1) is 0, not 1.",
        "还不对。expected_improvement(0, 0, 1) 得到 0，应为 1。",
    );
}
