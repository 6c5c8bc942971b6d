//! Inputs that tasks share: small whole numbers, where right results are exact.

use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Whole numbers from -9 to 9.
pub(crate) fn whole() -> impl Strategy<Value = f64> {
    (-9..=9).prop_map(f64::from)
}

/// A matrix of whole numbers as rows.
pub(crate) fn matrix(rows: usize, columns: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    vec(vec(whole(), columns), rows)
}

/// Any small matrix.
pub(crate) fn any_matrix() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1..4_usize, 1..4_usize).prop_flat_map(|(m, n)| matrix(m, n))
}

/// A matrix and a vector with as many entries as it has columns.
pub(crate) fn matrix_and_vector() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<f64>)> {
    (1..4_usize, 1..4_usize).prop_flat_map(|(m, n)| (matrix(m, n), vec(whole(), n)))
}

/// Two vectors of one length.
pub(crate) fn two_vectors() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1..5_usize).prop_flat_map(|n| (vec(whole(), n), vec(whole(), n)))
}

/// Two matrices that can be multiplied.
pub(crate) fn two_matrices() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<Vec<f64>>)> {
    (1..4_usize, 1..4_usize, 1..4_usize).prop_flat_map(|(m, k, n)| (matrix(m, k), matrix(k, n)))
}

/// An upper triangle with a diagonal from 1 to 9, and a right-hand side.
pub(crate) fn triangle() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<f64>)> {
    (1..4_usize).prop_flat_map(|n| {
        let triangle = matrix(n, n).prop_map(|mut u| {
            for (i, row) in u.iter_mut().enumerate() {
                row[..i].fill(0.0);
                row[i] = row[i].abs().max(1.0);
            }
            u
        });
        (triangle, vec(whole(), n))
    })
}

/// An invertible matrix, for its diagonal dominates up to an exchange of rows, and a right-hand side.
pub(crate) fn invertible_system() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<f64>)> {
    (1..4_usize, 0..3_usize).prop_flat_map(|(n, turn)| {
        let dominant = matrix(n, n).prop_map(move |mut a| {
            for (i, row) in a.iter_mut().enumerate() {
                row[i] += 40.0;
            }
            a.rotate_left(turn % n);
            a
        });
        (dominant, vec(whole(), n))
    })
}

/// A distribution over `n` outcomes; some may be impossible.
pub(crate) fn distribution(n: usize) -> impl Strategy<Value = Vec<f64>> {
    vec(0..10_u32, n).prop_filter_map("no weight at all", |weights| {
        let total: u32 = weights.iter().sum();
        let share = |w: &u32| f64::from(*w) / f64::from(total);
        (total > 0).then(|| weights.iter().map(share).collect())
    })
}
