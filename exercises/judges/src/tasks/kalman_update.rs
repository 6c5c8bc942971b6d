//! The judge of `391_kalman_update`.

use crate::judging::comparison::parts_are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_probability::{ConjugatePrior, Normal, NormalMean, ProbabilityError};
use proptest::prelude::Just;
use proptest::prop_oneof;

/// Mean and variance, the variance of a move, what is seen and the variance of its error, to mean and variance.
pub type KalmanUpdate = fn((f64, f64), f64, f64, f64) -> (f64, f64);

/// Judges a step of Kalman's filter.
#[must_use]
pub fn kalman_update(answer: KalmanUpdate) -> Verdict {
    type Case = ((f64, f64), f64, (f64, f64));
    let call = |&((m, v), q, (y, r)): &Case| {
        let [m, v, q, y, r] = [m, v, q, y, r].map(number);
        format!("kalman_update(({m}, {v}), {q}, {y}, {r})")
    };
    let check = |&((m, v), q, (y, r)): &Case| match right((m, v + q), y, r) {
        Ok(right) => {
            let names = [("mean", "均值"), ("variance", "方差")];
            parts_are(names, answer((m, v), q, y, r).into(), right.into(), 1e-11)
        }
        Err(_) => Ok(()), // no variance
    };
    let variance = || prop_oneof![Just(0.25), Just(1.0), Just(2.0), Just(4.0)];
    let move_by = prop_oneof![Just(0.0), Just(1.0), Just(3.0)];
    Judge::new(&call)
        .law(
            Law(
                "filtering_is_conditioning_on_all_observations",
                say!(
                    "Bayes' rule for a normal belief, widened by the move",
                    "对因移动而变宽的正态信念用贝叶斯公式"
                ),
            ),
            &[
                ((0.0, 1.0), 0.0, (2.0, 1.0)),
                ((0.0, 1.0), 1.0, (4.0, 2.0)),
                ((0.0, 1.0), 0.0, (4.0, 3.0)),
                ((1.0, 1.0), 2.0, (5.0, 1.0)),
            ],
            &((whole(), variance()), move_by, (whole(), variance())),
            check,
        )
        .verdict()
}

/// The library's posterior of a normal mean.
fn right((m, v): (f64, f64), y: f64, r: f64) -> Result<(f64, f64), ProbabilityError> {
    let belief = NormalMean::new(Normal::new(m, v.sqrt())?, r.sqrt())?;
    let after = belief.updated(y)?.mean();
    Ok((after.location(), after.standard_deviation().powi(2)))
}
