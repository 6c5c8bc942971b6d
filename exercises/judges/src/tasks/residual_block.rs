//! The judge of `714_residual_block`.

use crate::judging::comparison::are;
use crate::judging::inputs::{matrix, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// An input and the weights of two layers, to an output.
pub type ResidualBlock = fn(&[f64], &[Vec<f64>], &[Vec<f64>]) -> Vec<f64>;

/// Judges a residual block.
#[must_use]
pub fn residual_block(answer: ResidualBlock) -> Verdict {
    type Case = (Vec<f64>, Vec<Vec<f64>>, Vec<Vec<f64>>);
    let call =
        |(x, w1, w2): &Case| format!("residual_block({}, {}, {})", vector(x), rows(w1), rows(w2));
    let zero = |n: usize| vec![vec![0.0; n]; n];
    let fits = |(x, w1, w2): &Case| {
        w1.iter().all(|row| row.len() == x.len())
            && w2.len() == x.len()
            && w2.iter().all(|row| row.len() == w1.len())
    };
    let check = |case: &Case| {
        let (x, w1, w2) = case;
        if !fits(case) {
            return Ok(()); // not asked for
        }
        are(&answer(x, w1, w2), &block(x, w1, w2), 1e-13)
    };
    let any = (1..4_usize, 1..4_usize)
        .prop_flat_map(|(n, hidden)| (vec(whole(), n), matrix(hidden, n), matrix(n, hidden)));
    Judge::new(&call)
        .law(
            Law(
                "a_residual_of_nothing_is_the_identity",
                say!(
                    "with weights of zero what goes in comes out",
                    "权重为零时，输入什么就输出什么"
                ),
            ),
            &[
                (vec![1.0], zero(1), zero(1)),
                (vec![-1.0], zero(1), zero(1)),
                (vec![1.0, -2.0], zero(2), zero(2)),
            ],
            &vec(whole(), 1..4).prop_map(move |x| {
                let n = x.len();
                (x, zero(n), zero(n))
            }),
            check,
        )
        .law(
            Law("", say!("x + W₂ max(0, W₁ x)", "x + W₂ max(0, W₁ x)")),
            &[
                (vec![1.0], vec![vec![2.0]], vec![vec![3.0]]),
                (vec![1.0], vec![vec![2.0]], vec![vec![-3.0]]),
                (vec![1.0], vec![vec![-2.0]], vec![vec![3.0]]),
            ],
            &any,
            check,
        )
        .verdict()
}

fn block(x: &[f64], w1: &[Vec<f64>], w2: &[Vec<f64>]) -> Vec<f64> {
    let mut sum = x.to_vec();
    for (h, row) in w1.iter().enumerate() {
        let z: f64 = row.iter().zip(x).map(|(w, x)| w * x).sum();
        for (sum, row) in sum.iter_mut().zip(w2) {
            *sum += row[h] * z.max(0.0);
        }
    }
    sum
}
