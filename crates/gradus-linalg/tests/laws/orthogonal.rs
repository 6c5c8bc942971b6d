//! Orthogonal factorizations and singular values.

use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{frobenius_norm, max_norm, qr, singular_values, svd};
use gradus_numeric::norm2;
use gradus_testkit::strategies::{integer_matrix, orthogonal};
use gradus_testkit::{all_scaled, at_most, cases, relative};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn q_is_orthonormal(a in rectangle()) {
        at_most(loss_of_orthogonality(&qr(&a)?.q), rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn q_times_r_is_the_matrix(a in rectangle()) {
        let qr = qr(&a)?;
        at_most(relative_distance(&a, &(qr.q * qr.r)), rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn r_is_upper_triangular(a in rectangle()) {
        let r = qr(&a)?.r;
        for (i, j) in (0..r.nrows()).flat_map(|i| (0..r.ncols()).map(move |j| (i, j))) {
            let expected = if i > j { r[(i, j)] == 0.0 } else { i != j || r[(i, j)] >= 0.0 };
            prop_assert!(expected, "r[({}, {})] = {}", i, j, r[(i, j)]);
        }
    }

    #[test]
    fn singular_triples_recompose_the_matrix(a in rectangle()) {
        let svd = svd(&a)?;
        let recomposed = &svd.u * DMatrix::from_diagonal(&svd.singular_values) * svd.v.transpose();
        at_most(relative_distance(&a, &recomposed), rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn singular_vectors_are_orthonormal(a in rectangle()) {
        let svd = svd(&a)?;
        let tolerance = rounding(a.nrows(), a.ncols());
        at_most(loss_of_orthogonality(&svd.u), tolerance)?;
        at_most(loss_of_orthogonality(&svd.v), tolerance)?;
    }

    #[test]
    fn singular_values_are_sorted_and_not_negative(a in rectangle()) {
        let sigma = singular_values(&a)?;
        prop_assert!(sigma.iter().all(|s| *s >= 0.0));
        prop_assert!(sigma.as_slice().windows(2).all(|s| s[0] >= s[1]));
    }

    #[test]
    fn singular_values_do_not_depend_on_the_question(a in rectangle()) {
        prop_assert_eq!(singular_values(&a)?, svd(&a)?.singular_values);
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
