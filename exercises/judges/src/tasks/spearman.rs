//! The judge of `361_spearman`.

use crate::judging::comparison::is;
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;

/// Two samples, to a correlation.
pub type Spearman = fn(&[f64], &[f64]) -> f64;

/// Judges Spearman's correlation.
#[must_use]
pub fn spearman(answer: Spearman) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(x, y): &Case| format!("spearman({}, {})", vector(x), vector(y));
    Judge::new(&call)
        .law(
            Law(
                "spearman_is_pearson_of_ranks",
                say!(
                    "Pearson's correlation of the ranks; equal numbers share the mean of theirs",
                    "秩的皮尔逊相关系数；相等的数取秩的平均"
                ),
            ),
            &[
                (vec![1.0, 2.0], vec![1.0, 2.0]),
                (vec![1.0, 2.0], vec![2.0, 1.0]),
                (vec![1.0, 2.0, 3.0], vec![1.0, 2.0, 9.0]),
                (vec![2.0, 3.0, 1.0], vec![1.0, 3.0, 2.0]),
                (vec![1.0, 1.0, 2.0], vec![1.0, 2.0, 3.0]),
            ],
            &two_vectors(),
            |(x, y): &Case| match gradus_probability::spearman(x, y) {
                Ok(right) => is(answer(x, y), right, 1e-12),
                Err(_) => Ok(()), // a sample without spread
            },
        )
        .verdict()
}
