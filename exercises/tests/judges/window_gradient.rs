//! What goes wrong in `743_window_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, window_gradient as judge};

#[path = "../../answers/743_window_gradient.rs"]
mod answer;
#[path = "../../tasks/743_window_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::window_gradient), Verdict::ToDo);
    solved(&judge(answer::window_gradient));
}

fn sums(x: &[f64], delta: &[f64], term: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    x.windows(delta.len()).map(term).collect()
}

#[test]
fn turned_round() {
    told(
        &judge(|x, delta| {
            let term = |x: &[f64]| x.iter().rev().zip(delta).map(|(x, d)| x * d).sum();
            sums(x, delta, term)
        }),
        "Not yet. window_gradient([1, 2], [1, 0]) is 2, not 1.",
        "还不对。window_gradient([1, 2], [1, 0]) 得到 2，应为 1。",
    );
}

#[test]
fn a_mean_over_places() {
    told(
        &judge(|x, delta| {
            let term = |x: &[f64]| x.iter().zip(delta).map(|(x, d)| x * d).sum::<f64>();
            sums(x, delta, |x| term(x) / delta.len() as f64)
        }),
        "Not yet. window_gradient([1, 2], [1, 0]) is 0.5, not 1.",
        "还不对。window_gradient([1, 2], [1, 0]) 得到 0.5，应为 1。",
    );
}

#[test]
fn the_first_place_alone() {
    told(
        &judge(|x, delta| sums(x, delta, |x| x[0] * delta[0])),
        "Not yet. window_gradient([1, 2], [1, 1]) is 1, not 3.",
        "还不对。window_gradient([1, 2], [1, 1]) 得到 1，应为 3。",
    );
}

/// That is the gradient by x.
#[test]
fn a_slope_for_every_number() {
    told(
        &judge(|x, delta| {
            let at = |i: usize| delta.get(i).map_or(0.0, |d| d * x[i]);
            (0..x.len()).map(at).collect()
        }),
        "Not yet. window_gradient([1, 2], [1]) is [1, 0]; entry 1 is 0, not 2.",
        "还不对。window_gradient([1, 2], [1]) 得到 [1, 0]；第 1 个分量是 0，应为 2。",
    );
}
