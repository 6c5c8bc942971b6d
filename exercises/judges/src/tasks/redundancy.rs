//! The judge of `471_redundancy`.

use crate::judging::comparison::is;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use gradus_information::{InformationError, JointDistribution, partial_information_min};
use proptest::collection::vec;

/// A distribution and the distributions of two sources given it, to a redundancy.
pub type Redundancy = fn(&[f64], &[Vec<f64>], &[Vec<f64>]) -> f64;

/// Judges the redundancy of two sources.
#[must_use]
pub fn redundancy(answer: Redundancy) -> Verdict {
    type Case = (Vec<f64>, Vec<Vec<f64>>, Vec<Vec<f64>>);
    let call = |(target, first, second): &Case| {
        format!(
            "redundancy({}, {}, {})",
            vector(target),
            rows(first),
            rows(second)
        )
    };
    let sharp = || vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let blind = || vec![vec![0.5, 0.5], vec![0.5, 0.5]];
    let even = || vec![0.5, 0.5];
    // the first one tells a 0, the second one a 1
    let [left, right] = [
        vec![vec![1.0, 0.0], vec![0.5, 0.5]],
        vec![vec![0.5, 0.5], vec![0.0, 1.0]],
    ];
    let source = || vec(distribution(2), 2..=2);
    Judge::new(&call)
        .law(
            Law(
                "parts_of_information_add_up",
                say!(
                    "for each value of the target the source that tells less about it, then the mean",
                    "对目标的每个取值，取说明较少的那个信源，再求平均"
                ),
            ),
            &[
                (even(), sharp(), sharp()),
                (even(), sharp(), blind()),
                (vec![0.25, 0.75], sharp(), sharp()),
                (even(), left, right),
            ],
            &(distribution(2), source(), source()),
            |(target, first, second): &Case| match right_one(target, first, second) {
                Ok(right) => is(answer(target, first, second), right, 1e-12),
                Err(_) => Ok(()), // no distribution
            },
        )
        .verdict()
}

/// The library's redundancy, of sources that are independent given the target: how they are joined does not matter.
fn right_one(
    target: &[f64],
    first: &[Vec<f64>],
    second: &[Vec<f64>],
) -> Result<f64, InformationError> {
    let mut joint = Vec::new();
    for (p, (a, b)) in target.iter().zip(first.iter().zip(second)) {
        joint.extend(a.iter().flat_map(|a| b.iter().map(move |b| p * a * b)));
    }
    let names = [("y", target.len()), ("a", 2), ("b", 2)];
    let table = JointDistribution::new(&names, joint)?;
    Ok(partial_information_min(&table, &["y"], &["a"], &["b"])?.redundancy)
}
