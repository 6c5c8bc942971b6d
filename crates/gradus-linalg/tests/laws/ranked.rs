//! Matrices of which the rank is known.

use gradus_linalg::nalgebra::DMatrix;
use proptest::prelude::*;

/// Integer matrices whose rank is the given number exactly: a unit lower trapezoid times a unit upper one, rows and
/// columns in any order.
pub(crate) fn of_rank(m: usize, n: usize, rank: usize) -> impl Strategy<Value = DMatrix<f64>> {
    let entries = |count| proptest::collection::vec(-2_i32..=2, count);
    let any_order = |n: usize| Just((0..n).collect::<Vec<_>>()).prop_shuffle();
    let factors = (entries(m * rank), entries(rank * n));
    (factors, any_order(m), any_order(n)).prop_map(move |((l, u), rows, columns)| {
        let unit = |i: usize, j: usize, below: i32| match i.cmp(&j) {
            std::cmp::Ordering::Less => 0.0,
            std::cmp::Ordering::Equal => 1.0,
            std::cmp::Ordering::Greater => f64::from(below),
        };
        let l = DMatrix::from_fn(m, rank, |i, j| unit(i, j, l[i * rank + j]));
        let u = DMatrix::from_fn(rank, n, |i, j| unit(j, i, u[i * n + j]));
        (l * u).select_rows(&rows).select_columns(&columns)
    })
}

/// Matrices of every shape, size and rank, and their rank: no singular value is near the tolerance.
pub(crate) fn ranked() -> impl Strategy<Value = (DMatrix<f64>, usize)> {
    let scale = prop_oneof![3 => Just(1.0), 1 => Just(1e200), 1 => Just(1e-200)];
    (0_usize..9, 0_usize..9, 0_usize..5, scale).prop_flat_map(|(m, n, r, scale)| {
        let rank = r.min(m).min(n);
        of_rank(m, n, rank).prop_map(move |a| (a * scale, rank))
    })
}
