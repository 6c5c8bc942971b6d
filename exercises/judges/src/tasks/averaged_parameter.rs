//! The judge of `652_averaged_parameter`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges an average of parameters.
#[must_use]
pub fn averaged_parameter(answer: fn(&[f64], f64) -> f64) -> Verdict {
    type Case = (Vec<f64>, f64);
    let call =
        |(theta, beta): &Case| format!("averaged_parameter({}, {})", vector(theta), number(*beta));
    let check = |(theta, beta): &Case| {
        if theta.is_empty() || !(0.0..1.0).contains(beta) {
            return Ok(()); // not asked for
        }
        // The last weighs 1, the one before β, then β², …
        let ages = theta.iter().rev().zip(0..);
        let (sum, weights) = ages.fold((0.0, 0.0), |(sum, weights), (theta, age)| {
            let weight = beta.powi(age);
            (sum + weight * theta, weights + weight)
        });
        is(answer(theta, *beta), sum / weights, 1e-12)
    };
    let beta = || (0..10).prop_map(|it| f64::from(it) / 10.0);
    let constant = (whole(), 1..5_usize).prop_map(|(theta, t)| vec![theta; t]);
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "the average of a constant is the constant",
                    "常数的平均就是这个常数"
                ),
            ),
            &[(vec![4.0], 0.0), (vec![4.0], 0.5), (vec![4.0, 4.0], 0.5)],
            &(constant, beta()),
            check,
        )
        .law(
            Law(
                "an_average_is_the_weighted_mean",
                say!(
                    "a mean in which each step weighs β times the next one",
                    "加权平均，每一步的权重是后一步的 β 倍"
                ),
            ),
            &[
                (vec![0.0, 3.0], 0.5),
                (vec![3.0, 0.0], 0.5),
                (vec![1.0, 2.0], 0.0),
            ],
            &(vec(whole(), 1..6), beta()),
            check,
        )
        .verdict()
}
