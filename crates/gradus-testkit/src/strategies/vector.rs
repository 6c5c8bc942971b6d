//! Vectors.

use super::scalar::finite;
use proptest::collection::{SizeRange, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// Vectors with entries uniform in ±100.
///
/// # Examples
///
/// ```
/// use gradus_testkit::{cases, strategies::vector};
/// use proptest::prelude::*;
///
/// proptest!(cases(), |(x in vector(1..5))| {
///     prop_assert!((1..5).contains(&x.len()));
/// });
/// ```
pub fn vector(length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<f64>> {
    vec(-100.0..100.0, length)
}

/// Vectors of small integers ±9: sums and products of them are exact.
pub fn integers(length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<f64>> {
    vec((-9..=9).prop_map(f64::from), length)
}

/// Vectors with structure: zeros, constant, one-hot, ties, tiny, huge, mixed magnitudes.
///
/// Squares of the tiny ones underflow and squares of the huge ones overflow.
pub fn structured_vector(length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<f64>> {
    // Every structure reads the same drawn entries, so lengths come from one place.
    (vec(finite(), length), select(&STRUCTURES), any::<u32>()).prop_map(
        |(mut entries, structure, which)| {
            structure(&mut entries, which as usize);
            entries
        },
    )
}

/// Scores before a softmax: ordinary ones, ties, and entries of ±1e4 and ±1e38; never infinite.
pub fn logits(length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<f64>> {
    let score = prop_oneof![
        12 => -10.0..10.0,
        2 => Just(0.0),
        1 => select(&[-1e4, 1e4]),
        1 => select(&[-1e38, 1e38]),
    ];
    (vec(score, length), 0..8).prop_map(|(scores, kind)| match (kind, scores.first()) {
        (0, Some(&first)) => vec![first; scores.len()],
        _ => scores,
    })
}

type Structure = fn(&mut [f64], usize);

const STRUCTURES: [Structure; 7] = [zeros, constant, one_hot, ties, tiny, huge, mixed];

fn zeros(entries: &mut [f64], _: usize) {
    entries.fill(0.0);
}

fn constant(entries: &mut [f64], which: usize) {
    let value = entries.get(which % entries.len().max(1)).copied();
    entries.fill(value.unwrap_or(0.0));
}

fn one_hot(entries: &mut [f64], which: usize) {
    entries.fill(0.0);
    if let Some(hot) = entries.get_mut(which % entries.len().max(1)) {
        *hot = 1.0;
    }
}

/// Two distinct values, each many times.
fn ties(entries: &mut [f64], which: usize) {
    for (i, entry) in entries.iter_mut().enumerate() {
        *entry = if (which >> (i % 32)) & 1 == 1 {
            1.0
        } else {
            -1.0
        };
    }
}

fn tiny(entries: &mut [f64], _: usize) {
    for x in entries {
        *x = mantissa(*x) * 1e-200;
    }
}

fn huge(entries: &mut [f64], _: usize) {
    for x in entries {
        *x = mantissa(*x) * 1e200;
    }
}

fn mixed(_: &mut [f64], _: usize) {}

/// A number of magnitude 1 to 2 (or zero) with the sign and the digits of `x`.
fn mantissa(x: f64) -> f64 {
    const FRACTION: u64 = (1 << 52) - 1;
    if x == 0.0 {
        return 0.0;
    }
    f64::from_bits(1.0_f64.to_bits() | (x.to_bits() & FRACTION)).copysign(x)
}
