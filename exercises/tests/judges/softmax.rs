//! What goes wrong in `022_softmax`.

use crate::{solved, told};
use gradus_judges::{Verdict, softmax as judge};

#[path = "../../answers/022_softmax.rs"]
mod answer;
#[path = "../../tasks/022_softmax.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::softmax), Verdict::ToDo);
    solved(&judge(answer::softmax));
}

#[test]
fn exponentials_overflow() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let total: f64 = x.iter().map(|x| x.exp()).sum();
        x.iter().map(|x| x.exp() / total).collect()
    }
    told(
        &judge(wrong),
        "Not yet. softmax([1000]) is NaN, not 1.",
        "还不对。softmax([1000]) 得到 NaN，应为 1。",
    );
}

#[test]
fn divided_by_the_largest() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        x.iter().map(|x| (x - top).exp()).collect()
    }
    told(
        &judge(wrong),
        "Not yet. softmax([0, 0]) is [1, 1]; entry 0 is 1, not 0.5.",
        "还不对。softmax([0, 0]) 得到 [1, 1]；第 0 个分量是 1，应为 0.5。",
    );
}

#[test]
fn the_mean_is_subtracted() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let total: f64 = x.iter().map(|x| (x - mean).exp()).sum();
        x.iter().map(|x| (x - mean).exp() / total).collect()
    }
    told(
        &judge(wrong),
        "Not yet. softmax([-1000, 1000]) is [0, NaN]; entry 1 is NaN, not 1.",
        "还不对。softmax([-1000, 1000]) 得到 [0, NaN]；第 1 个分量是 NaN，应为 1。",
    );
}

#[test]
fn shares_without_exponentials() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let total: f64 = x.iter().sum();
        x.iter().map(|x| x / total).collect()
    }
    told(
        &judge(wrong),
        "Not yet. softmax([0]) is NaN, not 1.",
        "还不对。softmax([0]) 得到 NaN，应为 1。",
    );
}
