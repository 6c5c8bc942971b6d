//! Eigenvalues of symmetric matrices.

use crate::criteria;
use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{frobenius_norm, matrix_norm2, symmetric_eigen, symmetric_eigenvalues};
use gradus_numeric::norm2;
use gradus_testkit::strategies::{integers, orthogonal, vector};
use gradus_testkit::{all_scaled, at_most, cases, relative, scaled};
use proptest::prelude::*;

/// A matrix and a vector that fit.
fn matrix_and_vector() -> impl Strategy<Value = (DMatrix<f64>, Vec<f64>)> {
    symmetric_square().prop_flat_map(|a| {
        let n = a.nrows();
        (Just(a), prop_oneof![vector(n), integers(n)])
    })
}

/// Two symmetric matrices of one order and of about one size.
fn two_matrices() -> impl Strategy<Value = (DMatrix<f64>, DMatrix<f64>)> {
    let pair = |n| (symmetric_of_order(n), symmetric_of_order(n));
    (1_usize..9).prop_flat_map(pair).prop_map(|(a, b)| {
        let (a, b) = (unit(&a), unit(&b));
        (a, b * 0.25)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn eigenpairs_recompose_a_symmetric_matrix(a in symmetric_square()) {
        criteria::eigenpairs_recompose(&a)?;
    }

    #[test]
    fn eigenvectors_of_a_symmetric_matrix_are_orthonormal(a in symmetric_square()) {
        criteria::eigenvectors_are_orthonormal(&a)?;
    }

    #[test]
    fn eigenvectors_of_a_symmetric_matrix_lead_with_a_positive_entry(a in symmetric_square()) {
        for v in symmetric_eigen(&a)?.vectors.column_iter() {
            let leading = v.iter().find(|x| x.abs() >= (1.0 - 1e-7) * v.amax());
            prop_assert!(leading.is_some_and(|x| *x > 0.0), "{}", v);
        }
    }

    #[test]
    fn symmetric_eigenvalues_are_sorted(a in symmetric_square()) {
        criteria::eigenvalues_are_sorted(&a)?;
    }

    #[test]
    fn symmetric_eigenvalues_do_not_depend_on_the_question(a in symmetric_square()) {
        prop_assert_eq!(symmetric_eigenvalues(&a)?, symmetric_eigen(&a)?.values);
    }

    #[test]
    fn trace_and_frobenius_norm_are_sums_over_the_spectrum(a in symmetric_square()) {
        let (a, n) = (unit(&a), a.nrows());
        let lambda = symmetric_eigenvalues(&a)?;
        let size = frobenius_norm(&a);
        scaled(lambda.sum(), a.trace(), n as f64 * rounding(n, n), size)?;
        relative(norm2(lambda.as_slice()), size, rounding(n, n))?;
    }

    #[test]
    fn rayleigh_quotients_lie_between_the_extreme_eigenvalues((a, x) in matrix_and_vector()) {
        let (a, x) = (unit(&a), DVector::from_vec(x));
        let length = norm2(x.as_slice());
        prop_assume!(length > 0.0);
        let x = x / length;
        let quotient = x.dot(&(&a * &x));
        let lambda = symmetric_eigenvalues(&a)?;
        let slack = rounding(x.len(), x.len()) * frobenius_norm(&a);
        at_most(quotient, lambda[0] + slack)?;
        at_most(lambda[x.len() - 1], quotient + slack)?;
    }

    #[test]
    fn eigenvalues_move_no_further_than_the_matrix((a, e) in two_matrices()) {
        let distance = matrix_norm2(&e)? + 2.0 * rounding(a.nrows(), a.nrows()) * a.nrows() as f64;
        let (before, after) = (symmetric_eigenvalues(&a)?, symmetric_eigenvalues(&(&a + &e))?);
        all_scaled(after.as_slice(), before.as_slice(), 1.0, distance)?;
    }

    #[test]
    fn eigenvalues_of_a_principal_submatrix_interlace(a in symmetric_square(), left_out in 0_usize..11) {
        let n = a.nrows();
        prop_assume!(n > 0);
        let a = unit(&a);
        let left_out = left_out % n;
        let part = a.clone().remove_row(left_out).remove_column(left_out);
        let (whole, part) = (symmetric_eigenvalues(&a)?, symmetric_eigenvalues(&part)?);
        let slack = 2.0 * rounding(n, n) * frobenius_norm(&a);
        for i in 0..n - 1 {
            at_most(part[i], whole[i] + slack)?;
            at_most(whole[i + 1], part[i] + slack)?;
        }
    }

    #[test]
    fn a_matrix_that_was_rotated_together_has_the_eigenvalues_it_was_given((lambda, q) in (1_usize..10).prop_flat_map(|n| (prop_oneof![vector(n), integers(n)], orthogonal(n)))) {
        let diagonal = DMatrix::from_diagonal(&DVector::from_vec(lambda.clone()));
        let product = &q * diagonal * q.transpose();
        let symmetric = (&product + product.transpose()) * 0.5;
        let mut sorted = lambda;
        sorted.sort_by(|x, y| y.total_cmp(x));
        let n = sorted.len();
        all_scaled(symmetric_eigenvalues(&symmetric)?.as_slice(), &sorted, 4.0 * rounding(n, n), norm2(&sorted))?;
    }

    #[test]
    fn gram_matrices_have_no_negative_eigenvalue(x in rectangle()) {
        let x = unit(&x);
        let lambda = symmetric_eigenvalues(&(x.transpose() * &x))?;
        let largest = lambda.iter().copied().fold(0.0, f64::max);
        for l in &lambda {
            at_most(-l, rounding(x.ncols(), x.nrows()) * largest)?;
        }
    }
}
