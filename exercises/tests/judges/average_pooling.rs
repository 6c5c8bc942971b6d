//! What goes wrong in `742_average_pooling`.

use crate::{solved, told};
use gradus_judges::{Verdict, average_pooling as judge};

#[path = "../../answers/742_average_pooling.rs"]
mod answer;
#[path = "../../tasks/742_average_pooling.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::average_pooling), Verdict::ToDo);
    solved(&judge(answer::average_pooling));
}

/// What `of` makes of the pixels of each block.
fn blocks(
    picture: &[Vec<f64>],
    (k, step): (usize, usize),
    of: impl Fn(&[f64]) -> f64,
) -> Vec<Vec<f64>> {
    let starts = |n: usize| (0..n).step_by(step).filter(move |i| i + k <= n);
    let pixels = |i: usize, j: usize| -> Vec<f64> {
        picture[i..i + k]
            .iter()
            .flat_map(|row| &row[j..j + k])
            .copied()
            .collect()
    };
    let row = |i| {
        starts(picture[0].len())
            .map(|j| of(&pixels(i, j)))
            .collect()
    };
    starts(picture.len()).map(row).collect()
}

#[test]
fn the_largest() {
    told(
        &judge(|x, k| {
            blocks(x, (k, k), |block| {
                block.iter().copied().fold(f64::MIN, f64::max)
            })
        }),
        "Not yet. average_pooling([[1, 2], [3, 6]], 2) is [[6]]; row 0, column 0 has 6, not 3.",
        "还不对。average_pooling([[1, 2], [3, 6]], 2) 得到 [[6]]；第 0 行第 0 列是 6，应为 3。",
    );
}

#[test]
fn the_sum() {
    told(
        &judge(|x, k| blocks(x, (k, k), |block| block.iter().sum())),
        "Not yet. average_pooling([[1, 2], [3, 6]], 2) is [[12]]; row 0, column 0 has 12, not 3.",
        "还不对。average_pooling([[1, 2], [3, 6]], 2) 得到 [[12]]；第 0 行第 0 列是 12，应为 3。",
    );
}

#[test]
fn divided_by_the_side() {
    told(
        &judge(|x, k| blocks(x, (k, k), |block| block.iter().sum::<f64>() / k as f64)),
        "Not yet. average_pooling([[1, 2], [3, 6]], 2) is [[6]]; row 0, column 0 has 6, not 3.",
        "还不对。average_pooling([[1, 2], [3, 6]], 2) 得到 [[6]]；第 0 行第 0 列是 6，应为 3。",
    );
}

#[test]
fn blocks_that_overlap() {
    told(
        &judge(|x, k| {
            blocks(x, (k, 1), |block| {
                block.iter().sum::<f64>() / block.len() as f64
            })
        }),
        "Not yet. average_pooling([[1, 2, 9], [3, 6, 9]], 2) is [[3, 6.5]], whose shape is not 1 × 1.",
        "还不对。average_pooling([[1, 2, 9], [3, 6, 9]], 2) 得到 [[3, 6.5]]，其形状不是 1 × 1。",
    );
}
