//! What an answer is judged by, whatever the size of the matrix.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, cholesky, frobenius_norm, least_squares, lu, matmul, matrix_norm_infinity,
    max_norm, product, qr, qr_pivoted, singular_values, solve, solve_positive_definite, svd,
    symmetric_eigen, symmetric_eigenvalues, view, view_mut,
};
use gradus_numeric::{norm_infinity, norm2};
use gradus_testkit::{at_most, scaled};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

/// Places of an m × n matrix, row by row.
fn places(m: usize, n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..m).flat_map(move |i| (0..n).map(move |j| (i, j)))
}

/// Of whole numbers below $`2^{52}`$, where every order of summation is exact; in all storage orders.
pub(crate) fn products_are_exact(a: &DMatrix<f64>, b: &DMatrix<f64>) -> TestCaseResult {
    let entry = |i, j| (0..a.ncols()).map(|k| a[(i, k)] * b[(k, j)]).sum();
    let exact = DMatrix::from_fn(a.nrows(), b.ncols(), entry);
    prop_assert_eq!(&matmul(a, b)?, &exact);
    // The transpose by columns lies in memory as the matrix by rows.
    let (at, bt) = (a.transpose(), b.transpose());
    for a in [view(a), view(&at).transposed()] {
        for b in [view(b), view(&bt).transposed()] {
            // What was there before does not matter.
            let mut by_columns = DMatrix::from_element(a.rows(), b.columns(), f64::NAN);
            let mut by_rows = DMatrix::from_element(b.columns(), a.rows(), f64::NAN);
            product(a, b, view_mut(&mut by_columns))?;
            product(a, b, view_mut(&mut by_rows).transposed())?;
            prop_assert_eq!(&by_columns, &exact);
            prop_assert_eq!(&by_rows.transpose(), &exact);
        }
    }
    Ok(())
}

/// $`\lVert P A - L U \rVert_F \le \gamma \lVert \lvert L \rvert \rVert_F \lVert \lvert U \rvert \rVert_F`$.
pub(crate) fn l_times_u_is_permuted(a: &DMatrix<f64>) -> TestCaseResult {
    let size = max_norm(a).max(f64::MIN_POSITIVE);
    let lu = lu(a)?;
    let permuted = a.select_rows(&lu.permutation) / size;
    let (l, u) = (lu.l, lu.u / size);
    let lengths = frobenius_norm(&l) * frobenius_norm(&u);
    let bound = gamma(a.nrows().min(a.ncols()) + 2, U) * lengths;
    Ok(at_most(frobenius_norm(&(permuted - l * u)), bound)?)
}

/// Exact zeros and ones, $`\lvert l_{ij} \rvert \le 1`$, and a permutation.
pub(crate) fn l_and_u_are_triangles(a: &DMatrix<f64>) -> TestCaseResult {
    let lu = lu(a)?;
    for (i, j) in places(a.nrows(), a.ncols()) {
        if let Some(l) = lu.l.get((i, j)) {
            let expected = match (i == j, i < j) {
                (true, _) => *l == 1.0,
                (_, true) => *l == 0.0,
                _ => l.abs() <= 1.0,
            };
            prop_assert!(expected, "l[({}, {})] = {}", i, j, l);
        }
        if let Some(u) = lu.u.get((i, j)) {
            prop_assert!(i <= j || *u == 0.0, "u[({}, {})] = {}", i, j, u);
        }
    }
    is_permutation(lu.permutation, a.nrows())
}

fn is_permutation(mut order: Vec<usize>, n: usize) -> TestCaseResult {
    order.sort_unstable();
    prop_assert!(order.into_iter().eq(0..n));
    Ok(())
}

/// A small backward error, or a matrix that cannot be told from a singular one.
pub(crate) fn the_solution_fits(a: &DMatrix<f64>, b: &DVector<f64>) -> TestCaseResult {
    let n = a.nrows();
    match solve(a, b) {
        Ok(solution) => {
            at_most(solution.backward_error, rounding(n, 1))?;
            at_most(solution.rcond, 1.0 + rounding(n, 1))?;
            let size = max_norm(a).max(f64::MIN_POSITIVE);
            let (a, x) = (a / size, &solution.x * size);
            let residual = norm_infinity((b - &a * &x).as_slice());
            let scale = matrix_norm_infinity(&a) * norm_infinity(x.as_slice())
                + norm_infinity(b.as_slice());
            // Unknowns of very different size can be told, but not always multiplied here.
            if scale.is_finite() {
                at_most(residual, 2.0 * rounding(n, 1) * scale)?;
            }
        }
        Err(LinalgError::Singular { rcond }) => {
            at_most(rcond, n as f64 * f64::EPSILON)?;
            let sigma = singular_values(a)?;
            at_most(sigma[n - 1], rounding(n, n) * sigma[0])?;
        }
        // Nothing but an inverse beyond the range of numbers makes an unknown so large.
        Err(LinalgError::Overflow { .. }) => {
            let sigma = singular_values(a)?;
            at_most(sigma[n - 1] / sigma[0], rounding(n, n))?;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// $`L L^\top = A`$, $`l_{ii} > 0`$, and exact zeros above the diagonal.
pub(crate) fn l_times_its_transpose_is(a: &DMatrix<f64>) -> TestCaseResult {
    let (l, n) = (cholesky(a)?, a.nrows());
    at_most(relative_distance(a, &(&l * l.transpose())), rounding(n, n))?;
    for (i, j) in places(n, n) {
        let expected = match i.cmp(&j) {
            std::cmp::Ordering::Less => l[(i, j)] == 0.0,
            std::cmp::Ordering::Equal => l[(i, j)] > 0.0,
            std::cmp::Ordering::Greater => true,
        };
        prop_assert!(expected, "l[({}, {})] = {}", i, j, l[(i, j)]);
    }
    Ok(())
}

/// A pivot that exists, and is negative.
pub(crate) fn a_pivot_is_negative<X>(n: usize, answer: &Result<X, LinalgError>) -> TestCaseResult {
    let refused = matches!(answer, Err(LinalgError::NotPositiveDefinite { index, pivot }) if *index < n && *pivot < 0.0);
    prop_assert!(refused);
    Ok(())
}

/// Of a positive definite matrix of size one, also when it is multiplied.
pub(crate) fn the_solution_by_cholesky_fits(
    a: &DMatrix<f64>,
    b: &DVector<f64>,
    factor: f64,
) -> TestCaseResult {
    let x = solve_positive_definite(&(a * factor), &(b * factor))?;
    let residual = norm2((a * &x - b).as_slice());
    let size = frobenius_norm(a) * norm2(x.as_slice()) + norm2(b.as_slice());
    Ok(at_most(residual, 4.0 * rounding(b.len(), b.len()) * size)?)
}

pub(crate) fn q_is_orthonormal(a: &DMatrix<f64>) -> TestCaseResult {
    let bound = rounding(a.nrows(), a.ncols());
    Ok(at_most(loss_of_orthogonality(&qr(a)?.q), bound)?)
}

pub(crate) fn q_times_r_is(a: &DMatrix<f64>) -> TestCaseResult {
    let (qr, bound) = (qr(a)?, rounding(a.nrows(), a.ncols()));
    Ok(at_most(relative_distance(a, &(qr.q * qr.r)), bound)?)
}

/// Exact zeros below a diagonal that is not negative.
pub(crate) fn r_is_a_triangle(a: &DMatrix<f64>) -> TestCaseResult {
    let r = qr(a)?.r;
    for (i, j) in places(r.nrows(), r.ncols()) {
        let expected = if i > j {
            r[(i, j)] == 0.0
        } else {
            i != j || r[(i, j)] >= 0.0
        };
        prop_assert!(expected, "r[({}, {})] = {}", i, j, r[(i, j)]);
    }
    Ok(())
}

pub(crate) fn pivoted_q_is_orthonormal(a: &DMatrix<f64>) -> TestCaseResult {
    let bound = rounding(a.nrows(), a.ncols());
    Ok(at_most(loss_of_orthogonality(&qr_pivoted(a)?.q), bound)?)
}

pub(crate) fn pivoted_q_times_r_is_permuted(a: &DMatrix<f64>) -> TestCaseResult {
    let qr = qr_pivoted(a)?;
    let permuted = a.select_columns(&qr.permutation);
    let bound = rounding(a.nrows(), a.ncols());
    at_most(relative_distance(&permuted, &(qr.q * qr.r)), bound)?;
    is_permutation(qr.permutation, a.ncols())
}

/// $`r_{kk}`$ is no less than what is left of any later column.
pub(crate) fn pivots_are_the_largest(a: &DMatrix<f64>) -> TestCaseResult {
    let r = qr_pivoted(a)?.r;
    let slack = 1.0 + 2.0 * rounding(a.nrows(), a.ncols());
    for (k, j) in places(r.nrows(), r.ncols()) {
        if j < k {
            prop_assert_eq!(r[(k, j)], 0.0);
        } else {
            let left: Vec<f64> = (k..=j.min(r.nrows() - 1)).map(|i| r[(i, j)]).collect();
            at_most(norm2(&left), r[(k, k)] * slack)?;
        }
    }
    Ok(())
}

pub(crate) fn singular_triples_recompose(a: &DMatrix<f64>) -> TestCaseResult {
    let svd = svd(a)?;
    let stretched = &svd.u * DMatrix::from_diagonal(&svd.singular_values);
    let recomposed = stretched * svd.v.transpose();
    let bound = rounding(a.nrows(), a.ncols());
    Ok(at_most(relative_distance(a, &recomposed), bound)?)
}

pub(crate) fn singular_vectors_are_orthonormal(a: &DMatrix<f64>) -> TestCaseResult {
    let (svd, bound) = (svd(a)?, rounding(a.nrows(), a.ncols()));
    at_most(loss_of_orthogonality(&svd.u), bound)?;
    Ok(at_most(loss_of_orthogonality(&svd.v), bound)?)
}

pub(crate) fn singular_values_are_sorted(a: &DMatrix<f64>) -> TestCaseResult {
    let sigma = singular_values(a)?;
    prop_assert!(sigma.iter().all(|s| *s >= 0.0));
    prop_assert!(sigma.as_slice().windows(2).all(|s| s[0] >= s[1]));
    Ok(())
}

pub(crate) fn eigenvectors_are_orthonormal(a: &DMatrix<f64>) -> TestCaseResult {
    let loss = loss_of_orthogonality(&symmetric_eigen(a)?.vectors);
    Ok(at_most(loss, 2.0 * rounding(a.nrows(), a.nrows()))?)
}

pub(crate) fn eigenvalues_are_sorted(a: &DMatrix<f64>) -> TestCaseResult {
    let lambda = symmetric_eigenvalues(a)?;
    prop_assert!(
        lambda.as_slice().windows(2).all(|l| l[0] >= l[1]),
        "{}",
        lambda
    );
    Ok(())
}

pub(crate) fn eigenpairs_recompose(a: &DMatrix<f64>) -> TestCaseResult {
    let (eigen, n) = (symmetric_eigen(a)?, a.nrows());
    let size = max_norm(a).max(f64::MIN_POSITIVE);
    let stretched = &eigen.vectors * DMatrix::from_diagonal(&(eigen.values / size));
    let recomposed = stretched * eigen.vectors.transpose();
    let distance = relative_distance(&(a / size), &recomposed);
    Ok(at_most(distance, 2.0 * rounding(n, n))?)
}

/// $`A^\top (b - A x) = 0`$, and the residual that is reported.
pub(crate) fn the_residual_is_perpendicular(a: &DMatrix<f64>, b: &DVector<f64>) -> TestCaseResult {
    let (m, n) = a.shape();
    let best = least_squares(a, b)?;
    let size = max_norm(a).max(f64::MIN_POSITIVE);
    let (a, x) = (a / size, &best.x * size);
    let residual = b - &a * &x;
    let size = norm2(b.as_slice()) + frobenius_norm(&a) * norm2(x.as_slice());
    let angle = norm2((a.transpose() * &residual).as_slice());
    let bound = 4.0 * rounding(m, n);
    at_most(angle, bound * frobenius_norm(&a) * size)?;
    Ok(scaled(
        best.residual,
        norm2(residual.as_slice()),
        bound,
        size,
    )?)
}
