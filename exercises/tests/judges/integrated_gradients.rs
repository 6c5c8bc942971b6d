//! What goes wrong in `813_integrated_gradients`.

use crate::{solved, told};
use gradus_judges::{Verdict, integrated_gradients as judge};

#[path = "../../answers/813_integrated_gradients.rs"]
mod answer;
#[path = "../../tasks/813_integrated_gradients.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::integrated_gradients), Verdict::ToDo);
    solved(&judge(answer::integrated_gradients));
}

/// The mean slope at these places of the way.
fn mean(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    b: &[f64],
    steps: usize,
    place: impl Fn(usize) -> f64,
) -> Vec<f64> {
    let mut mean = vec![0.0; x.len()];
    for k in 0..steps {
        let at: Vec<f64> = b
            .iter()
            .zip(x)
            .map(|(b, x)| b + place(k) * (x - b))
            .collect();
        for (mean, slope) in mean.iter_mut().zip(gradient(&at)) {
            *mean += slope / steps as f64;
        }
    }
    mean
}

fn times(mean: &[f64], x: &[f64], b: &[f64]) -> Vec<f64> {
    (0..x.len()).map(|i| (x[i] - b[i]) * mean[i]).collect()
}

#[test]
fn the_gradient_at_the_end() {
    told(
        &judge(|g, x, b, _| times(&g(x), x, b)),
        "Not yet. integrated_gradients(…, [2], [0], 1) is [4]; its sum is 4, not 2.",
        "还不对。integrated_gradients(…, [2], [0], 1) 得到 [4]；其和是 4，应为 2。",
    );
}

#[test]
fn the_left_ends_of_the_steps() {
    told(
        &judge(|g, x, b, m| times(&mean(g, x, b, m, |k| k as f64 / m as f64), x, b)),
        "Not yet. integrated_gradients(…, [2], [0], 1) is [0]; its sum is 0, not 2.",
        "还不对。integrated_gradients(…, [2], [0], 1) 得到 [0]；其和是 0，应为 2。",
    );
}

#[test]
fn without_the_way() {
    told(
        &judge(|g, x, b, m| mean(g, x, b, m, |k| (k as f64 + 0.5) / m as f64)),
        "Not yet. integrated_gradients(…, [2, 3], [0, 1], 1) is [1, 2]; entry 0 is 1, not 2.",
        "还不对。integrated_gradients(…, [2, 3], [0, 1], 1) 得到 [1, 2]；第 0 个分量是 1，应为 2。",
    );
}

#[test]
fn from_the_origin() {
    told(
        &judge(|g, x, _, m| {
            let origin = vec![0.0; x.len()];
            answer::integrated_gradients(g, x, &origin, m)
        }),
        "Not yet. integrated_gradients(…, [2, 3], [0, 1], 1) is [2, 6]; entry 1 is 6, not 4.",
        "还不对。integrated_gradients(…, [2, 3], [0, 1], 1) 得到 [2, 6]；第 1 个分量是 6，应为 4。",
    );
}

#[test]
fn the_sum_of_the_slopes() {
    told(
        &judge(|g, x, b, m| {
            let shares = answer::integrated_gradients(g, x, b, m);
            shares.iter().map(|share| share * m as f64).collect()
        }),
        "Not yet. integrated_gradients(…, [2, 3], [0, 1], 2) is [4, 8]; entry 0 is 4, not 2.",
        "还不对。integrated_gradients(…, [2, 3], [0, 1], 2) 得到 [4, 8]；第 0 个分量是 4，应为 2。",
    );
}
