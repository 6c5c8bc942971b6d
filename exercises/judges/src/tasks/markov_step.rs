//! The judge of `341_markov_step`.

use crate::judging::comparison::are;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Probabilities of states, and of going from one to another, to probabilities.
pub type MarkovStep = fn(&[f64], &[Vec<f64>]) -> Vec<f64>;

/// Judges a step of a Markov chain.
#[must_use]
pub fn markov_step(answer: MarkovStep) -> Verdict {
    type Case = (Vec<f64>, Vec<Vec<f64>>);
    let call = |(p, m): &Case| format!("markov_step({}, {})", vector(p), rows(m));
    let sums_to_one = |p: &[f64]| (p.iter().sum::<f64>() - 1.0).abs() < 1e-9;
    let check = |(p, m): &Case| {
        let n = p.len();
        let fits = m.len() == n && m.iter().all(|row| row.len() == n && sums_to_one(row));
        if !fits || !sums_to_one(p) {
            return Ok(()); // not a chain
        }
        let into = |j: usize| (0..n).map(|i| p[i] * m[i][j]).sum();
        are(&answer(p, m), &(0..n).map(into).collect::<Vec<_>>(), 1e-12)
    };
    let chain = |n: usize| (distribution(n), vec(distribution(n), n));
    let balanced = (1..9_u8, 1..9_u8).prop_map(|(a, b)| {
        let [a, b] = [a, b].map(|it| f64::from(it) / 9.0);
        let stays = vec![b / (a + b), a / (a + b)];
        (stays, vec![vec![1.0 - a, a], vec![b, 1.0 - b]])
    });
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "every state that leads to j adds its share",
                    "能到达 j 的每个状态都贡献自己的一份"
                ),
            ),
            &[
                (vec![1.0], vec![vec![1.0]]),
                (vec![1.0, 0.0], vec![vec![0.0, 1.0], vec![1.0, 0.0]]),
                (vec![1.0, 0.0], vec![vec![0.5, 0.5], vec![0.0, 1.0]]),
            ],
            &(2..4_usize).prop_flat_map(chain),
            check,
        )
        .law(
            Law(
                "a_stationary_distribution_stays",
                say!("a stationary distribution stays", "平稳分布保持不变"),
            ),
            &[(vec![0.5, 0.5], vec![vec![0.0, 1.0], vec![1.0, 0.0]])],
            &balanced,
            check,
        )
        .verdict()
}
