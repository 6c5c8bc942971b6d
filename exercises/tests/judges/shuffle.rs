//! What goes wrong in `331_shuffle`.

use crate::{solved, told};
use gradus_judges::{Verdict, shuffle as judge};

#[path = "../../answers/331_shuffle.rs"]
mod answer;
#[path = "../../tasks/331_shuffle.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::shuffle), Verdict::ToDo);
    solved(&judge(answer::shuffle));
}

#[test]
fn the_draws_themselves() {
    told(
        &judge(|picks| picks.to_vec()),
        "Not yet. shuffle([0, 0]) is [0, 0], not an order of the indices from 0 to n - 1.",
        "还不对。shuffle([0, 0]) 得到 [0, 0]，不是从 0 到 n - 1 的一个排列。",
    );
}

/// Sattolo: only orders that are one cycle.
#[test]
fn never_its_own_place() {
    told(
        &judge(|picks| {
            let mut order: Vec<usize> = (0..picks.len()).collect();
            for i in (1..picks.len()).rev() {
                order.swap(i, picks[i] % i);
            }
            order
        }),
        "Not yet. shuffle([0, 0]) is [1, 0], and so is shuffle([0, 1]): another order never comes.",
        "还不对。shuffle([0, 0]) 得到 [1, 0]，而 shuffle([0, 1]) 也是如此：于是有的顺序永远不会出现。",
    );
}

#[test]
fn half_of_the_exchanges() {
    told(
        &judge(|picks| {
            let mut order: Vec<usize> = (0..picks.len()).collect();
            for i in (1 + picks.len() / 2..picks.len()).rev() {
                order.swap(i, picks[i]);
            }
            order
        }),
        "Not yet. shuffle([0, 0]) is [0, 1], and so is shuffle([0, 1]): another order never comes.",
        "还不对。shuffle([0, 0]) 得到 [0, 1]，而 shuffle([0, 1]) 也是如此：于是有的顺序永远不会出现。",
    );
}

/// Equal draws keep their order.
#[test]
fn sorted_by_the_draws() {
    told(
        &judge(|picks| {
            let mut order: Vec<usize> = (0..picks.len()).collect();
            order.sort_by_key(|&i| picks[i]);
            order
        }),
        "Not yet. shuffle([0, 0]) is [0, 1], and so is shuffle([0, 1]): another order never comes.",
        "还不对。shuffle([0, 0]) 得到 [0, 1]，而 shuffle([0, 1]) 也是如此：于是有的顺序永远不会出现。",
    );
}

#[test]
fn taken_with_replacement() {
    told(
        &judge(|picks| picks.iter().map(|i| i % picks.len()).collect()),
        "Not yet. shuffle([0, 0]) is [0, 0], not an order of the indices from 0 to n - 1.",
        "还不对。shuffle([0, 0]) 得到 [0, 0]，不是从 0 到 n - 1 的一个排列。",
    );
}
