//! Norms.

use crate::inputs::*;
use gradus_linalg::nalgebra::DVector;
use gradus_linalg::{
    frobenius_norm, matmul, matrix_norm_infinity, matrix_norm1, matrix_norm2, max_norm,
    norm_infinity, norm1, norm2,
};
use gradus_testkit::strategies::{matrix, structured_matrix, structured_vector, vector};
use gradus_testkit::{at_most, cases, laws, relative, same_bits, scaled};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn norms_satisfy_the_triangle_inequality((x, y) in (0_usize..20).prop_flat_map(|n| (structured_vector(n), vector(n))), alpha in -3.0..3.0) {
        let tolerance = (x.len() + 4) as f64 * U;
        laws::norm(norm1, &x, &y, alpha, tolerance)?;
        laws::norm(norm2, &x, &y, alpha, tolerance)?;
        laws::norm(norm_infinity, &x, &y, alpha, tolerance)?;
    }

    #[test]
    fn norms_scale_by_powers_of_two_to_the_bit(x in prop_oneof![vector(0..20), Just(vec![1.0, 1.0])], factor in power_of_two()) {
        let multiple: Vec<f64> = x.iter().map(|x| factor * x).collect();
        same_bits(norm1(&multiple), factor * norm1(&x))?;
        same_bits(norm2(&multiple), factor * norm2(&x))?;
        same_bits(norm_infinity(&multiple), factor * norm_infinity(&x))?;
    }

    #[test]
    fn vector_norms_are_ordered(x in prop_oneof![vector(0..40), structured_vector(0..40)]) {
        let n = x.len() as f64;
        let slack = 1.0 + (n + 4.0) * U;
        at_most(norm_infinity(&x), norm2(&x) * slack)?;
        at_most(norm2(&x), norm1(&x) * slack)?;
        at_most(norm1(&x), n.sqrt() * norm2(&x) * slack)?;
    }

    #[test]
    fn only_zero_has_norm_zero(n in 1_usize..9, at in any::<prop::sample::Index>(), entry in prop_oneof![Just(5e-324_f64), Just(1e-310), Just(-1e-200)]) {
        let mut x = vec![0.0; n];
        prop_assert_eq!([norm1(&x), norm2(&x), norm_infinity(&x)], [0.0; 3]);
        x[at.index(n)] = entry;
        prop_assert_eq!([norm1(&x), norm2(&x), norm_infinity(&x)], [entry.abs(); 3]);
    }

    #[test]
    fn a_product_of_vectors_is_at_most_the_product_of_norms((x, y) in (0_usize..30).prop_flat_map(|n| (vector(n), vector(n)))) {
        let slack = 1.0 + (x.len() + 4) as f64 * U;
        at_most(exact_dot(&x, &y).abs(), norm2(&x) * norm2(&y) * slack)?;
        at_most(exact_dot(&x, &x), norm2(&x) * norm2(&x) * slack)?;
    }

    #[test]
    fn the_euclidean_norm_is_within_two_ulps(x in vector(0..300)) {
        // Twice the relative error of the norm, and the rounding of the square.
        relative(norm2(&x).powi(2), exact_dot(&x, &x), 4.5 * f64::EPSILON)?;
    }

    #[test]
    fn the_parallelogram_law_holds((x, y) in (0_usize..30).prop_flat_map(|n| (vector(n), vector(n)))) {
        let (x, y) = (DVector::from_vec(x), DVector::from_vec(y));
        let square = |x: &DVector<f64>| norm2(x.as_slice()).powi(2);
        let sides = 2.0 * square(&x) + 2.0 * square(&y);
        scaled(square(&(&x + &y)) + square(&(&x - &y)), sides, 4.0 * (x.len() + 4) as f64 * U, sides)?;
    }

    #[test]
    fn matrix_norms_scale_by_powers_of_two_to_the_bit(a in matrix(0..9, 0..9), factor in power_of_two()) {
        let multiple = &a * factor;
        for norm in [matrix_norm1, matrix_norm_infinity, frobenius_norm, max_norm] {
            same_bits(norm(&multiple), factor * norm(&a))?;
        }
        same_bits(matrix_norm2(&multiple)?, factor * matrix_norm2(&a)?)?;
    }

    #[test]
    fn matrix_norms_are_submultiplicative((a, b) in (0_usize..9).prop_flat_map(|k| (matrix(0..9, k), structured_matrix(k, 0..9).prop_map(in_range)))) {
        let ab = matmul(&a, &b)?;
        for norm in [matrix_norm1, matrix_norm_infinity, frobenius_norm] {
            at_most(norm(&ab), norm(&a) * norm(&b) * (1.0 + 1e-12))?;
        }
        at_most(matrix_norm2(&ab)?, matrix_norm2(&a)? * matrix_norm2(&b)? * (1.0 + 1e-12))?;
    }

    #[test]
    fn the_spectral_norm_is_bounded_by_the_column_and_row_sums(a in rectangle()) {
        let slack = 1.0 + rounding(a.nrows(), a.ncols());
        let norm = matrix_norm2(&a)?;
        at_most(norm, matrix_norm1(&a).sqrt() * matrix_norm_infinity(&a).sqrt() * slack)?;
        at_most(max_norm(&a), norm * slack)?;
        at_most(norm, (a.len() as f64).sqrt() * max_norm(&a) * slack)?;
    }
}
