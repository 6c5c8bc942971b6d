//! The judge of `831_halving_rungs`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use proptest::strategy::Strategy;

/// Points, factor, first and last budget, to rungs.
pub type HalvingRungs = fn(usize, usize, usize, usize) -> Vec<(usize, usize)>;

/// Points, factor, first and last budget.
type Case = (usize, usize, (usize, usize));

/// Judges the plan of successive halving.
#[must_use]
pub fn halving_rungs(answer: HalvingRungs) -> Verdict {
    let call = |&(points, factor, (first, last)): &Case| {
        format!("halving_rungs({points}, {factor}, {first}, {last})")
    };
    let check = |case: &Case| plan(answer, case);
    Judge::new(&call)
        .law(
            Law(
                "the_better_part_survives",
                say!("one rung: all points with the first budget", "只有一级：所有的点都用第一个预算"),
            ),
            &[(1, 2, (1, 1)), (5, 2, (1, 1)), (5, 3, (2, 4))],
            &(1..30_usize, 2..4_usize, (1..5_usize, 0..1_usize)).prop_map(alone),
            check,
        )
        .law(
            Law(
                "halving_works_as_planned",
                say!(
                    "the next rung has the factor-th part of the points and factor times the budget",
                    "下一级的点数是前一级除以 factor（舍去余数），预算是 factor 倍"
                ),
            ),
            &[
                (9, 3, (1, 9)),
                (9, 3, (1, 8)),
                (10, 3, (1, 9)),
                (3, 2, (1, 100)),
                (27, 3, (2, 18)),
            ],
            &(1..100_usize, 2..5_usize, (1..4_usize, 4..200_usize)),
            check,
        )
        .verdict()
}

/// A last budget that leaves one rung.
fn alone((points, factor, (first, _)): Case) -> Case {
    (points, factor, (first, first))
}

/// `Err` in words unless the rungs are those of the closed form.
fn plan(answer: HalvingRungs, &(points, factor, (first, last)): &Case) -> Result<(), Text> {
    if points == 0 || factor < 2 || first == 0 || first > last {
        return Ok(()); // not asked for
    }
    let rung = |k: u32| {
        let power = factor.pow(k);
        (points / power, first * power)
    };
    let rungs = (0..16).map(rung).take_while(|&(n, b)| n > 0 && b <= last);
    let (right, found) = (
        rungs.collect::<Vec<_>>(),
        answer(points, factor, first, last),
    );
    if found == right {
        return Ok(());
    }
    Err(say!(
        "is {found:?}, not {right:?}",
        "得到 {found:?}，应为 {right:?}"
    ))
}
