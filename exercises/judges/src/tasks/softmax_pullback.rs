//! The judge of `023_softmax_pullback`.

use crate::judging::comparison::{is_gradient, part_is};
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Judges the way back through a softmax by differences of its way forward.
#[must_use]
pub fn softmax_pullback(answer: fn(&[f64], &[f64]) -> Vec<f64>) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let softmax = |x: &[f64]| gradus_numeric::softmax(x).unwrap_or_default();
    let call = |(x, g): &Case| format!("softmax_pullback(softmax({}), {})", vector(x), vector(g));
    let slopes = |(x, g): &Case| {
        if x.len() != g.len() || x.is_empty() {
            return Ok(()); // not asked for
        }
        let loss = |x: &[f64]| softmax(x).iter().zip(g).map(|(p, g)| p * g).sum();
        is_gradient(|x| answer(&softmax(x), g), loss, x)
    };
    let sums = |(x, g): &Case| {
        if x.len() != g.len() || x.is_empty() {
            return Ok(());
        }
        let sum = answer(&softmax(x), g).iter().sum();
        part_is(
            ("has entries of which the sum", "各分量之和"),
            sum,
            0.0,
            1e-12,
        )
    };
    let equal = vec![0.0, 0.0];
    Judge::new(&call)
        .law(
            Law(
                "every_rule_passes_the_gradient_check",
                say!(
                    "entry j is the rate at which Σ g[i] p[i] changes as x[j] grows",
                    "第 j 个分量是 x[j] 增大时 Σ g[i] p[i] 的变化率"
                ),
            ),
            &[
                (vec![0.0], vec![1.0]),
                (equal.clone(), vec![1.0, 0.0]),
                (equal, vec![1.0, 1.0]),
                (vec![0.0, 1.0, 2.0], vec![1.0, -1.0, 2.0]),
            ],
            &two_vectors(),
            slopes,
        )
        .law(
            Law(
                "softmax_is_shift_invariant",
                say!(
                    "a shift of all scores changes nothing, so the entries sum to 0",
                    "所有分数一起平移什么也不改变，所以各分量之和为 0"
                ),
            ),
            &[],
            &two_vectors(),
            sums,
        )
        .verdict()
}
