//! What goes wrong in `821_gaussian_delta`.

use crate::{solved, told};
use gradus_judges::{Verdict, gaussian_delta as judge};

#[path = "../../answers/821_gaussian_delta.rs"]
mod answer;
#[path = "../../tasks/821_gaussian_delta.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::gaussian_delta), Verdict::ToDo);
    solved(&judge(answer::gaussian_delta));
}

fn cdf(z: f64) -> f64 {
    gradus_numeric::normal_cdf(z)
}

/// What the classical formula answers, turned around.
#[test]
fn the_classical_bound() {
    told(
        &judge(|noise, epsilon| 1.25 * (-0.5 * (noise * epsilon).powi(2)).exp()),
        "Not yet. gaussian_delta(0.5, 0) is 1.25, not 0.682689.",
        "还不对。gaussian_delta(0.5, 0) 得到 1.25，应为 0.682689。",
    );
}

#[test]
fn without_the_exponential() {
    told(
        &judge(|noise, epsilon| {
            let (half, shift) = (0.5 / noise, epsilon * noise);
            cdf(half - shift) - cdf(-half - shift)
        }),
        "Not yet. gaussian_delta(1, 1) is 0.24173, not 0.126937.",
        "还不对。gaussian_delta(1, 1) 得到 0.24173，应为 0.126937。",
    );
}

#[test]
fn the_whole_step_instead_of_the_half() {
    told(
        &judge(|noise, epsilon| {
            let (step, shift) = (1.0 / noise, epsilon * noise);
            cdf(step - shift) - epsilon.exp() * cdf(-step - shift)
        }),
        "Not yet. gaussian_delta(0.5, 0) is 0.9545, not 0.682689.",
        "还不对。gaussian_delta(0.5, 0) 得到 0.9545，应为 0.682689。",
    );
}

#[test]
fn epsilon_over_the_noise() {
    told(
        &judge(|noise, epsilon| {
            let (half, shift) = (0.5 / noise, epsilon / noise);
            cdf(half - shift) - epsilon.exp() * cdf(-half - shift)
        }),
        "Not yet. gaussian_delta(2, 1) is -0.214743, not 0.00683.",
        "还不对。gaussian_delta(2, 1) 得到 -0.214743，应为 0.00683。",
    );
}
