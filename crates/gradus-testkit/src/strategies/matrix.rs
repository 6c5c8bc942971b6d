//! Matrices.

use super::vector::{integers, structured_vector, vector};
use nalgebra::DMatrix;
use proptest::collection::SizeRange;
use proptest::prelude::*;
use proptest::sample::select;

/// Matrices with entries uniform in ±100.
///
/// # Examples
///
/// ```
/// use gradus_testkit::{cases, strategies::matrix};
/// use proptest::prelude::*;
///
/// proptest!(cases(), |(a in matrix(2, 1..4))| {
///     prop_assert_eq!(a.nrows(), 2);
///     prop_assert!((1..4).contains(&a.ncols()));
/// });
/// ```
pub fn matrix(
    rows: impl Into<SizeRange>,
    columns: impl Into<SizeRange>,
) -> impl Strategy<Value = DMatrix<f64>> {
    shape(rows, columns).prop_flat_map(|(m, n)| {
        vector(m * n).prop_map(move |entries| DMatrix::from_vec(m, n, entries))
    })
}

/// Matrices of small integers ±9: products of them are exact.
pub fn integer_matrix(
    rows: impl Into<SizeRange>,
    columns: impl Into<SizeRange>,
) -> impl Strategy<Value = DMatrix<f64>> {
    shape(rows, columns).prop_flat_map(|(m, n)| {
        integers(m * n).prop_map(move |entries| DMatrix::from_vec(m, n, entries))
    })
}

/// Matrices with structure: zeros, all ones, identity, one entry, one dominating entry, rank one,
/// Hilbert, Läuchli, triangular, and the vectors of [`structured_vector`] (tiny, huge, ties) as entries.
///
/// Many are rank deficient or nearly so.
pub fn structured_matrix(
    rows: impl Into<SizeRange>,
    columns: impl Into<SizeRange>,
) -> impl Strategy<Value = DMatrix<f64>> {
    shape(rows, columns).prop_flat_map(|(m, n)| {
        let named = select(&STRUCTURES).prop_map(move |entry| DMatrix::from_fn(m, n, entry));
        let entries =
            structured_vector(m * n).prop_map(move |entries| DMatrix::from_vec(m, n, entries));
        let rank_one = (vector(m), vector(n))
            .prop_map(move |(x, y)| DMatrix::from_fn(m, n, |i, j| x[i] * y[j]));
        prop_oneof![4 => named, 2 => entries, 1 => rank_one]
    })
}

/// Symmetric matrices (to the bit) with entries in ±100.
pub fn symmetric(order: impl Into<SizeRange>) -> impl Strategy<Value = DMatrix<f64>> {
    square(order, -100.0..100.0)
        .prop_map(|a| DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i.max(j), i.min(j))]))
}

/// Symmetric positive definite matrices $`A = \frac1n M M^T + I`$ with entries of M in ±3.
///
/// All eigenvalues lie between 1 and $`1 + 9n`$, so the condition number is at most $`1 + 9n`$.
pub fn positive_definite(order: impl Into<SizeRange>) -> impl Strategy<Value = DMatrix<f64>> {
    square(order, -3.0..3.0).prop_map(|m| {
        let n = m.nrows();
        DMatrix::from_fn(n, n, |i, j| {
            // Row products in one order, so (i, j) and (j, i) have the same bits.
            let product: f64 = (0..n).map(|k| m[(i, k)] * m[(j, k)]).sum();
            product / n as f64 + if i == j { 1.0 } else { 0.0 }
        })
    })
}

/// Orthogonal matrices: a product of two reflections $`I - 2 v v^T / v^T v`$.
pub fn orthogonal(order: impl Into<SizeRange>) -> impl Strategy<Value = DMatrix<f64>> {
    lengths(order).prop_flat_map(|n| {
        let axis = || proptest::collection::vec(0.5..2.0, n);
        (axis(), axis()).prop_map(move |(v, w)| reflection(&v) * reflection(&w))
    })
}

/// The reflection across the plane at right angles to `v`.
fn reflection(v: &[f64]) -> DMatrix<f64> {
    let square: f64 = v.iter().map(|v| v * v).sum();
    DMatrix::from_fn(v.len(), v.len(), |i, j| {
        f64::from(u8::from(i == j)) - 2.0 * v[i] * v[j] / square
    })
}

fn square(
    order: impl Into<SizeRange>,
    entry: std::ops::Range<f64>,
) -> impl Strategy<Value = DMatrix<f64>> {
    lengths(order).prop_flat_map(move |n| {
        proptest::collection::vec(entry.clone(), n * n)
            .prop_map(move |entries| DMatrix::from_vec(n, n, entries))
    })
}

fn shape(
    rows: impl Into<SizeRange>,
    columns: impl Into<SizeRange>,
) -> impl Strategy<Value = (usize, usize)> {
    (lengths(rows), lengths(columns))
}

/// The lengths that a range allows.
fn lengths(range: impl Into<SizeRange>) -> impl Strategy<Value = usize> {
    proptest::collection::vec(Just(()), range).prop_map(|units| units.len())
}

type Entry = fn(usize, usize) -> f64;

const STRUCTURES: [Entry; 8] = [
    |_, _| 0.0,
    |_, _| 1.0,
    |i, j| if i == j { 1.0 } else { 0.0 },
    |i, j| if (i, j) == (0, 0) { 1.0 } else { 0.0 },
    // One entry far above the others.
    |i, j| if (i, j) == (0, 0) { 1e150 } else { 1.0 },
    // Hilbert: condition 1.5e10 at order 8.
    |i, j| 1.0 / (i + j + 1) as f64,
    // Läuchli: Gram–Schmidt loses orthogonality on it.
    |i, j| match i {
        0 => 1.0,
        i if i == j + 1 => 1e-8,
        _ => 0.0,
    },
    // Upper triangular with −1 above the diagonal: nearly singular without a small pivot.
    |i, j| match i.cmp(&j) {
        std::cmp::Ordering::Less => -1.0,
        std::cmp::Ordering::Equal => 1.0,
        std::cmp::Ordering::Greater => 0.0,
    },
];
