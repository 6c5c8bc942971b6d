//! What goes wrong in `811_shapley`.

use crate::{solved, told};
use gradus_judges::{Verdict, shapley as judge};

#[path = "../../answers/811_shapley.rs"]
mod answer;
#[path = "../../tasks/811_shapley.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::shapley), Verdict::ToDo);
    solved(&judge(answer::shapley));
}

fn players(v: &[f64]) -> u32 {
    v.len().trailing_zeros()
}

/// Banzhaf's values: the shares of three players do not add up.
#[test]
fn all_coalitions_weigh_the_same() {
    fn wrong(v: &[f64]) -> Vec<f64> {
        let n = players(v);
        let share = |i: u32| {
            let without = (0..v.len()).filter(|s| s >> i & 1 == 0);
            without.map(|s| v[s | 1 << i] - v[s]).sum::<f64>() / f64::from(1 << (n - 1))
        };
        (0..n).map(share).collect()
    }
    told(
        &judge(wrong),
        "Not yet. shapley([0, 0, 0, 6, 0, 6, 0, 6]) is [4.5, 1.5, 1.5]; its sum is 7.5, not 6.",
        "还不对。shapley([0, 0, 0, 6, 0, 6, 0, 6]) 得到 [4.5, 1.5, 1.5]；其和是 7.5，应为 6。",
    );
}

#[test]
fn whoever_comes_last() {
    told(
        &judge(|v| {
            (0..players(v))
                .map(|i| v[v.len() - 1] - v[v.len() - 1 - (1 << i)])
                .collect()
        }),
        "Not yet. shapley([0, 0, 0, 2]) is [2, 2]; its sum is 4, not 2.",
        "还不对。shapley([0, 0, 0, 2]) 得到 [2, 2]；其和是 4，应为 2。",
    );
}

#[test]
fn what_one_earns_alone() {
    told(
        &judge(|v| (0..players(v)).map(|i| v[1 << i]).collect()),
        "Not yet. shapley([1, 3]) is [3]; its sum is 3, not 2.",
        "还不对。shapley([1, 3]) 得到 [3]；其和是 3，应为 2。",
    );
}

#[test]
fn equal_shares() {
    fn wrong(v: &[f64]) -> Vec<f64> {
        let n = players(v);
        vec![(v[v.len() - 1] - v[0]) / f64::from(n); n as usize]
    }
    told(
        &judge(wrong),
        "Not yet. shapley([0, 1, 2, 4]) is [2, 2]; entry 0 is 2, not 1.5.",
        "还不对。shapley([0, 1, 2, 4]) 得到 [2, 2]；第 0 个分量是 2，应为 1.5。",
    );
}
