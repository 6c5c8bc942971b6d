//! What goes wrong in `685_gauss_newton_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, gauss_newton_step as judge};

#[path = "../../answers/685_gauss_newton_step.rs"]
mod answer;
#[path = "../../tasks/685_gauss_newton_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::gauss_newton_step), Verdict::ToDo);
    solved(&judge(answer::gauss_newton_step));
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// One step down the gradient.
#[test]
fn the_gradient() {
    told(
        &judge(|r, j| -dot(j, r)),
        "Not yet. gauss_newton_step([6], [2]) is -12, not -3.",
        "还不对。gauss_newton_step([6], [2]) 得到 -12，应为 -3。",
    );
}

#[test]
fn uphill() {
    told(
        &judge(|r, j| dot(j, r) / dot(j, j)),
        "Not yet. gauss_newton_step([2], [1]) is 2, not -2.",
        "还不对。gauss_newton_step([2], [1]) 得到 2，应为 -2。",
    );
}

/// Newton's step for each residual by itself, then the mean.
#[test]
fn the_mean_of_roots() {
    told(
        &judge(|r, j| {
            let roots = r.iter().zip(j).map(|(r, j)| -r / j);
            roots.sum::<f64>() / r.len() as f64
        }),
        "Not yet. gauss_newton_step([1, 2], [2, 1]) makes a step after which j · (r + j p) is -2.25, not 0.",
        "还不对。gauss_newton_step([1, 2], [2, 1]) 所得步长使 j · (r + j p) 是 -2.25，应为 0。",
    );
}

#[test]
fn divided_by_the_residuals() {
    told(
        &judge(|r, j| -dot(j, r) / dot(r, r)),
        "Not yet. gauss_newton_step([2], [1]) is -0.5, not -2.",
        "还不对。gauss_newton_step([2], [1]) 得到 -0.5，应为 -2。",
    );
}

#[test]
fn divided_by_the_length_of_the_slopes() {
    told(
        &judge(|r, j| -dot(j, r) / dot(j, j).sqrt()),
        "Not yet. gauss_newton_step([6], [2]) is -6, not -3.",
        "还不对。gauss_newton_step([6], [2]) 得到 -6，应为 -3。",
    );
}
