//! The judge of `517_triplet_gradient`.

use crate::judging::comparison::{are, is_gradient};
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Anchor, positive, negative and margin, to a gradient.
pub type TripletGradient = fn(&[f64], &[f64], &[f64], f64) -> Vec<f64>;

/// Judges the gradient of the triplet loss by its anchor.
#[must_use]
pub fn triplet_gradient(answer: TripletGradient) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>, Vec<f64>);
    let call = |(a, p, n): &Case| {
        let [a, p, n] = [a, p, n].map(|it| vector(it));
        format!("triplet_gradient({a}, {p}, {n}, 1)")
    };
    let asked = |(a, p, n): &Case| {
        let fits = !a.is_empty() && a.len() == p.len() && a.len() == n.len();
        fits && distance(a, p) > 0.0 && distance(a, n) > 0.0
    };
    let in_order = |case: &Case| {
        if !asked(case) || loss(&case.0, case) > 0.0 {
            return Ok(());
        }
        let (a, p, n) = case;
        are(&answer(a, p, n, 1.0), &vec![0.0; a.len()], 0.0)
    };
    let sloped = |case: &Case| {
        let (a, p, n) = case;
        if !asked(case) || loss(a, case) == 0.0 {
            return Ok(());
        }
        is_gradient(|a| answer(a, p, n, 1.0), |a| loss(a, case), a)
    };
    let more = (vec(whole(), 2), vec(whole(), 2), vec(whole(), 2));
    Judge::new(&call)
        .law(
            Law(
                "beyond_the_margin_nothing_pulls",
                say!(
                    "a triplet in order by the margin gives no gradient",
                    "顺序正确且超过间隔的三元组没有梯度"
                ),
            ),
            &[
                (vec![0.0], vec![1.0], vec![5.0]),
                (vec![0.0, 0.0], vec![1.0, 0.0], vec![0.0, 4.0]),
            ],
            &more,
            in_order,
        )
        .law(
            Law(
                "comparison_gradients_are_derivatives",
                say!(
                    "otherwise away from the negative and towards the positive: the slope of the loss",
                    "否则远离负样本、靠近正样本：即损失的斜率"
                ),
            ),
            &[
                (vec![0.0], vec![2.0], vec![-2.0]),
                (vec![0.0, 0.0], vec![3.0, 4.0], vec![0.0, 5.0]),
                (vec![1.0, 1.0], vec![3.0, 1.0], vec![1.0, 2.0]),
            ],
            &more,
            sloped,
        )
        .verdict()
}

fn loss(a: &[f64], (_, p, n): &(Vec<f64>, Vec<f64>, Vec<f64>)) -> f64 {
    (distance(a, p) - distance(a, n) + 1.0).max(0.0)
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).powi(2))
        .sum::<f64>()
        .sqrt()
}
