//! What goes wrong in `619_offset`.

use crate::{solved, told};
use gradus_judges::{Verdict, offset as judge};

#[path = "../../answers/619_offset.rs"]
mod answer;
#[path = "../../tasks/619_offset.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::offset), Verdict::ToDo);
    solved(&judge(answer::offset));
}

fn horner<'a>(pairs: impl Iterator<Item = (&'a usize, &'a usize)>) -> usize {
    pairs.fold(0, |at, (n, i)| at * n + i)
}

#[test]
fn always_the_usual_order() {
    told(
        &judge(|shape, index, _| horner(shape.iter().zip(index))),
        "Not yet. offset([2, 3], [1, 0], true) is 3, not 1.",
        "还不对。offset([2, 3], [1, 0], true) 得到 3，应为 1。",
    );
}

#[test]
fn the_orders_exchanged() {
    told(
        &judge(|shape, index, fortran| {
            let pairs = shape.iter().zip(index);
            if fortran {
                horner(pairs)
            } else {
                horner(pairs.rev())
            }
        }),
        "Not yet. offset([2, 3], [0, 1], false) is 2, not 1.",
        "还不对。offset([2, 3], [0, 1], false) 得到 2，应为 1。",
    );
}

/// row × number of rows + column.
#[test]
fn rows_for_columns() {
    told(
        &judge(|shape, index, fortran| {
            let turned: Vec<usize> = shape.iter().rev().copied().collect();
            let pairs = turned.iter().zip(index);
            if fortran {
                horner(pairs.rev())
            } else {
                horner(pairs)
            }
        }),
        "Not yet. offset([2, 3], [1, 0], false) is 2, not 3.",
        "还不对。offset([2, 3], [1, 0], false) 得到 2，应为 3。",
    );
}

#[test]
fn counted_from_one() {
    told(
        &judge(|shape, index, fortran| {
            let pairs = shape.iter().zip(index);
            1 + if fortran {
                horner(pairs.rev())
            } else {
                horner(pairs)
            }
        }),
        "Not yet. offset([3], [2], false) is 3, not 2.",
        "还不对。offset([3], [2], false) 得到 3，应为 2。",
    );
}

#[test]
fn the_sum_of_the_indices() {
    told(
        &judge(|_, index, _| index.iter().sum()),
        "Not yet. offset([2, 3], [1, 0], false) is 1, not 3.",
        "还不对。offset([2, 3], [1, 0], false) 得到 1，应为 3。",
    );
}
