//! Weights, distributions and class labels.

use proptest::collection::{SizeRange, vec};
use proptest::prelude::*;

/// Non-negative weights with a positive, finite sum: ordinary ones, many zeros, one-hots, equal ones and
/// magnitudes from 1e-300 to 1. The length must allow at least one entry.
///
/// # Examples
///
/// ```
/// use gradus_testkit::{cases, strategies::weights};
/// use proptest::prelude::*;
///
/// proptest!(cases(), |(w in weights(1..6))| {
///     prop_assert!(w.iter().all(|&w| w >= 0.0) && w.iter().sum::<f64>() > 0.0);
/// });
/// ```
pub fn weights(length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<f64>> {
    (vec(0.0..1.0, length), 0..8, any::<u32>())
        .prop_map(|(entries, kind, which)| with_structure(entries, kind, which as usize))
        .prop_filter("at least one weight is positive", |w| {
            w.iter().sum::<f64>() > 0.0
        })
}

/// Points of the probability simplex: non-negative, with a sum within $`4 n \varepsilon`$ of 1.
///
/// Zeros, one-hots and uniform points are among them. The length must allow at least one entry.
///
/// # Examples
///
/// ```
/// use gradus_testkit::{cases, scaled, strategies::simplex_point};
/// use proptest::prelude::*;
///
/// proptest!(cases(), |(p in simplex_point(1..9))| {
///     scaled(p.iter().sum(), 1.0, 4.0 * f64::EPSILON, p.len() as f64)?;
/// });
/// ```
pub fn simplex_point(length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<f64>> {
    weights(length).prop_map(|w| {
        let total: f64 = w.iter().sum();
        w.into_iter().map(|w| w / total).collect()
    })
}

/// Class labels in `0..classes`.
pub fn labels(classes: u32, length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<u32>> {
    vec(0..classes, length)
}

/// Half of the draws stay as they are; the others become one-hot, equal, sparse or widely spread.
fn with_structure(mut entries: Vec<f64>, kind: i32, which: usize) -> Vec<f64> {
    let hot = which % entries.len().max(1);
    for (i, w) in entries.iter_mut().enumerate() {
        *w = match kind {
            0 if i == hot => 1.0,
            0 => 0.0,
            1 => 1.0,
            2 if (which >> (i % 32)) & 1 == 1 => 0.0,
            3 => 10_f64.powf(-300.0 * *w),
            _ => *w,
        };
    }
    entries
}
