//! Identities that tie inverses, products and positive matrices together.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, accumulate, det, frobenius_norm, inverse, matmul, max_norm, outer,
    symmetric_eigenvalues, view, view_mut,
};
use gradus_numeric::norm2;
use gradus_testkit::strategies::matrix;
use gradus_testkit::{at_most, cases, scaled};
use proptest::prelude::*;

/// $`\kappa_F(A)`$.
fn kappa(a: &DMatrix<f64>, inverse: &DMatrix<f64>) -> f64 {
    frobenius_norm(a) * frobenius_norm(inverse)
}

/// The inverse, unless there is none.
fn invertible(a: &DMatrix<f64>) -> Result<Option<DMatrix<f64>>, LinalgError> {
    match inverse(a) {
        Ok(inverse) => Ok(Some(inverse)),
        Err(LinalgError::Singular { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A matrix of order n and two of n rows and k columns.
fn update(k: usize) -> impl Strategy<Value = (DMatrix<f64>, DMatrix<f64>, DMatrix<f64>)> {
    (1_usize..8).prop_flat_map(move |n| {
        let factor = move || matrix(n, k).prop_map(|u| u * 1e-2);
        (well_conditioned(n), factor(), factor())
    })
}

/// $`A + B I`$, which rounds once.
fn sum(a: &DMatrix<f64>, b: &DMatrix<f64>) -> Result<DMatrix<f64>, LinalgError> {
    let identity = DMatrix::identity(a.ncols(), a.ncols());
    let mut sum = a.clone();
    accumulate(view(b), view(&identity), view_mut(&mut sum))?;
    Ok(sum)
}

type Blocks = (DMatrix<f64>, DMatrix<f64>, DMatrix<f64>, DMatrix<f64>);

/// The four parts of a square matrix, of n and k rows.
fn blocks((n, k): (usize, usize)) -> impl Strategy<Value = Blocks> {
    let part = |m, n| matrix(m, n).prop_map(|x| x * 1e-2);
    (well_conditioned(n), part(n, k), part(k, n), part(k, k))
}

fn is_positive_semidefinite(a: &DMatrix<f64>) -> Result<(), Box<dyn std::error::Error>> {
    let lambda = symmetric_eigenvalues(a)?;
    let (n, largest) = (a.nrows(), lambda.iter().next().copied().unwrap_or(0.0));
    let least = lambda.iter().next_back().copied().unwrap_or(0.0);
    Ok(at_most(-least, n as f64 * f64::EPSILON * largest)?)
}

proptest! {
    #![proptest_config(cases())]

    /// Woodbury: $`(A + U V^\top)^{-1} = A^{-1} - A^{-1} U (I + V^\top A^{-1} U)^{-1} V^\top A^{-1}`$.
    #[test]
    fn an_update_of_low_rank_updates_the_inverse((a, u, v) in (1_usize..4).prop_flat_map(update)) {
        let x = inverse(&a)?;
        let capacitance = DMatrix::identity(u.ncols(), u.ncols()) + v.transpose() * &x * &u;
        let updated = &a + &u * v.transpose();
        if let (Some(middle), Some(direct)) = (invertible(&capacitance)?, invertible(&updated)?) {
            let correction = &x * &u * &middle * v.transpose() * &x;
            // Every factor brings the error of its own condition.
            let size = frobenius_norm(&x) + frobenius_norm(&(&x * &u)) * frobenius_norm(&middle) * frobenius_norm(&(v.transpose() * &x));
            let conditions = kappa(&a, &x) * kappa(&capacitance, &middle) + kappa(&updated, &direct);
            let n = a.nrows();
            at_most(frobenius_norm(&(direct - (x - correction))), 10.0 * rounding(n, n) * conditions * size)?;
        }
    }

    /// Sherman–Morrison: one column, and the matrix in the middle is a number.
    #[test]
    fn an_update_of_rank_one_updates_the_inverse((a, u, v) in update(1)) {
        let (n, x) = (a.nrows(), inverse(&a)?);
        let (u, v) = (u.column(0).into_owned(), v.column(0).into_owned());
        let (xu, vx) = (&x * &u, x.transpose() * &v);
        let denominator = 1.0 + v.dot(&xu);
        prop_assume!(denominator.abs() > 0.1);
        let formula = &x - outer(&xu, &vx)? / denominator;
        if let Some(direct) = invertible(&(&a + outer(&u, &v)?))? {
            let size = frobenius_norm(&x) + norm2(xu.as_slice()) * norm2(vx.as_slice());
            let amplified = 1.0 + norm2(v.as_slice()) * norm2(xu.as_slice());
            let conditions = kappa(&a, &x) * amplified * 100.0 + kappa(&(&a + outer(&u, &v)?), &direct);
            at_most(frobenius_norm(&(direct - formula)), rounding(n, n) * conditions * size)?;
        }
    }

    /// The determinant lemma: $`\det(A + u v^\top) = (1 + v^\top A^{-1} u) \det A`$.
    #[test]
    fn an_update_of_rank_one_scales_the_determinant((a, u, v) in update(1)) {
        let (n, x) = (a.nrows(), inverse(&a)?);
        let (u, v) = (u.column(0).into_owned(), v.column(0).into_owned());
        let (xu, updated) = (&x * &u, &a + outer(&u, &v)?);
        if let Some(direct) = invertible(&updated)? {
            let (of_a, of_updated) = (det(&a)?, det(&updated)?);
            let amplified = 1.0 + norm2(v.as_slice()) * norm2(xu.as_slice());
            let size = kappa(&updated, &direct) * of_updated.abs() + kappa(&a, &x) * amplified * of_a.abs();
            scaled(of_updated, (1.0 + v.dot(&xu)) * of_a, rounding(n, n), size)?;
        }
    }

    /// Schur: $`\det \begin{pmatrix} A & B \\ C & D \end{pmatrix} = \det A \, \det(D - C A^{-1} B)`$.
    #[test]
    fn the_determinant_of_blocks_is_that_of_one_times_its_complement((a, b, c, d) in (1_usize..4, 1_usize..4).prop_flat_map(blocks)) {
        let (n, k) = b.shape();
        let whole = DMatrix::from_fn(n + k, n + k, |i, j| match (i < n, j < n) {
            (true, true) => a[(i, j)],
            (true, false) => b[(i, j - n)],
            (false, true) => c[(i - n, j)],
            (false, false) => d[(i - n, j - n)],
        });
        let x = inverse(&a)?;
        let complement = &d - &c * &x * &b;
        if let (Some(of_whole), Some(of_complement)) = (invertible(&whole)?, invertible(&complement)?) {
            let (left, right) = (det(&whole)?, det(&a)? * det(&complement)?);
            let through = frobenius_norm(&c) * frobenius_norm(&x) * frobenius_norm(&b);
            let conditions = kappa(&complement, &of_complement) + kappa(&a, &x) * (1.0 + frobenius_norm(&of_complement) * through);
            scaled(left, right, rounding(n + k, n + k), kappa(&whole, &of_whole) * left.abs() + conditions * right.abs())?;
        }
    }

    #[test]
    fn covariances_have_no_negative_eigenvalue(x in matrix(0..9, 1..12)) {
        let (m, n) = x.shape();
        let mean = DVector::from_fn(m, |i, _| x.row(i).mean());
        let centered = DMatrix::from_fn(m, n, |i, j| x[(i, j)] - mean[i]);
        let covariance = matmul(&centered, &centered.transpose())? / n as f64;
        prop_assert!(is_positive_semidefinite(&covariance).is_ok());
    }

    /// $`k(x, y) = e^{-\lVert x - y \rVert^2 / 2}`$ at points that may coincide.
    #[test]
    fn kernel_matrices_have_no_negative_eigenvalue(points in matrix(1..4, 0..10), spread in prop_oneof![Just(0.0), Just(1e-4), Just(1e-2), Just(1.0)]) {
        let points = points * spread;
        let kernel = DMatrix::from_fn(points.ncols(), points.ncols(), |i, j| {
            let apart = points.column(i) - points.column(j);
            (-0.5 * norm2(apart.as_slice()).powi(2)).exp()
        });
        prop_assert!(is_positive_semidefinite(&kernel).is_ok());
    }

    #[test]
    fn multiplying_is_associative((a, b, c) in (0_usize..8, 0_usize..8, 0_usize..8, 0_usize..8)
        .prop_flat_map(|(m, k, l, n)| (any_matrix(move || m..m + 1, move || k..k + 1), matrix(k, l), matrix(l, n))))
    {
        let (left, right) = (matmul(&matmul(&a, &b)?, &c)?, matmul(&a, &matmul(&b, &c)?)?);
        let size = frobenius_norm(&a) * frobenius_norm(&b) * frobenius_norm(&c);
        let tolerance = 2.0 * (gamma(b.nrows() + 1, U) + gamma(b.ncols() + 1, U));
        at_most(max_norm(&(left - right)), tolerance * size)?;
    }

    #[test]
    fn multiplying_is_distributive((a, b, c) in (0_usize..8, 0_usize..8, 0_usize..8)
        .prop_flat_map(|(m, k, l)| (any_matrix(move || m..m + 1, move || k..k + 1), matrix(k, l), matrix(k, l))))
    {
        let (left, right) = (matmul(&a, &(&b + &c))?, matmul(&a, &b)? + matmul(&a, &c)?);
        let size = frobenius_norm(&a) * (frobenius_norm(&b) + frobenius_norm(&c));
        at_most(max_norm(&(left - right)), 2.0 * gamma(b.nrows() + 1, U) * size)?;
    }

    #[test]
    fn adding_commutes_to_the_bit((a, b) in (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| (any_matrix(move || m..m + 1, move || n..n + 1), matrix(m, n)))) {
        prop_assert_eq!(&sum(&a, &b)?, &(&a + &b));
        prop_assert_eq!(sum(&a, &b)?, sum(&b, &a)?);
    }

    #[test]
    fn adding_nearly_associates((a, b, c) in (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| (any_matrix(move || m..m + 1, move || n..n + 1), matrix(m, n), matrix(m, n)))) {
        let (left, right) = (sum(&sum(&a, &b)?, &c)?, sum(&a, &sum(&b, &c)?)?);
        for at in 0..a.len() {
            let size = a[at].abs() + b[at].abs() + c[at].abs();
            at_most((left[at] - right[at]).abs(), 3.0 * U * size)?;
        }
    }
}
