//! What goes wrong in `827_reweigh`.

use crate::{solved, told};
use gradus_judges::{Verdict, reweigh as judge};

#[path = "../../answers/827_reweigh.rs"]
mod answer;
#[path = "../../tasks/827_reweigh.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::reweigh), Verdict::ToDo);
    solved(&judge(answer::reweigh));
}

fn table(counts: &[Vec<f64>], weight: impl Fn(f64, f64, f64, f64) -> f64) -> Vec<Vec<f64>> {
    let of_label = |y: usize| counts.iter().map(|row| row[y]).sum::<f64>();
    let all: f64 = counts.iter().flatten().sum();
    let row = |row: &Vec<f64>| {
        let of_group: f64 = row.iter().sum();
        (0..row.len())
            .map(|y| weight(all, of_group, of_label(y), row[y]))
            .collect()
    };
    counts.iter().map(row).collect()
}

#[test]
fn the_inverse() {
    told(
        &judge(|c| table(c, |n, g, y, both| n * both / (g * y))),
        "Not yet. reweigh([[3, 1], [1, 3]]) is [[1.5, 0.5], [0.5, 1.5]]; row 0, column 0 has 1.5, not 0.666667.",
        "还不对。reweigh([[3, 1], [1, 3]]) 得到 [[1.5, 0.5], [0.5, 1.5]]；第 0 行第 0 列是 1.5，应为 0.666667。",
    );
}

/// All four cells alike: the labels lose their frequencies.
#[test]
fn every_cell_alike() {
    told(
        &judge(|c| {
            let cells = (c.len() * c[0].len()) as f64;
            table(c, |n, _, _, both| n / (cells * both))
        }),
        "Not yet. reweigh([[1, 3]]) is [[2, 0.666667]]; row 0, column 0 has 2, not 1.",
        "还不对。reweigh([[1, 3]]) 得到 [[2, 0.666667]]；第 0 行第 0 列是 2，应为 1。",
    );
}

#[test]
fn without_the_number_of_all() {
    told(
        &judge(|c| table(c, |_, g, y, both| g * y / both)),
        "Not yet. reweigh([[1, 1]]) is [[2, 2]]; row 0, column 0 has 2, not 1.",
        "还不对。reweigh([[1, 1]]) 得到 [[2, 2]]；第 0 行第 0 列是 2，应为 1。",
    );
}

#[test]
fn by_labels_alone() {
    told(
        &judge(|c| table(c, |n, _, y, _| n / (c[0].len() as f64 * y))),
        "Not yet. reweigh([[1, 3]]) is [[2, 0.666667]]; row 0, column 0 has 2, not 1.",
        "还不对。reweigh([[1, 3]]) 得到 [[2, 0.666667]]；第 0 行第 0 列是 2，应为 1。",
    );
}
