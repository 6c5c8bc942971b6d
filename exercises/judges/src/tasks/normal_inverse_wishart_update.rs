//! The judge of `376_normal_inverse_wishart_update`.

use crate::judging::comparison::parts_are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// A prior and observations, to a posterior.
pub type NormalInverseWishartUpdate = fn((f64, f64, f64), &[f64]) -> (f64, f64, f64);

/// Judges the posterior of mean and variance.
#[must_use]
pub fn normal_inverse_wishart_update(answer: NormalInverseWishartUpdate) -> Verdict {
    type Case = ((f64, f64, f64), Vec<f64>);
    let call = |((m, weight, scale), x): &Case| {
        let [m, weight, scale] = [*m, *weight, *scale].map(number);
        format!(
            "normal_inverse_wishart_update(({m}, {weight}, {scale}), {})",
            vector(x)
        )
    };
    let check = |(prior, x): &Case| {
        if !(prior.1 > 0.0 && prior.2 > 0.0) {
            return Ok(()); // no prior
        }
        let (location, weight, scale) = answer(*prior, x);
        let right = x.iter().fold(*prior, |prior, x| one_more(prior, *x));
        let names = [("location", "位置"), ("weight", "权重"), ("scale", "尺度")];
        parts_are(names, [location, weight, scale], right.into(), 1e-11)
    };
    let prior = (whole(), 1..5_i32, 1..5_i32)
        .prop_map(|(m, weight, scale)| (m, f64::from(weight), f64::from(scale)));
    Judge::new(&call)
        .law(
            Law(
                "a_normal_inverse_wishart_posterior_is_prior_times_likelihood",
                say!(
                    "the same as one observation after the other",
                    "与逐个观测得到的结果相同"
                ),
            ),
            &[
                ((0.0, 1.0, 1.0), vec![]),
                ((0.0, 1.0, 1.0), vec![2.0]),
                ((0.0, 1.0, 1.0), vec![-1.0, 1.0]),
                ((1.0, 2.0, 1.0), vec![4.0, 6.0]),
            ],
            &(prior, vec(whole(), 0..4)),
            check,
        )
        .verdict()
}

/// The posterior after one observation: no spread of its own.
fn one_more((m, weight, scale): (f64, f64, f64), x: f64) -> (f64, f64, f64) {
    let after = weight + 1.0;
    (
        (weight * m + x) / after,
        after,
        scale + weight / after * (x - m) * (x - m),
    )
}
