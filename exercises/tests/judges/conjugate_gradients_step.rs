//! What goes wrong in `126_conjugate_gradients_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, conjugate_gradients_step as judge};

#[path = "../../answers/126_conjugate_gradients_step.rs"]
mod answer;
#[path = "../../tasks/126_conjugate_gradients_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::conjugate_gradients_step), Verdict::ToDo);
    solved(&judge(answer::conjugate_gradients_step));
}

type Three = (Vec<f64>, Vec<f64>, Vec<f64>);

fn dot(u: &[f64], v: &[f64]) -> f64 {
    u.iter().zip(v).map(|(u, v)| u * v).sum()
}

fn plus(u: &[f64], factor: f64, v: &[f64]) -> Vec<f64> {
    u.iter().zip(v).map(|(u, v)| u + factor * v).collect()
}

fn product(a: &[Vec<f64>], p: &[f64]) -> Vec<f64> {
    a.iter().map(|row| dot(row, p)).collect()
}

/// The step with a β of one's own, from both squares.
fn with(a: &[Vec<f64>], [x, r, p]: [&[f64]; 3], beta: fn(f64, f64) -> f64) -> Three {
    let ap = product(a, p);
    let alpha = dot(r, r) / dot(p, &ap);
    let next = plus(r, -alpha, &ap);
    let beta = beta(dot(&next, &next), dot(r, r));
    (plus(x, alpha, p), next.clone(), plus(&next, beta, p))
}

#[test]
fn steepest_descent() {
    told(
        &judge(|a, x, r, p| with(a, [x, r, p], |_, _| 0.0)),
        "Not yet. conjugate_gradients_step([[4, 1], [1, 3]], [0, 0], [1, 2], [1, 2]) has -0.5 as entry 0 of p, not -0.4375.",
        "还不对。conjugate_gradients_step([[4, 1], [1, 3]], [0, 0], [1, 2], [1, 2]) 得到的 p 的第 0 个分量是 -0.5，应为 -0.4375。",
    );
}

#[test]
fn beta_upside_down() {
    told(
        &judge(|a, x, r, p| {
            with(
                a,
                [x, r, p],
                |new, old| if new == 0.0 { 0.0 } else { old / new },
            )
        }),
        "Not yet. conjugate_gradients_step([[4, 1], [1, 3]], [0, 0], [1, 2], [1, 2]) has 15.5 as entry 0 of p, not -0.4375.",
        "还不对。conjugate_gradients_step([[4, 1], [1, 3]], [0, 0], [1, 2], [1, 2]) 得到的 p 的第 0 个分量是 15.5，应为 -0.4375。",
    );
}

/// rᵀ A r below the fraction: right in the first step, where p = r.
#[test]
fn alpha_of_the_remainder() {
    told(
        &judge(|a, x, r, p| {
            let (ap, ar) = (product(a, p), product(a, r));
            let alpha = dot(r, r) / dot(r, &ar);
            let next = plus(r, -alpha, &ap);
            let beta = dot(&next, &next) / dot(r, r);
            (plus(x, alpha, p), next.clone(), plus(&next, beta, p))
        }),
        "Not yet. conjugate_gradients_step([[4, 1], [1, 3]], [0.25, 0.5], [-0.5, 0.25], [-0.4375, 0.375]) has 0.104167 as entry 0 of x, not 0.090909.",
        "还不对。conjugate_gradients_step([[4, 1], [1, 3]], [0.25, 0.5], [-0.5, 0.25], [-0.4375, 0.375]) 得到的 x 的第 0 个分量是 0.104167，应为 0.090909。",
    );
}

#[test]
fn the_remainder_with_a_plus() {
    told(
        &judge(|a, x, r, p| {
            let ap = product(a, p);
            let alpha = dot(r, r) / dot(p, &ap);
            let next = plus(r, alpha, &ap);
            (plus(x, alpha, p), next.clone(), next)
        }),
        "Not yet. conjugate_gradients_step([[2]], [0], [4], [4]) has 8 as entry 0 of r, not 0.",
        "还不对。conjugate_gradients_step([[2]], [0], [4], [4]) 得到的 r 的第 0 个分量是 8，应为 0。",
    );
}
