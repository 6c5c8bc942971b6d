//! What goes wrong in `831_halving_rungs`.

use crate::{solved, told};
use gradus_judges::{Verdict, halving_rungs as judge};

#[path = "../../answers/831_halving_rungs.rs"]
mod answer;
#[path = "../../tasks/831_halving_rungs.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::halving_rungs), Verdict::ToDo);
    solved(&judge(answer::halving_rungs));
}

fn rungs(
    points: usize,
    factor: usize,
    first: usize,
    last: usize,
    survivors: impl Fn(usize) -> usize,
) -> Vec<(usize, usize)> {
    let (mut points, mut budget, mut rungs) = (points, first, vec![]);
    while points > 0 && budget <= last && rungs.len() < 20 {
        rungs.push((points, budget));
        (points, budget) = (survivors(points), budget * factor);
    }
    rungs
}

#[test]
fn rounded_up() {
    told(
        &judge(|n, factor, first, last| rungs(n, factor, first, last, |n| n.div_ceil(factor))),
        "Not yet. halving_rungs(10, 3, 1, 9) is [(10, 1), (4, 3), (2, 9)], not [(10, 1), (3, 3), (1, 9)].",
        "还不对。halving_rungs(10, 3, 1, 9) 得到 [(10, 1), (4, 3), (2, 9)]，应为 [(10, 1), (3, 3), (1, 9)]。",
    );
}

#[test]
fn always_halves() {
    told(
        &judge(|n, factor, first, last| rungs(n, factor, first, last, |n| n / 2)),
        "Not yet. halving_rungs(9, 3, 1, 9) is [(9, 1), (4, 3), (2, 9)], not [(9, 1), (3, 3), (1, 9)].",
        "还不对。halving_rungs(9, 3, 1, 9) 得到 [(9, 1), (4, 3), (2, 9)]，应为 [(9, 1), (3, 3), (1, 9)]。",
    );
}

/// The last budget as one that none may reach.
#[test]
fn without_the_last_budget() {
    told(
        &judge(|n, factor, first, last| rungs(n, factor, first, last - 1, |n| n / factor)),
        "Not yet. halving_rungs(1, 2, 1, 1) is [], not [(1, 1)].",
        "还不对。halving_rungs(1, 2, 1, 1) 得到 []，应为 [(1, 1)]。",
    );
}

#[test]
fn a_rung_without_points() {
    told(
        &judge(|n, factor, first, last| {
            let mut found = answer::halving_rungs(n, factor, first, usize::MAX);
            found.retain(|&(_, budget)| budget <= last);
            if found
                .last()
                .is_some_and(|rung| rung.0 < factor && rung.1 * factor <= last)
            {
                found.push((0, found[found.len() - 1].1 * factor));
            }
            found
        }),
        "Not yet. halving_rungs(3, 2, 1, 100) is [(3, 1), (1, 2), (0, 4)], not [(3, 1), (1, 2)].",
        "还不对。halving_rungs(3, 2, 1, 100) 得到 [(3, 1), (1, 2), (0, 4)]，应为 [(3, 1), (1, 2)]。",
    );
}

/// The budget grows by steps instead of factors.
#[test]
fn budgets_that_are_added() {
    told(
        &judge(|n, factor, first, last| {
            let (mut n, mut budget, mut rungs) = (n, first, vec![]);
            while n > 0 && budget <= last {
                rungs.push((n, budget));
                (n, budget) = (n / factor, budget + factor);
            }
            rungs
        }),
        "Not yet. halving_rungs(9, 3, 1, 9) is [(9, 1), (3, 4), (1, 7)], not [(9, 1), (3, 3), (1, 9)].",
        "还不对。halving_rungs(9, 3, 1, 9) 得到 [(9, 1), (3, 4), (1, 7)]，应为 [(9, 1), (3, 3), (1, 9)]。",
    );
}
