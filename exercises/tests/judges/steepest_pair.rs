//! What goes wrong in `826_steepest_pair`.

use crate::{solved, told};
use gradus_judges::{Verdict, steepest_pair as judge};

#[path = "../../answers/826_steepest_pair.rs"]
mod answer;
#[path = "../../tasks/826_steepest_pair.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::steepest_pair), Verdict::ToDo);
    solved(&judge(answer::steepest_pair));
}

fn quotients(s: &[f64], x: &[f64]) -> Vec<f64> {
    let mut found = vec![];
    for i in 0..s.len() {
        for j in 0..i {
            found.push((s[i] - s[j]).abs() / (x[i] - x[j]).abs());
        }
    }
    found
}

/// 0 / 0: two who are alike and treated alike.
#[test]
fn nothing_over_nothing() {
    told(
        &judge(|s, x| {
            let found = quotients(s, x);
            if found.iter().any(|q| q.is_nan()) {
                f64::NAN
            } else {
                found.iter().copied().fold(0.0, f64::max)
            }
        }),
        "Not yet. steepest_pair([1, 1], [2, 2]) is NaN, not 0.",
        "还不对。steepest_pair([1, 1], [2, 2]) 得到 NaN，应为 0。",
    );
}

#[test]
fn neighbors_in_the_list_only() {
    told(
        &judge(|s, x| {
            let pairs = s.windows(2).zip(x.windows(2));
            let slopes = pairs.map(|(s, x)| (s[1] - s[0]).abs() / (x[1] - x[0]).abs());
            slopes.filter(|q| !q.is_nan()).fold(0.0, f64::max)
        }),
        "Not yet. steepest_pair([0, 0, 4], [0, 8, 1]) is 0.571429, not 4.",
        "还不对。steepest_pair([0, 0, 4], [0, 8, 1]) 得到 0.571429，应为 4。",
    );
}

#[test]
fn with_its_sign() {
    told(
        &judge(|s, x| {
            let mut most = 0.0_f64;
            for i in 0..s.len() {
                for j in 0..i {
                    most = most.max((s[i] - s[j]) / (x[i] - x[j]));
                }
            }
            most
        }),
        "Not yet. steepest_pair([0, -2], [0, 1]) is 0, not 2.",
        "还不对。steepest_pair([0, -2], [0, 1]) 得到 0，应为 2。",
    );
}

#[test]
fn the_largest_difference_of_scores() {
    told(
        &judge(|s, _| {
            let most = s.iter().copied().fold(f64::MIN, f64::max);
            most - s.iter().copied().fold(f64::MAX, f64::min)
        }),
        "Not yet. steepest_pair([0, 4], [0, 2]) is 4, not 2.",
        "还不对。steepest_pair([0, 4], [0, 2]) 得到 4，应为 2。",
    );
}

/// One place, different scores: the worst pair is left out.
#[test]
fn the_same_place_is_skipped() {
    told(
        &judge(|s, x| {
            quotients(s, x)
                .into_iter()
                .filter(|q| q.is_finite())
                .fold(0.0, f64::max)
        }),
        "Not yet. steepest_pair([0, 1], [2, 2]) is 0, not ∞.",
        "还不对。steepest_pair([0, 1], [2, 2]) 得到 0，应为 ∞。",
    );
}
