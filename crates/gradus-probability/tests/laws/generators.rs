//! Distributions and tables to try the laws on.

use gradus_numeric::Simplex;
use gradus_probability::JointTable;
use gradus_testkit::strategies::{integers, structured_vector, vector, weights};
use proptest::prelude::*;

/// Distributions on 1 to 7 outcomes: zeros, one-hot, uniform, of all magnitudes.
pub(crate) fn distribution() -> impl Strategy<Value = Simplex> {
    distribution_on(1..8)
}

/// Distributions on so many outcomes.
pub(crate) fn distribution_on(outcomes: std::ops::Range<usize>) -> impl Strategy<Value = Simplex> {
    weights(outcomes).prop_filter_map("weights normalize", |w| Simplex::from_weights(&w).ok())
}

/// Probabilities that are multiples of 1/64, so that sums of them are exact.
pub(crate) fn dyadic() -> impl Strategy<Value = Simplex> {
    let parts = prop::collection::vec(0_u32..9, 7);
    parts.prop_filter_map("multiples of 1/64", |mut parts| {
        parts.push(64 - parts.iter().sum::<u32>());
        Simplex::new(parts.iter().map(|&k| f64::from(k) / 64.0).collect()).ok()
    })
}

/// Joint tables of 1 × 1 to 4 × 5 entries.
pub(crate) fn table() -> impl Strategy<Value = JointTable> {
    let entries = |(rows, columns)| (Just(columns), weights(rows * columns));
    (1_usize..5, 1_usize..6)
        .prop_flat_map(entries)
        .prop_filter_map("weights normalize", |(columns, w)| {
            let rows: Vec<_> = w.chunks_exact(columns).collect();
            JointTable::from_weights(&rows).ok()
        })
}

/// A distribution and a value for each of its outcomes.
pub(crate) fn variable() -> impl Strategy<Value = (Simplex, Vec<f64>)> {
    distribution().prop_flat_map(|p| {
        let n = p.len();
        (Just(p), values(n))
    })
}

/// A table, a value for each row, a value for each column.
pub(crate) fn pair() -> impl Strategy<Value = (JointTable, Vec<f64>, Vec<f64>)> {
    table().prop_flat_map(|table| {
        let shape = table.shape();
        (Just(table), values(shape.rows), values(shape.columns))
    })
}

/// Ordinary values, small integers, constants and ties.
pub(crate) fn values(n: usize) -> impl Strategy<Value = Vec<f64>> {
    let moderate = |x: Vec<f64>| x.iter().map(|x| x.clamp(-1e3, 1e3)).collect();
    prop_oneof![
        vector(n),
        integers(n),
        structured_vector(n).prop_map(moderate)
    ]
}

/// The largest magnitude; at least 1e-140, so that tolerances relative to its square do not underflow.
pub(crate) fn largest(x: &[f64]) -> f64 {
    x.iter().fold(1e-140, |m, x| f64::max(m, x.abs()))
}
