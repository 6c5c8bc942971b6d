//! What goes wrong in `739_read_array`.

use crate::{solved, told};
use gradus_judges::{Verdict, read_array as judge};

#[path = "../../answers/739_read_array.rs"]
mod answer;
#[path = "../../tasks/739_read_array.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::read_array), Verdict::ToDo);
    solved(&judge(answer::read_array));
}

fn read(
    data: &[f64],
    (rows, columns): (usize, usize),
    place: impl Fn(usize, usize) -> usize,
) -> Vec<Vec<f64>> {
    let row = |i: usize| {
        (0..columns)
            .map(|j| data[place(i, j) % data.len()])
            .collect()
    };
    (0..rows).map(row).collect()
}

#[test]
fn always_row_by_row() {
    told(
        &judge(|data, m, n, _| read(data, (m, n), |i, j| i * n + j)),
        "Not yet. read_array([0, 1, 2, 3], 2, 2, true) is [[0, 1], [2, 3]]; row 0, column 1 has 1, not 2.",
        "还不对。read_array([0, 1, 2, 3], 2, 2, true) 得到 [[0, 1], [2, 3]]；第 0 行第 1 列是 1，应为 2。",
    );
}

#[test]
fn the_orders_exchanged() {
    told(
        &judge(|data, m, n, fortran| answer::read_array(data, m, n, !fortran)),
        "Not yet. read_array([0, 1, 2, 3, 4, 5], 2, 3, false) is [[0, 2, 4], [1, 3, 5]]; row 0, column 1 has 2, not 1.",
        "还不对。read_array([0, 1, 2, 3, 4, 5], 2, 3, false) 得到 [[0, 2, 4], [1, 3, 5]]；第 0 行第 1 列是 2，应为 1。",
    );
}

#[test]
fn the_wrong_stride() {
    told(
        &judge(|data, m, n, fortran| {
            read(
                data,
                (m, n),
                |i, j| if fortran { i + j * m } else { i * m + j },
            )
        }),
        "Not yet. read_array([0, 1], 2, 1, false) is [[0], [0]]; row 1, column 0 has 0, not 1.",
        "还不对。read_array([0, 1], 2, 1, false) 得到 [[0], [0]]；第 1 行第 0 列是 0，应为 1。",
    );
}

/// The right numbers with the shape of the transpose.
#[test]
fn transposed() {
    told(
        &judge(|data, m, n, fortran| {
            if fortran {
                answer::read_array(data, n, m, false)
            } else {
                answer::read_array(data, m, n, false)
            }
        }),
        "Not yet. read_array([0, 1, 2, 3], 2, 2, true) is [[0, 1], [2, 3]]; row 0, column 1 has 1, not 2.",
        "还不对。read_array([0, 1, 2, 3], 2, 2, true) 得到 [[0, 1], [2, 3]]；第 0 行第 1 列是 1，应为 2。",
    );
}
