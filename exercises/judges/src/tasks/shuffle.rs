//! The judge of `331_shuffle`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use proptest::strategy::Strategy;
use std::collections::BTreeMap;

/// Judges a permutation made of draws.
#[must_use]
pub fn shuffle(answer: fn(&[usize]) -> Vec<usize>) -> Verdict {
    type Case = Vec<usize>;
    let call = |picks: &Case| format!("shuffle({picks:?})");
    let few = [
        vec![],
        vec![0],
        vec![0, 0],
        vec![0, 1],
        vec![0, 0, 0],
        vec![0, 1, 2],
        vec![0, 1, 0],
    ];
    let more = (1..7_usize, 0..5040_usize).prop_map(|(n, number)| picks(n, number));
    Judge::new(&call)
        .law(
            Law(
                "a_permutation_holds_every_index_once",
                say!("every index once", "每个下标恰好出现一次"),
            ),
            &few,
            &more,
            |picks: &Case| holds_all(&answer(picks), picks.len()),
        )
        .law(
            Law(
                "all_orders_are_equally_likely",
                say!(
                    "no other picks of the same length lead to the same order",
                    "同样长度的其他抽取不会得到相同的顺序"
                ),
            ),
            &few,
            &more,
            |mine: &Case| {
                let n = mine.len();
                if n > 5 || mine.iter().enumerate().any(|(i, pick)| *pick > i) {
                    return Ok(()); // too many to try, or no draw
                }
                let orders: usize = (1..=n).product();
                let mut seen: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
                for picks in (0..orders).map(|number| picks(n, number)) {
                    let order = answer(&picks);
                    if let Some(before) = seen.insert(order.clone(), picks.clone())
                        && (before == *mine || picks == *mine)
                    {
                        let other = if before == *mine { picks } else { before };
                        return Err(say!(
                            "is {order:?}, and so is shuffle({other:?}): another order never comes",
                            "得到 {order:?}，而 shuffle({other:?}) 也是如此：于是有的顺序永远不会出现"
                        ));
                    }
                }
                Ok(())
            },
        )
        .verdict()
}

/// The draws number 0, 1, … of n!: pick i is a digit of the number in base i + 1.
fn picks(n: usize, mut number: usize) -> Vec<usize> {
    (1..=n)
        .map(|base| {
            let digit = number % base;
            number /= base;
            digit
        })
        .collect()
}

/// `Err` unless every index from 0 to n - 1 is there once.
fn holds_all(order: &[usize], n: usize) -> Result<(), Text> {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    if sorted.iter().copied().eq(0..n) {
        return Ok(());
    }
    Err(say!(
        "is {order:?}, not an order of the indices from 0 to n - 1",
        "得到 {order:?}，不是从 0 到 n - 1 的一个排列"
    ))
}
