//! The judge of `749_nearest_neighbors`.

use crate::judging::inputs::{matrix, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Samples, their labels, a place and k, to a label.
pub type NearestNeighbors = fn(&[Vec<f64>], &[usize], &[f64], usize) -> usize;

/// Samples, a place and k; the labels are made up.
type Case = (Vec<Vec<f64>>, Vec<f64>, usize);

/// Judges the vote of the nearest neighbors in the plane.
#[must_use]
pub fn nearest_neighbors(answer: NearestNeighbors) -> Verdict {
    let call = |(samples, x, k): &Case| {
        let labels = labels(samples.len());
        format!(
            "nearest_neighbors({}, {labels:?}, {}, {k})",
            rows(samples),
            vector(x)
        )
    };
    let check = |case: &Case| class(answer, case);
    let more = |m: usize, most: usize| {
        (
            (m..7).prop_flat_map(|m| matrix(m, 2)),
            vec(whole(), 2),
            1..most + 1,
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "one_neighbor_remembers",
                say!(
                    "with k = 1 the label of the nearest sample",
                    "k = 1 时是最近样本的标签"
                ),
            ),
            &[
                at_origin(&[[0.0, 0.0], [9.0, 0.0]], 1),
                at_origin(&[[4.0, 0.0], [0.0, 1.0]], 1),
                at_origin(&[[4.0, 4.0], [0.0, 6.0]], 1),
                at_origin(&[[0.0, 3.0], [3.0, 0.0]], 1),
            ],
            &more(2, 1),
            check,
        )
        .law(
            Law(
                "neighbors_do_not_see_isometries",
                say!(
                    "the most votes among the k nearest; of equal ones the smallest class",
                    "k 个最近邻中得票最多的类；票数相等时取最小的类"
                ),
            ),
            &[
                at_origin(&[[1.0, 0.0], [2.0, 0.0], [9.0, 0.0], [3.0, 0.0]], 3),
                at_origin(&[[2.0, 0.0], [1.0, 0.0]], 2),
            ],
            &more(3, 3),
            check,
        )
        .verdict()
}

/// `Err` in words unless the class is right.
fn class(answer: NearestNeighbors, (samples, x, k): &Case) -> Result<(), Text> {
    if x.len() != 2 || *k == 0 || *k > samples.len() {
        return Ok(()); // not asked for
    }
    let labels = labels(samples.len());
    let class = answer(samples, &labels, x, *k);
    let right = vote(samples, &labels, x, *k);
    if class == right {
        return Ok(());
    }
    Err(say!(
        "is class {class}, not {right}",
        "得到类 {class}，应为 {right}"
    ))
}

/// The neighbors of the origin.
fn at_origin(samples: &[[f64; 2]], k: usize) -> Case {
    let samples = samples.iter().map(|it| it.to_vec()).collect();
    (samples, vec![0.0, 0.0], k)
}

/// 0, 1, 0, 1, …
fn labels(n: usize) -> Vec<usize> {
    (0..n).map(|i| i % 2).collect()
}

/// A sample votes if fewer than k come before it.
fn vote(samples: &[Vec<f64>], labels: &[usize], x: &[f64], k: usize) -> usize {
    let distance = |i: usize| (samples[i][0] - x[0]).powi(2) + (samples[i][1] - x[1]).powi(2);
    let before =
        |j: usize, i: usize| distance(j) < distance(i) || (distance(j) == distance(i) && j < i);
    let votes = |i: &usize| (0..samples.len()).filter(|&j| before(j, *i)).count() < k;
    let ones = (0..samples.len())
        .filter(votes)
        .filter(|&i| labels[i] == 1)
        .count();
    usize::from(2 * ones > k)
}
