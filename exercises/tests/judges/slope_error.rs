//! What goes wrong in `612_slope_error`.

use crate::{solved, told};
use gradus_judges::{Verdict, slope_error as judge};

#[path = "../../answers/612_slope_error.rs"]
mod answer;
#[path = "../../tasks/612_slope_error.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::slope_error), Verdict::ToDo);
    solved(&judge(answer::slope_error));
}

#[test]
fn divided_by_n() {
    told(
        &judge(|x, y| {
            let n = x.len() as f64;
            answer::slope_error(x, y) * ((n - 2.0) / n).sqrt()
        }),
        "Not yet. slope_error([-1, 0, 1], [0, 1, 0]) is 0.333333, not 0.57735.",
        "还不对。slope_error([-1, 0, 1], [0, 1, 0]) 得到 0.333333，应为 0.57735。",
    );
}

#[test]
fn the_variance_of_the_slope() {
    told(
        &judge(|x, y| answer::slope_error(x, y).powi(2)),
        "Not yet. slope_error([-1, 0, 1], [0, 1, 0]) is 0.333333, not 0.57735.",
        "还不对。slope_error([-1, 0, 1], [0, 1, 0]) 得到 0.333333，应为 0.57735。",
    );
}

/// Distances from the mean of y: as if the line were flat.
#[test]
fn the_residuals_of_the_mean() {
    told(
        &judge(|x, y| {
            let n = x.len() as f64;
            let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
            let sxx: f64 = x.iter().map(|x| (x - mx) * (x - mx)).sum();
            let squares: f64 = y.iter().map(|y| (y - my) * (y - my)).sum();
            (squares / (n - 2.0) / sxx).sqrt()
        }),
        "Not yet. slope_error([0, 1, 2], [0, 1, 2]) is 1, not 0.",
        "还不对。slope_error([0, 1, 2], [0, 1, 2]) 得到 1，应为 0。",
    );
}

#[test]
fn the_error_of_the_mean() {
    told(
        &judge(|x, y| {
            let n = x.len() as f64;
            let mx = x.iter().sum::<f64>() / n;
            let sxx: f64 = x.iter().map(|x| (x - mx) * (x - mx)).sum();
            answer::slope_error(x, y) * (sxx / n).sqrt()
        }),
        "Not yet. slope_error([-1, 0, 1], [0, 1, 0]) is 0.471405, not 0.57735.",
        "还不对。slope_error([-1, 0, 1], [0, 1, 0]) 得到 0.471405，应为 0.57735。",
    );
}
