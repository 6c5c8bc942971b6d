//! The judge of `461_fisher_information`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_information::FisherInformation;
use gradus_probability::Bernoulli;
use proptest::strategy::Strategy;

/// Judges the Fisher information of a coin.
#[must_use]
pub fn fisher_information(answer: fn(f64) -> f64) -> Verdict {
    let call = |p: &f64| format!("fisher_information({})", number(*p));
    Judge::new(&call)
        .law(
            Law(
                "fisher_information_is_the_variance_of_the_score",
                say!(
                    "the mean of the square of the score: 1 / p for heads, -1 / (1 - p) for tails",
                    "得分函数平方的平均：正面为 1 / p，反面为 -1 / (1 - p)"
                ),
            ),
            &[0.5, 0.25, 0.75, 0.1],
            &(1..100).prop_map(|percent| 0.01 * f64::from(percent)),
            |p: &f64| match Bernoulli::new(*p) {
                Ok(coin) if *p > 0.0 && *p < 1.0 => {
                    let right = coin.fisher_information().get(0, 0).unwrap_or(f64::NAN);
                    is(answer(*p), right, 1e-12)
                }
                _ => Ok(()), // no coin
            },
        )
        .verdict()
}
