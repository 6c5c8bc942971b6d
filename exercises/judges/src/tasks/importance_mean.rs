//! The judge of `342_importance_mean`.

use crate::judging::comparison::is;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::strategy::Strategy;

/// Judges the mean of weighted draws.
#[must_use]
pub fn importance_mean(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(f, l): &Case| format!("importance_mean({}, {})", vector(f), vector(l));
    let check = |(f, l): &Case| {
        if f.is_empty() || f.len() != l.len() {
            return Ok(()); // not asked for
        }
        let top = l.iter().fold(f64::NEG_INFINITY, |top, l| top.max(*l));
        let weight = |l: &f64| (l - top).exp();
        let total: f64 = l.iter().map(weight).sum();
        let right = f.iter().zip(l).map(|(f, l)| f * weight(l)).sum::<f64>() / total;
        is(answer(f, l), right, 1e-9)
    };
    let far = (two_vectors(), -2..3_i32).prop_map(|((f, l), it)| {
        let shift = 1000.0 * f64::from(it);
        (f, l.iter().map(|l| l + shift).collect::<Vec<_>>())
    });
    Judge::new(&call)
        .law(
            Law(
                "importance_sampling_finds_the_mean",
                say!("a mean with these weights", "以这些权重求平均"),
            ),
            &[
                (vec![3.0], vec![0.0]),
                (vec![2.0, 4.0], vec![0.0, 0.0]),
                (vec![0.0, 1.0], vec![0.0, 1.0]),
            ],
            &two_vectors(),
            check,
        )
        .law(
            Law(
                "",
                say!(
                    "a common factor changes nothing, however large",
                    "共同的因子无论多大都不影响结果"
                ),
            ),
            &[
                (vec![2.0, 4.0], vec![1000.0, 1000.0]),
                (vec![2.0, 4.0], vec![-1000.0, -1000.0]),
            ],
            &far,
            check,
        )
        .verdict()
}
