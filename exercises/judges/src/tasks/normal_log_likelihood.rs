//! The judge of `321_normal_log_likelihood`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use gradus_probability::{Continuous, Normal};
use proptest::collection::vec;

/// Judges the log-likelihood of normal data.
#[must_use]
pub fn normal_log_likelihood(answer: fn(&[f64], f64, f64) -> f64) -> Verdict {
    type Case = (Vec<f64>, f64, f64);
    let call = |(x, mean, deviation): &Case| {
        let [mean, deviation] = [*mean, *deviation].map(number);
        format!("normal_log_likelihood({}, {mean}, {deviation})", vector(x))
    };
    Judge::new(&call)
        .law(
            Law(
                "ln_pdf_is_the_logarithm_of_the_pdf",
                say!(
                    "Σ ln p(x[i]), finite also where p(x[i]) is too small for a number",
                    "Σ ln p(x[i])，即使 p(x[i]) 小得无法表示，结果也有限"
                ),
            ),
            &[
                (vec![0.0], 0.0, 1.0),
                (vec![1.0], 0.0, 1.0),
                (vec![0.0], 0.0, 2.0),
                (vec![2.0], 0.0, 2.0),
                (vec![0.0, 0.0], 0.0, 1.0),
                (vec![40.0], 0.0, 1.0),
            ],
            &(vec(whole(), 1..5), whole(), 0.1..5.0),
            |(x, mean, deviation): &Case| {
                let Ok(normal) = Normal::new(*mean, *deviation) else {
                    return Ok(()); // no law
                };
                let right = x.iter().map(|&x| normal.ln_pdf(x)).sum();
                is(answer(x, *mean, *deviation), right, 1e-11)
            },
        )
        .verdict()
}
