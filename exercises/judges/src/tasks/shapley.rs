//! The judge of `811_shapley`.

use crate::judging::comparison::{are, length, part_is};
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the shares of a game.
#[must_use]
pub fn shapley(answer: fn(&[f64]) -> Vec<f64>) -> Verdict {
    type Case = Vec<f64>;
    let call = |v: &Case| format!("shapley({})", vector(v));
    let is_game = |v: &Case| v.len() > 1 && v.len().is_power_of_two();
    let efficient = |v: &Case| {
        if !is_game(v) {
            return Ok(()); // not asked for
        }
        let shares = answer(v);
        length(shares.len(), v.len().trailing_zeros() as usize)?;
        let all = vector(&shares);
        let name = (
            &*format!("is {all}; its sum"),
            &*format!("得到 {all}；其和"),
        );
        part_is(name, shares.iter().sum(), v[v.len() - 1] - v[0], 1e-12)
    };
    let averaged = |v: &Case| {
        if !is_game(v) {
            return Ok(());
        }
        are(&answer(v), &over_orders(v), 1e-12)
    };
    let first = [
        vec![0.0, 2.0],
        vec![1.0, 3.0],
        vec![0.0, 0.0, 0.0, 2.0],
        vec![0.0, 1.0, 2.0, 4.0],
        vec![0.0, 0.0, 0.0, 6.0, 0.0, 6.0, 0.0, 6.0],
    ];
    let games = (1..4_u32).prop_flat_map(|n| vec(whole(), 1 << n));
    Judge::new(&call)
        .law(
            Law(
                "shapley_values_are_efficient",
                say!(
                    "all that is earned is shared: the sum is v(all) - v(none)",
                    "收益全部分完：份额之和等于 v(全体) - v(空集)"
                ),
            ),
            &first,
            &games,
            efficient,
        )
        .law(
            Law(
                "interchangeable_players_get_the_same",
                say!(
                    "what a player brings, on average over all orders of coming",
                    "参与者带来的增量，对所有到来次序取平均"
                ),
            ),
            &first,
            &games,
            averaged,
        )
        .verdict()
}

/// The average over all orders, one by one.
fn over_orders(v: &[f64]) -> Vec<f64> {
    let n = v.len().trailing_zeros() as usize;
    let mut sums = vec![0.0; n];
    let mut orders = 0.0;
    for mut code in 0..(1..=n).product::<usize>() {
        orders += 1.0;
        let (mut coming, mut here): (Vec<usize>, usize) = ((0..n).collect(), 0);
        while !coming.is_empty() {
            let player = coming.remove(code % coming.len());
            code /= coming.len() + 1;
            sums[player] += v[here | 1 << player] - v[here];
            here |= 1 << player;
        }
    }
    sums.iter().map(|sum| sum / orders).collect()
}
