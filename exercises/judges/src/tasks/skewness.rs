//! The judge of `318_skewness`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Judges the skewness of a sample.
#[must_use]
pub fn skewness(answer: fn(&[f64]) -> f64) -> Verdict {
    type Case = Vec<f64>;
    let call = |x: &Case| format!("skewness({})", vector(x));
    Judge::new(&call)
        .law(
            Law(
                "standardized_moments_are_integrals",
                say!(
                    "the mean of the cubes of (x - mean) / s: 0 for a symmetric sample, the same in any unit",
                    "(x - 均值) / s 的立方的平均：对称的样本为 0，且与单位无关"
                ),
            ),
            &[
                vec![-1.0, 1.0],
                vec![1.0, 3.0],
                vec![0.0, 0.0, 0.0, 4.0],
                vec![0.0, 4.0, 4.0, 4.0],
                vec![1.0, 1.0, 2.0],
            ],
            &vec(whole(), 2..6),
            |x: &Case| match moments(x) {
                Some([second, third]) => is(answer(x), third / (second * second.sqrt()), 1e-10),
                None => Ok(()), // no spread
            },
        )
        .verdict()
}

/// The second and the third central moment, unless all numbers are the same.
fn moments(x: &[f64]) -> Option<[f64; 2]> {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let moment = |power| x.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
    (moment(2) > 1e-6).then(|| [moment(2), moment(3)])
}
