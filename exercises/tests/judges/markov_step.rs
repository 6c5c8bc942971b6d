//! What goes wrong in `341_markov_step`.

use crate::{solved, told};
use gradus_judges::{Verdict, markov_step as judge};

#[path = "../../answers/341_markov_step.rs"]
mod answer;
#[path = "../../tasks/341_markov_step.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::markov_step), Verdict::ToDo);
    solved(&judge(answer::markov_step));
}

fn step(p: &[f64], m: &[Vec<f64>]) -> Vec<f64> {
    (0..p.len())
        .map(|j| (0..p.len()).map(|i| p[i] * m[i][j]).sum())
        .collect()
}

/// Rows in the place of columns: what is expected in a step, not where one is.
#[test]
fn along_the_rows() {
    told(
        &judge(|p, m| {
            m.iter()
                .map(|row| row.iter().zip(p).map(|(m, p)| m * p).sum())
                .collect()
        }),
        "Not yet. markov_step([1, 0], [[0.5, 0.5], [0, 1]]) is [0.5, 0]; entry 1 is 0, not 0.5.",
        "还不对。markov_step([1, 0], [[0.5, 0.5], [0, 1]]) 得到 [0.5, 0]；第 1 个分量是 0，应为 0.5。",
    );
}

#[test]
fn two_steps() {
    told(
        &judge(|p, m| step(&step(p, m), m)),
        "Not yet. markov_step([1, 0], [[0, 1], [1, 0]]) is [1, 0]; entry 0 is 1, not 0.",
        "还不对。markov_step([1, 0], [[0, 1], [1, 0]]) 得到 [1, 0]；第 0 个分量是 1，应为 0。",
    );
}

#[test]
fn the_likeliest_state_alone() {
    told(
        &judge(|p, m| {
            let next = step(p, m);
            let top =
                (0..next.len()).fold(0, |best, j| if next[j] > next[best] { j } else { best });
            (0..next.len())
                .map(|j| f64::from(u8::from(j == top)))
                .collect()
        }),
        "Not yet. markov_step([1, 0], [[0.5, 0.5], [0, 1]]) is [1, 0]; entry 0 is 1, not 0.5.",
        "还不对。markov_step([1, 0], [[0.5, 0.5], [0, 1]]) 得到 [1, 0]；第 0 个分量是 1，应为 0.5。",
    );
}

#[test]
fn those_who_stay_are_counted_twice() {
    told(
        &judge(|p, m| {
            step(p, m)
                .iter()
                .zip(p)
                .map(|(next, p)| (next + p) / 2.0)
                .collect()
        }),
        "Not yet. markov_step([1, 0], [[0, 1], [1, 0]]) is [0.5, 0.5]; entry 0 is 0.5, not 0.",
        "还不对。markov_step([1, 0], [[0, 1], [1, 0]]) 得到 [0.5, 0.5]；第 0 个分量是 0.5，应为 0。",
    );
}
