//! Distributions and tables to try the laws on.

use gradus_numeric::{NumericError, Simplex};
use gradus_probability::JointTable;
use gradus_testkit::strategies::weights;
use proptest::prelude::*;
use std::iter::zip;

/// Distributions on `n` outcomes: zeros, one-hot, uniform, of all magnitudes.
pub(crate) fn distribution_on(n: usize) -> impl Strategy<Value = Simplex> {
    weights(n).prop_filter_map("weights normalize", |w| Simplex::from_weights(&w).ok())
}

/// Distributions on 1 to 7 outcomes.
pub(crate) fn distribution() -> impl Strategy<Value = Simplex> {
    (1_usize..8).prop_flat_map(distribution_on)
}

/// Two distributions on the same 1 to 7 outcomes; some of them nearly equal.
pub(crate) fn two_distributions() -> impl Strategy<Value = (Simplex, Simplex)> {
    let any = (1_usize..8).prop_flat_map(|n| (distribution_on(n), distribution_on(n)));
    let near = (distribution(), 1e-16..1e-3, 0_usize..7).prop_filter_map(
        "weights normalize",
        |(p, delta, i)| {
            let mut w = p.as_slice().to_vec();
            let n = w.len();
            w[i % n] += delta;
            Some((p, Simplex::from_weights(&w).ok()?))
        },
    );
    prop_oneof![3 => any, 1 => near]
}

/// Three distributions on the same 1 to 7 outcomes.
pub(crate) fn three_distributions() -> impl Strategy<Value = [Simplex; 3]> {
    (1_usize..8).prop_flat_map(|n| [distribution_on(n), distribution_on(n), distribution_on(n)])
}

/// Four distributions on the same 1 to 7 outcomes.
pub(crate) fn four_distributions() -> impl Strategy<Value = [Simplex; 4]> {
    (1_usize..8).prop_flat_map(|n| [(); 4].map(|()| distribution_on(n)))
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

/// A channel: for each of `inputs` values a distribution on `outputs` values.
pub(crate) fn channel(inputs: usize, outputs: usize) -> impl Strategy<Value = Vec<Simplex>> {
    prop::collection::vec(distribution_on(outputs), inputs)
}

/// $`(1 - t) p + t q`$.
pub(crate) fn mixture(p: &Simplex, q: &Simplex, t: f64) -> Result<Simplex, NumericError> {
    let mixed = zip(p.as_slice(), q.as_slice()).map(|(p, q)| (1.0 - t) * p + t * q);
    Simplex::from_weights(&mixed.collect::<Vec<_>>())
}

/// Independent draws from the open interval (0, 1): Steele, Lea and Flood's generator (`SplitMix`).
pub(crate) fn uniforms(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 12) as f64 + 0.5) / 2.0_f64.powi(52)
    }
}
