//! The judge of `526_proximal_step`.

use crate::judging::comparison::are;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::strategy::{Just, Strategy};

/// Weights, gradient, rate and strength, to weights.
pub type ProximalStep = fn(&[f64], &[f64], f64, f64) -> Vec<f64>;

/// Judges a step with a price on sizes.
#[must_use]
pub fn proximal_step(answer: ProximalStep) -> Verdict {
    type Case = ((Vec<f64>, Vec<f64>), f64, f64);
    let call = |((w, g), rate, lambda): &Case| {
        let (w, g, rate, lambda) = (vector(w), vector(g), number(*rate), number(*lambda));
        format!("proximal_step({w}, {g}, {rate}, {lambda})")
    };
    let check = |((w, g), rate, lambda): &Case| {
        if w.len() != g.len() || *rate < 0.0 || *lambda < 0.0 {
            return Ok(()); // not asked for
        }
        let by = rate * lambda;
        let soft = |x: f64| x - x.clamp(-by, by);
        let moved = w.iter().zip(g).map(|(w, g)| w - rate * g);
        are(
            &answer(w, g, *rate, *lambda),
            &moved.map(soft).collect::<Vec<_>>(),
            1e-12,
        )
    };
    let eighths = || (1..9).prop_map(|it| f64::from(it) / 8.0);
    let strength = || (0..9).prop_map(f64::from);
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "without a price it is gradient descent",
                    "没有惩罚时就是梯度下降"
                ),
            ),
            &[
                ((vec![1.0], vec![0.0]), 1.0, 0.0),
                ((vec![1.0], vec![2.0]), 0.5, 0.0),
            ],
            &(two_vectors(), eighths(), Just(0.0)),
            check,
        )
        .law(
            Law(
                "soft_thresholding_solves_the_lasso",
                say!(
                    "then towards 0 by the rate times λ, and not across",
                    "再向 0 移动学习率乘以 λ，但不越过 0"
                ),
            ),
            &[
                ((vec![3.0], vec![0.0]), 1.0, 1.0),
                ((vec![3.0], vec![0.0]), 0.5, 2.0),
                ((vec![3.0], vec![5.0]), 1.0, 1.0),
                ((vec![1.0], vec![0.0]), 1.0, 2.0),
                ((vec![1.0], vec![-1.0]), 1.0, 2.0),
            ],
            &(two_vectors(), eighths(), strength()),
            check,
        )
        .verdict()
}
