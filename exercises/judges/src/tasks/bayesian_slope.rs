//! The judge of `386_bayesian_slope`.

use crate::judging::comparison::parts_are;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::prelude::Just;
use proptest::prop_oneof;

/// Inputs, targets and the precisions of weight and noise, to mean and variance of the slope.
pub type BayesianSlope = fn(&[f64], &[f64], f64, f64) -> (f64, f64);

/// Judges the belief about a slope.
#[must_use]
pub fn bayesian_slope(answer: BayesianSlope) -> Verdict {
    type Case = ((Vec<f64>, Vec<f64>), f64, f64);
    let call = |((x, y), alpha, beta): &Case| {
        let [alpha, beta] = [*alpha, *beta].map(number);
        format!(
            "bayesian_slope({}, {}, {alpha}, {beta})",
            vector(x),
            vector(y)
        )
    };
    let check = |((x, y), alpha, beta): &Case| {
        if x.len() != y.len() || !(*alpha > 0.0 && *beta > 0.0) {
            return Ok(()); // not asked for
        }
        let (mean, variance) = answer(x, y, *alpha, *beta);
        let sum = |z: &[f64]| x.iter().zip(z).map(|(x, z)| x * z).sum::<f64>();
        // the mean is ridge regression with λ = α / β
        let ridge = sum(y) / (sum(x) + alpha / beta);
        let right = [ridge, (alpha + beta * sum(x)).recip()];
        let names = [("mean", "均值"), ("variance", "方差")];
        parts_are(names, [mean, variance], right, 1e-12)
    };
    let precision = || prop_oneof![Just(0.25), Just(0.5), Just(1.0), Just(2.0), Just(4.0)];
    Judge::new(&call)
        .law(
            Law(
                "the_posterior_of_weights_is_prior_times_likelihood",
                say!(
                    "precisions add, and the mean is ridge regression with λ = α / β",
                    "精度相加，均值是 λ = α / β 的岭回归"
                ),
            ),
            &[
                ((vec![], vec![]), 2.0, 1.0),
                ((vec![1.0], vec![2.0]), 1.0, 1.0),
                ((vec![1.0], vec![1.0]), 1.0, 4.0),
                ((vec![1.0, 2.0], vec![2.0, 3.0]), 1.0, 1.0),
            ],
            &(two_vectors(), precision(), precision()),
            check,
        )
        .verdict()
}
