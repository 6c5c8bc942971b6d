//! What goes wrong in `651_micro_batch_mean`.

use crate::{solved, told};
use gradus_judges::{Verdict, micro_batch_mean as judge};

#[path = "../../answers/651_micro_batch_mean.rs"]
mod answer;
#[path = "../../tasks/651_micro_batch_mean.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::micro_batch_mean), Verdict::ToDo);
    solved(&judge(answer::micro_batch_mean));
}

fn sum(g: &[Vec<f64>], weight: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..g[0].len())
        .map(|j| (0..g.len()).map(|k| weight(k) * g[k][j]).sum())
        .collect()
}

#[test]
fn parts_count_alike() {
    told(
        &judge(|g, _| sum(g, |_| 1.0 / g.len() as f64)),
        "Not yet. micro_batch_mean([[1], [5]], [3, 1]) is 3, not 2.",
        "还不对。micro_batch_mean([[1], [5]], [3, 1]) 得到 3，应为 2。",
    );
}

/// As PyTorch's `backward` does until someone divides.
#[test]
fn the_sum_of_the_parts() {
    told(
        &judge(|g, _| sum(g, |_| 1.0)),
        "Not yet. micro_batch_mean([[1], [3]], [1, 1]) is 4, not 2.",
        "还不对。micro_batch_mean([[1], [3]], [1, 1]) 得到 4，应为 2。",
    );
}

#[test]
fn weighted_but_not_divided() {
    told(
        &judge(|g, n| sum(g, |k| n[k])),
        "Not yet. micro_batch_mean([[2, 1]], [3]) is [6, 3]; entry 0 is 6, not 2.",
        "还不对。micro_batch_mean([[2, 1]], [3]) 得到 [6, 3]；第 0 个分量是 6，应为 2。",
    );
}

#[test]
fn divided_by_the_number_of_parts() {
    told(
        &judge(|g, n| sum(g, |k| n[k] / g.len() as f64)),
        "Not yet. micro_batch_mean([[2, 1]], [3]) is [6, 3]; entry 0 is 6, not 2.",
        "还不对。micro_batch_mean([[2, 1]], [3]) 得到 [6, 3]；第 0 个分量是 6，应为 2。",
    );
}
