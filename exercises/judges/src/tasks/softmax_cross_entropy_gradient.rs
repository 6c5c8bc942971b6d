//! The judge of `512_softmax_cross_entropy_gradient`.

use crate::judging::comparison::is_gradient;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_numeric::log_sum_exp;
use gradus_testkit::strategies;
use proptest::prelude::any;
use proptest::strategy::Strategy;

/// Judges $`\partial \ell / \partial z`$ of $`\ell = \operatorname{lse}(z) - z_y`$.
#[must_use]
pub fn softmax_cross_entropy_gradient(answer: fn(&[f64], usize) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, usize);
    let label = |(z, y): &Case| y % z.len().max(1);
    let call = |case: &Case| format!("gradient({}, {})", vector(&case.0), label(case));
    let small = &[(vec![0.0], 0), (vec![0.0; 2], 0), (vec![1.0, 0.0, 2.0], 1)];

    let derivative = |case: &Case| {
        if case.0.is_empty() {
            return Ok(());
        }
        let y = label(case);
        is_gradient(|z| answer(z, y), |z| log_sum_exp(z) - z[y], &case.0)
    };
    let extreme = |case: &Case| {
        if case.0.is_empty() {
            return Ok(());
        }
        let g = answer(&case.0, label(case));
        if g.iter().all(|g| g.abs() <= 1.0) {
            return Ok(());
        }
        let all = vector(&g);
        Err(if g.iter().any(|g| g.is_nan()) {
            say!(
                "is {all}; a gradient has no NaN",
                "得到 {all}；梯度中不应有 NaN"
            )
        } else {
            say!(
                "is {all}; no entry exceeds 1 in size",
                "得到 {all}；每个分量的绝对值都不应超过 1"
            )
        })
    };
    let tame = (strategies::vector(1..5), any::<usize>())
        .prop_map(|(z, y)| (z.into_iter().map(|z| z / 20.0).collect(), y));
    Judge::new(&call)
        .law(
            Law(
                "gradients_are_derivatives",
                say!(
                    "an entry is the slope of the loss ln Σ e^z - z[y] along its logit",
                    "每个分量是损失 ln Σ e^z - z[y] 对相应 logit 的偏导数"
                ),
            ),
            small,
            &tame,
            derivative,
        )
        .law(
            Law(
                "extreme_logits_cost_finitely",
                say!(
                    "a gradient lies between -1 and 1, however large the logits",
                    "无论 logit 多大，梯度的每个分量都在 -1 与 1 之间"
                ),
            ),
            &[(vec![1000.0, 0.0], 0), (vec![1000.0, 0.0], 1)],
            &(strategies::logits(1..5), any::<usize>()),
            extreme,
        )
        .verdict()
}
