//! What goes wrong in `749_nearest_neighbors`.

use crate::{solved, told};
use gradus_judges::{Verdict, nearest_neighbors as judge};

#[path = "../../answers/749_nearest_neighbors.rs"]
mod answer;
#[path = "../../tasks/749_nearest_neighbors.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::nearest_neighbors), Verdict::ToDo);
    solved(&judge(answer::nearest_neighbors));
}

/// The vote of the first k by some distance.
fn voted(
    samples: &[Vec<f64>],
    labels: &[usize],
    k: usize,
    distance: impl Fn(&[f64]) -> f64,
) -> usize {
    let mut order: Vec<usize> = (0..samples.len()).collect();
    order.sort_by(|&i, &j| distance(&samples[i]).total_cmp(&distance(&samples[j])));
    let ones = order[..k].iter().filter(|&&i| labels[i] == 1).count();
    usize::from(2 * ones > k)
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[test]
fn the_nearest_alone() {
    told(
        &judge(|samples, labels, x, _| voted(samples, labels, 1, |a| distance(a, x))),
        "Not yet. nearest_neighbors([[1, 0], [2, 0], [9, 0], [3, 0]], [0, 1, 0, 1], [0, 0], 3) is class 0, not 1.",
        "还不对。nearest_neighbors([[1, 0], [2, 0], [9, 0], [3, 0]], [0, 1, 0, 1], [0, 0], 3) 得到类 0，应为 1。",
    );
}

#[test]
fn along_the_axes() {
    told(
        &judge(|samples, labels, x, k| {
            voted(samples, labels, k, |a| {
                (a[0] - x[0]).abs() + (a[1] - x[1]).abs()
            })
        }),
        "Not yet. nearest_neighbors([[4, 4], [0, 6]], [0, 1], [0, 0], 1) is class 1, not 0.",
        "还不对。nearest_neighbors([[4, 4], [0, 6]], [0, 1], [0, 0], 1) 得到类 1，应为 0。",
    );
}

#[test]
fn the_farthest() {
    told(
        &judge(|samples, labels, x, k| voted(samples, labels, k, |a| -distance(a, x))),
        "Not yet. nearest_neighbors([[0, 0], [9, 0]], [0, 1], [0, 0], 1) is class 1, not 0.",
        "还不对。nearest_neighbors([[0, 0], [9, 0]], [0, 1], [0, 0], 1) 得到类 1，应为 0。",
    );
}

/// The most frequent class of all.
#[test]
fn everyone_votes() {
    told(
        &judge(|samples, labels, x, _| voted(samples, labels, samples.len(), |a| distance(a, x))),
        "Not yet. nearest_neighbors([[4, 0], [0, 1]], [0, 1], [0, 0], 1) is class 0, not 1.",
        "还不对。nearest_neighbors([[4, 0], [0, 1]], [0, 1], [0, 0], 1) 得到类 0，应为 1。",
    );
}
