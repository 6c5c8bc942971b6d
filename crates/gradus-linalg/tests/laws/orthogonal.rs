//! Orthogonal factorizations and singular values.

use crate::criteria;
use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{
    frobenius_norm, matrix_norm2, max_norm, singular_values, svd, symmetric_eigenvalues,
};
use gradus_numeric::norm2;
use gradus_testkit::strategies::{integer_matrix, orthogonal};
use gradus_testkit::{all_scaled, cases, relative};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn q_is_orthonormal(a in rectangle()) {
        criteria::q_is_orthonormal(&a)?;
    }

    #[test]
    fn q_times_r_is_the_matrix(a in rectangle()) {
        criteria::q_times_r_is(&a)?;
    }

    #[test]
    fn r_is_upper_triangular(a in rectangle()) {
        criteria::r_is_a_triangle(&a)?;
    }

    #[test]
    fn singular_triples_recompose_the_matrix(a in rectangle()) {
        criteria::singular_triples_recompose(&a)?;
    }

    #[test]
    fn singular_vectors_are_orthonormal(a in rectangle()) {
        criteria::singular_vectors_are_orthonormal(&a)?;
    }

    #[test]
    fn singular_values_are_sorted_and_not_negative(a in rectangle()) {
        criteria::singular_values_are_sorted(&a)?;
    }

    #[test]
    fn singular_values_do_not_depend_on_the_question(a in rectangle()) {
        // Jordan and Wielandt: those of [[0, A], [Aᵀ, 0]] are ±σ, and zeros.
        let (m, n) = a.shape();
        let mut joined = DMatrix::zeros(m + n, m + n);
        joined.view_mut((0, m), (m, n)).copy_from(&a);
        joined.view_mut((m, 0), (n, m)).copy_from(&a.transpose());
        let (sigma, lambda) = (singular_values(&a)?, symmetric_eigenvalues(&joined)?);
        let (k, largest) = (m.min(n), sigma.iter().copied().fold(0.0, f64::max));
        let tolerance = rounding(m + n, m + n);
        all_scaled(&lambda.as_slice()[..k], sigma.as_slice(), tolerance, largest)?;
        all_scaled(&lambda.as_slice()[k..m + n - k], &vec![0.0; m + n - 2 * k], tolerance, largest)?;
        prop_assert_eq!(matrix_norm2(&a)?, largest);
    }

    #[test]
    fn squared_singular_values_sum_to_the_squared_frobenius_norm(a in rectangle()) {
        let sigma = singular_values(&a)?;
        let tolerance = rounding(a.nrows(), a.ncols());
        relative(norm2(sigma.as_slice()), frobenius_norm(&a), tolerance)?;
        let size = max_norm(&a).max(f64::MIN_POSITIVE);
        let trace = ((&a / size).transpose() * (&a / size)).trace();
        relative(trace, frobenius_norm(&(&a / size)).powi(2), tolerance)?;
    }

    #[test]
    fn singular_values_do_not_change_under_transposition_and_rotation((a, q) in (1_usize..10).prop_flat_map(|m| (any_matrix(move || m..m + 1, || 1..10), orthogonal(m)))) {
        let sigma = singular_values(&a)?;
        let tolerance = 10.0 * rounding(a.nrows(), a.ncols());
        let transposed = singular_values(&a.transpose())?;
        let rotated = singular_values(&(q * &a))?;
        let mirrored = singular_values(&DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(a.nrows() - 1 - i, j)]))?;
        for other in [transposed, rotated, mirrored] {
            all_scaled(sigma.as_slice(), other.as_slice(), tolerance, sigma[0])?;
        }
    }

    #[test]
    fn rank_of_a_product_is_at_most_the_inner_dimension((a, b) in (1_usize..4).prop_flat_map(|k| (integer_matrix(4..9, k), integer_matrix(k, 4..9)))) {
        prop_assert!(svd(&(&a * &b))?.rank() <= a.ncols());
    }
}
