//! What goes wrong in `613_r_squared`.

use crate::{solved, told};
use gradus_judges::{Verdict, r_squared as judge};

#[path = "../../answers/613_r_squared.rs"]
mod answer;
#[path = "../../tasks/613_r_squared.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::r_squared), Verdict::ToDo);
    solved(&judge(answer::r_squared));
}

fn means(y: &[f64], p: &[f64]) -> (f64, f64) {
    let n = y.len() as f64;
    (y.iter().sum::<f64>() / n, p.iter().sum::<f64>() / n)
}

/// The square of the correlation does not see a shift or a wrong sign.
#[test]
fn the_correlation_squared() {
    told(
        &judge(|y, p| {
            let (my, mp) = means(y, p);
            let sum = |f: &dyn Fn(f64, f64) -> f64| {
                y.iter().zip(p).map(|(y, p)| f(y - my, p - mp)).sum::<f64>()
            };
            let [yy, yp, pp] = [sum(&|y, _| y * y), sum(&|y, p| y * p), sum(&|_, p| p * p)];
            if pp == 0.0 { 0.0 } else { yp * yp / (yy * pp) }
        }),
        "Not yet. r_squared([1, 2, 3], [1, 2, 2]) is 0.75, not 0.5.",
        "还不对。r_squared([1, 2, 3], [1, 2, 2]) 得到 0.75，应为 0.5。",
    );
}

/// Explained over total, as if errors and predictions were at right angles.
#[test]
fn the_variance_of_the_predictions() {
    told(
        &judge(|y, p| {
            let (my, _) = means(y, p);
            let explained: f64 = p.iter().map(|p| (p - my) * (p - my)).sum();
            explained / y.iter().map(|y| (y - my) * (y - my)).sum::<f64>()
        }),
        "Not yet. r_squared([0, 2], [2, 0]) is 1, not -3.",
        "还不对。r_squared([0, 2], [2, 0]) 得到 1，应为 -3。",
    );
}

#[test]
fn the_mean_of_the_predictions() {
    told(
        &judge(|y, p| {
            let (_, mp) = means(y, p);
            let errors: f64 = y.iter().zip(p).map(|(y, p)| (y - p) * (y - p)).sum();
            1.0 - errors / y.iter().map(|y| (y - mp) * (y - mp)).sum::<f64>()
        }),
        "Not yet. r_squared([1, 2, 3], [1, 2, 2]) is 0.571429, not 0.5.",
        "还不对。r_squared([1, 2, 3], [1, 2, 2]) 得到 0.571429，应为 0.5。",
    );
}

#[test]
fn never_below_zero() {
    told(
        &judge(|y, p| answer::r_squared(y, p).max(0.0)),
        "Not yet. r_squared([0, 2], [2, 0]) is 0, not -3.",
        "还不对。r_squared([0, 2], [2, 0]) 得到 0，应为 -3。",
    );
}

#[test]
fn the_share_that_is_left() {
    told(
        &judge(|y, p| 1.0 - answer::r_squared(y, p)),
        "Not yet. r_squared([1, 3], [1, 3]) is 0, not 1.",
        "还不对。r_squared([1, 3], [1, 3]) 得到 0，应为 1。",
    );
}
