//! The judge of `131_fit_line`.

use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};

/// Judges fit line.
#[must_use]
pub fn fit_line(answer: fn(&[f64], &[f64]) -> (f64, f64)) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(t, y): &Case| format!("fit_line({}, {})", vector(t), vector(y));
    Judge::new(&call)
        .law(
            Law(
                "the_residual_is_perpendicular_to_the_columns",
                say!(
                    "the residual sums to 0, also when weighted by t",
                    "残差之和为 0，以 t 加权之和也为 0"
                ),
            ),
            &[
                (vec![0.0, 1.0], vec![1.0, 1.0]),
                (vec![0.0, 1.0], vec![0.0, 2.0]),
                (vec![0.0, 1.0, 2.0], vec![1.0, 2.0, 6.0]),
            ],
            &two_vectors(),
            |(t, y): &Case| {
                if t.len() != y.len() || t.iter().all(|other| t.first() == Some(other)) {
                    return Ok(()); // no line
                }
                let (c0, c1) = answer(t, y);
                let residual = |i: usize| y[i] - c0 - c1 * t[i];
                let sum: f64 = (0..t.len()).map(residual).sum();
                let weighted: f64 = (0..t.len()).map(|i| t[i] * residual(i)).sum();
                if sum.abs() <= 1e-9 && weighted.abs() <= 1e-9 {
                    return Ok(());
                }
                let line = vector(&[c0, c1]);
                let (sum, weighted) = (number(sum), number(weighted));
                Err(say!(
                    "is {line}; the residual sums to {sum}, weighted by t to {weighted}, not to 0",
                    "得到 {line}；残差之和是 {sum}，以 t 加权之和是 {weighted}，而不是 0"
                ))
            },
        )
        .verdict()
}
