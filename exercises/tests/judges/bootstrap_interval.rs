//! What goes wrong in `546_bootstrap_interval`.

use crate::{solved, told};
use gradus_judges::{Verdict, bootstrap_interval as judge};

#[path = "../../answers/546_bootstrap_interval.rs"]
mod answer;
#[path = "../../tasks/546_bootstrap_interval.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::bootstrap_interval), Verdict::ToDo);
    solved(&judge(answer::bootstrap_interval));
}

fn means(x: &[f64], picks: &[Vec<usize>]) -> Vec<f64> {
    let mean = |pick: &Vec<usize>| pick.iter().map(|&i| x[i]).sum::<f64>() / pick.len() as f64;
    picks.iter().map(mean).collect()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mistake has reasons of its own"
)]
fn rank(q: f64, b: usize) -> usize {
    ((q * b as f64).ceil() as usize).clamp(1, b)
}

#[test]
fn not_sorted() {
    fn wrong(x: &[f64], picks: &[Vec<usize>], level: f64) -> (f64, f64) {
        let (means, q) = (means(x, picks), (1.0 - level) / 2.0);
        let of = |q| means[rank(q, means.len()) - 1];
        (of(q), of(1.0 - q))
    }
    told(
        &judge(wrong),
        "Not yet. bootstrap_interval([1, 2, 9], [[1, 1, 1], [1, 2, 2], [2, 2, 2], [0, 0, 0]], 0.5) is [2, 9]; entry 0 is 2, not 1.",
        "还不对。bootstrap_interval([1, 2, 9], [[1, 1, 1], [1, 2, 2], [2, 2, 2], [0, 0, 0]], 0.5) 得到 [2, 9]；第 0 个分量是 2，应为 1。",
    );
}

/// All of it on either side: the interval holds too little.
#[test]
fn the_tail_is_not_halved() {
    fn wrong(x: &[f64], picks: &[Vec<usize>], level: f64) -> (f64, f64) {
        let mut means = means(x, picks);
        means.sort_by(f64::total_cmp);
        let of = |q| means[rank(q, means.len()) - 1];
        (of(1.0 - level), of(level))
    }
    told(
        &judge(wrong),
        "Not yet. bootstrap_interval([1, 2, 9], [[1, 1, 1], [1, 2, 2], [2, 2, 2], [0, 0, 0]], 0.5) is [2, 2]; entry 0 is 2, not 1.",
        "还不对。bootstrap_interval([1, 2, 9], [[1, 1, 1], [1, 2, 2], [2, 2, 2], [0, 0, 0]], 0.5) 得到 [2, 2]；第 0 个分量是 2，应为 1。",
    );
}

#[test]
fn quantiles_of_the_data() {
    fn wrong(x: &[f64], _: &[Vec<usize>], level: f64) -> (f64, f64) {
        let (mut x, q) = (x.to_vec(), (1.0 - level) / 2.0);
        x.sort_by(f64::total_cmp);
        let of = |q| x[rank(q, x.len()) - 1];
        (of(q), of(1.0 - q))
    }
    told(
        &judge(wrong),
        "Not yet. bootstrap_interval([0, 4], [[0, 1], [1, 0]], 0.5) is [0, 4]; entry 0 is 0, not 2.",
        "还不对。bootstrap_interval([0, 4], [[0, 1], [1, 0]], 0.5) 得到 [0, 4]；第 0 个分量是 0，应为 2。",
    );
}

#[test]
fn ranks_from_zero() {
    fn wrong(x: &[f64], picks: &[Vec<usize>], level: f64) -> (f64, f64) {
        let (mut means, q) = (means(x, picks), (1.0 - level) / 2.0);
        means.sort_by(f64::total_cmp);
        let of = |q| means[rank(q, means.len()).min(means.len() - 1)];
        (of(q), of(1.0 - q))
    }
    told(
        &judge(wrong),
        "Not yet. bootstrap_interval([1, 2, 9], [[1, 1, 1], [1, 2, 2], [2, 2, 2], [0, 0, 0]], 0.5) is [2, 9]; entry 0 is 2, not 1.",
        "还不对。bootstrap_interval([1, 2, 9], [[1, 1, 1], [1, 2, 2], [2, 2, 2], [0, 0, 0]], 0.5) 得到 [2, 9]；第 0 个分量是 2，应为 1。",
    );
}
