//! Norms of matrices.

use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{
    frobenius_norm, matmul, matrix_norm_infinity, matrix_norm1, matrix_norm2, max_norm,
};
use gradus_testkit::strategies::{matrix, structured_matrix};
use gradus_testkit::{at_most, cases, relative, same_bits};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

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

    #[test]
    fn frobenius_norms_obey_the_parallelogram_law((a, b) in (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| {
        let any = move || any_matrix(move || m..m + 1, move || n..n + 1);
        (any(), any())
    })) {
        let (a, b) = (unit(&a), unit(&b));
        let square = |a: &DMatrix<f64>| frobenius_norm(a).powi(2);
        let diagonals = square(&(&a + &b)) + square(&(&a - &b));
        relative(diagonals, 2.0 * square(&a) + 2.0 * square(&b), 4.0 * a.len() as f64 * U)?;
    }
}
