//! How eigenvalues, eigenvectors and singular vectors move with their matrix, beside five-point differences.

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{LinalgError, svd, symmetric_eigen};
use gradus_testkit::strategies::orthogonal;
use gradus_testkit::{cases, gradient};
use proptest::prelude::*;

const N: usize = 4;

/// The symmetric matrix of a lower half, row after row.
fn symmetric(half: &[f64]) -> DMatrix<f64> {
    DMatrix::from_fn(N, N, |i, j| {
        let (i, j) = (i.max(j), i.min(j));
        half[i * (i + 1) / 2 + j]
    })
}

fn half_of(a: &DMatrix<f64>) -> Vec<f64> {
    let places = (0..N).flat_map(|i| (0..=i).map(move |j| (i, j)));
    places.map(|place| a[place]).collect()
}

/// Eigenvalues, and $`v v^\top`$ of each vector, which does not see its sign.
fn spectrum(half: &[f64]) -> Result<Vec<f64>, LinalgError> {
    let eigen = symmetric_eigen(&symmetric(half))?;
    let squares = eigen
        .vectors
        .column_iter()
        .flat_map(|v| entries(&(v * v.transpose())));
    Ok(eigen.values.iter().copied().chain(squares).collect())
}

/// $`\dot \lambda_k = v_k^\top \dot A v_k`$ and $`\dot v_k = \sum_{j \ne k} v_j \, v_j^\top \dot A v_k / (\lambda_k - \lambda_j)`$.
fn moved_spectrum(half: &[f64], direction: &[f64]) -> Result<Vec<f64>, LinalgError> {
    let eigen = symmetric_eigen(&symmetric(half))?;
    let (v, lambda) = (&eigen.vectors, &eigen.values);
    let inside = v.transpose() * symmetric(direction) * v;
    let moved = v * DMatrix::from_fn(N, N, |j, k| {
        off_diagonal(j, k, inside[(j, k)], lambda[k] - lambda[j])
    });
    let squares = (0..N).flat_map(|k| {
        let half = moved.column(k) * v.column(k).transpose();
        entries(&(&half + half.transpose()))
    });
    Ok(inside.diagonal().iter().copied().chain(squares).collect())
}

/// Singular values, and $`u v^\top`$ of each pair, which does not see the sign that they share.
fn triples(a: &[f64]) -> Result<Vec<f64>, LinalgError> {
    let f = svd(&DMatrix::from_column_slice(N, N, a))?;
    let pairs = (0..N).flat_map(|k| entries(&(f.u.column(k) * f.v.column(k).transpose())));
    Ok(f.singular_values.iter().copied().chain(pairs).collect())
}

/// $`\dot \sigma_k = u_k^\top \dot A v_k`$; both vectors by M. Giles, *Collected matrix derivative results* (2008), section 2.8.
fn moved_triples(a: &[f64], direction: &[f64]) -> Result<Vec<f64>, LinalgError> {
    let f = svd(&DMatrix::from_column_slice(N, N, a))?;
    let (u, v, sigma) = (&f.u, &f.v, &f.singular_values);
    let inside = u.transpose() * DMatrix::from_column_slice(N, N, direction) * v;
    let turn = |left: &DMatrix<f64>| {
        let both =
            left * DMatrix::from_diagonal(sigma) + DMatrix::from_diagonal(sigma) * left.transpose();
        DMatrix::from_fn(N, N, |j, k| {
            off_diagonal(
                j,
                k,
                both[(j, k)],
                (sigma[k] - sigma[j]) * (sigma[k] + sigma[j]),
            )
        })
    };
    let (u_moved, v_moved) = (u * turn(&inside), v * turn(&inside.transpose()));
    let pairs = (0..N).flat_map(|k| {
        let (u, v) = (u.column(k), v.column(k));
        entries(&(u_moved.column(k) * v.transpose() + u * v_moved.column(k).transpose()))
    });
    Ok(inside.diagonal().iter().copied().chain(pairs).collect())
}

fn off_diagonal(j: usize, k: usize, numerator: f64, gap: f64) -> f64 {
    if j == k { 0.0 } else { numerator / gap }
}

fn entries(a: &DMatrix<f64>) -> Vec<f64> {
    a.as_slice().to_vec()
}

/// An error becomes NaN, which no check takes for an answer.
fn or_nan(answer: Result<Vec<f64>, LinalgError>) -> Vec<f64> {
    answer.unwrap_or(vec![f64::NAN; N + N * N * N])
}

/// Each case takes some hundred decompositions.
fn few() -> ProptestConfig {
    ProptestConfig {
        cases: 12,
        ..cases()
    }
}

/// Numbers that rise by 0.5 to 2.
fn apart(first: f64) -> impl Strategy<Value = DVector<f64>> {
    prop::collection::vec(0.5..2.0_f64, N).prop_map(move |gaps| {
        let rising = gaps.iter().scan(first, |at, gap| {
            *at += gap;
            Some(*at)
        });
        DVector::from_iterator(N, rising)
    })
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn eigenvalues_and_eigenvectors_move_as_perturbation_theory_says(q in orthogonal(N..=N), lambda in apart(-3.0)) {
        let a = &q * DMatrix::from_diagonal(&lambda) * q.transpose();
        let push = |x: &[f64], v: &[f64]| or_nan(moved_spectrum(x, v));
        gradient::check_jvp(|x| or_nan(spectrum(x)), push, &half_of(&a))?;
    }

    #[test]
    fn singular_values_and_vectors_move_as_perturbation_theory_says(
        p in orthogonal(N..=N), q in orthogonal(N..=N), sigma in apart(0.5),
    ) {
        let a = p * DMatrix::from_diagonal(&sigma) * q;
        let push = |x: &[f64], v: &[f64]| or_nan(moved_triples(x, v));
        gradient::check_jvp(|x| or_nan(triples(x)), push, a.as_slice())?;
    }
}
