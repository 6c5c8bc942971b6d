//! What goes wrong in `462_heavy_tails_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, heavy_tails_step as judge};

#[path = "../../answers/462_heavy_tails_step.rs"]
mod answer;
#[path = "../../tasks/462_heavy_tails_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::heavy_tails_step), Verdict::ToDo);
    solved(&judge(answer::heavy_tails_step));
}

fn step(
    x: &[f64],
    (center, scale): (f64, f64),
    weight: impl Fn(f64) -> f64,
    around: impl Fn(f64) -> f64,
) -> (f64, f64) {
    let v: Vec<f64> = x.iter().map(|x| weight((x - center) / scale)).collect();
    let mean = |of: &dyn Fn(f64) -> f64| {
        x.iter().zip(&v).map(|(x, v)| v * of(*x)).sum::<f64>() / v.iter().sum::<f64>()
    };
    let next = mean(&|x| x);
    (next, mean(&|x| (x - around(next)).powi(2)))
}

#[test]
fn every_observation_counts_alike() {
    told(
        &judge(|x, from, _| {
            let (center, square) = step(x, from, |_| 1.0, |next| next);
            (center, square.sqrt())
        }),
        "Not yet. heavy_tails_step([0, 3], (0, 1), 1) is (1.5, 1.5); its center is 1.5, not 0.272727.",
        "还不对。heavy_tails_step([0, 3], (0, 1), 1) 得到 (1.5, 1.5)；其中中心是 1.5，应为 0.272727。",
    );
}

#[test]
fn squares_around_the_old_center() {
    told(
        &judge(|x, from, freedom| {
            let (center, square) = step(x, from, |z| 1.0 / (freedom + z * z), |_| from.0);
            (center, square.sqrt())
        }),
        "Not yet. heavy_tails_step([0, 3], (0, 1), 1) is (0.272727, 0.904534); its scale is 0.904534, not 0.862439.",
        "还不对。heavy_tails_step([0, 3], (0, 1), 1) 得到 (0.272727, 0.904534)；其中尺度是 0.904534，应为 0.862439。",
    );
}

#[test]
fn the_square_of_the_scale() {
    told(
        &judge(|x, from, freedom| step(x, from, |z| 1.0 / (freedom + z * z), |next| next)),
        "Not yet. heavy_tails_step([0, 3], (0, 1), 1) is (0.272727, 0.743802); its scale is 0.743802, not 0.862439.",
        "还不对。heavy_tails_step([0, 3], (0, 1), 1) 得到 (0.272727, 0.743802)；其中尺度是 0.743802，应为 0.862439。",
    );
}

#[test]
fn distances_without_the_scale() {
    told(
        &judge(|x, (center, scale), freedom| {
            let weight = |z: f64| 1.0 / (freedom + (z * scale).powi(2));
            let (center, square) = step(x, (center, scale), weight, |next| next);
            (center, square.sqrt())
        }),
        "Not yet. heavy_tails_step([0, 4], (0, 2), 1) is (0.222222, 0.916246); its center is 0.222222, not 0.666667.",
        "还不对。heavy_tails_step([0, 4], (0, 2), 1) 得到 (0.222222, 0.916246)；其中中心是 0.222222，应为 0.666667。",
    );
}
