//! The judge of `126_conjugate_gradients_step`.

use crate::judging::comparison::length;
use crate::judging::law::{Judge, Law};
use crate::judging::text::Text;
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, rows, vector};
use gradus_testkit::scaled;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// A matrix, a point, its remainder and a direction, to the next three.
pub type ConjugateGradientsStep =
    fn(&[Vec<f64>], &[f64], &[f64], &[f64]) -> (Vec<f64>, Vec<f64>, Vec<f64>);

/// A matrix, a right-hand side, and how many steps were made.
type Case = (Vec<Vec<f64>>, Vec<f64>, usize);

/// Judges a step of conjugate gradients from 0 or from the point after a step.
#[must_use]
pub fn conjugate_gradients_step(answer: ConjugateGradientsStep) -> Verdict {
    let call = |(a, b, steps): &Case| {
        let [x, r, p] = state(a, b, *steps).map(|it| vector(&it));
        format!("conjugate_gradients_step({}, {x}, {r}, {p})", rows(a))
    };
    let check = |(a, b, steps): &Case| {
        let fits = a.len() == b.len() && a.iter().all(|row| row.len() == b.len());
        let [x, r, p] = state(a, b, *steps);
        if !fits || dot(&r, &r) < 1e-20 {
            return Ok(()); // nothing is left to do
        }
        let right = step(a, [&x, &r, &p]);
        let (x, r, p) = answer(a, &x, &r, &p);
        ["x", "r", "p"]
            .iter()
            .zip([x, r, p])
            .zip(right)
            .try_for_each(|((name, value), right)| part(name, &value, &right))
    };
    let bowl = (1..4_usize).prop_flat_map(|n| (vec(vec(-2..=2_i32, n), n), vec(-3..=3_i32, n)));
    let more = (bowl, 0..2_usize).prop_map(|((square, b), steps)| {
        let a = |i: usize, j: usize| {
            let sum: i32 = square.iter().map(|row| row[i] * row[j]).sum();
            f64::from(sum + i32::from(i == j)) // a square, and 1 more: positive definite
        };
        let n = b.len();
        let a = (0..n).map(|i| (0..n).map(|j| a(i, j)).collect()).collect();
        (a, b.into_iter().map(f64::from).collect(), steps)
    });
    let round = vec![vec![2.0, 0.0], vec![0.0, 2.0]];
    let bent = vec![vec![4.0, 1.0], vec![1.0, 3.0]];
    Judge::new(&call)
        .law(
            Law(
                "conjugate_gradients_need_at_most_n_steps",
                say!(
                    "the lowest point along p, what is left there, and the direction r' + β p",
                    "沿 p 的最低点、那里的残差，以及方向 r' + β p"
                ),
            ),
            &[
                (vec![vec![2.0]], vec![4.0], 0),
                (round, vec![1.0, 1.0], 0),
                (bent.clone(), vec![1.0, 2.0], 0),
                (bent, vec![1.0, 2.0], 1),
            ],
            &more,
            check,
        )
        .verdict()
}

/// `Err` in words unless a part of the answer is right.
fn part(name: &str, value: &[f64], right: &[f64]) -> Result<(), Text> {
    length(value.len(), right.len())?;
    let off = |i: &usize| scaled(value[*i], right[*i], 1e-9, right[*i].abs().max(1.0)).is_err();
    match (0..right.len()).find(off) {
        None => Ok(()),
        Some(i) => {
            let [value, right] = [value[i], right[i]].map(number);
            Err(say!(
                "has {value} as entry {i} of {name}, not {right}",
                "得到的 {name} 的第 {i} 个分量是 {value}，应为 {right}"
            ))
        }
    }
}

fn dot(u: &[f64], v: &[f64]) -> f64 {
    u.iter().zip(v).map(|(u, v)| u * v).sum()
}

fn plus(u: &[f64], factor: f64, v: &[f64]) -> Vec<f64> {
    u.iter().zip(v).map(|(u, v)| u + factor * v).collect()
}

/// The point, what is left and the direction after some steps from 0.
fn state(a: &[Vec<f64>], b: &[f64], steps: usize) -> [Vec<f64>; 3] {
    let start = [vec![0.0; b.len()], b.to_vec(), b.to_vec()];
    (0..steps).fold(start, |[x, r, p], _| {
        if dot(&r, &r) == 0.0 {
            return [x, r, p];
        }
        step(a, [&x, &r, &p])
    })
}

fn step(a: &[Vec<f64>], [x, r, p]: [&[f64]; 3]) -> [Vec<f64>; 3] {
    let ap: Vec<f64> = a.iter().map(|row| dot(row, p)).collect();
    let alpha = dot(r, r) / dot(p, &ap);
    let next = plus(r, -alpha, &ap);
    let beta = dot(&next, &next) / dot(r, r);
    [plus(x, alpha, p), next.clone(), plus(&next, beta, p)]
}
