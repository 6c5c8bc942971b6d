//! Condition number and nuclear norm: what singular values say about a matrix.

use crate::inputs::*;
use crate::ranked::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{
    cond, frobenius_norm, inverse, matmul, matrix_norm2, nuclear_norm, svd, trace,
};
use gradus_testkit::strategies::{integer_matrix, matrix, orthogonal};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

/// Two matrices of one shape, of which one may be of any kind.
fn pair() -> impl Strategy<Value = (DMatrix<f64>, DMatrix<f64>)> {
    (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| {
        let any = any_matrix(move || m..m + 1, move || n..n + 1);
        (any, integer_matrix(m, n))
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn orthogonal_matrices_have_condition_one(q in orthogonal(0..10), a in rectangle(), factor in power_of_two()) {
        relative(cond(&(q * factor))?, 1.0, 100.0 * 100.0 * U)?;
        at_most(1.0, cond(&a)?)?;
    }

    #[test]
    fn the_condition_number_does_not_depend_on_the_scale(a in matrix(0..9, 0..9), factor in power_of_two()) {
        same_bits(cond(&(&a * factor))?, cond(&a)?)?;
    }

    #[test]
    fn a_matrix_and_its_inverse_have_one_condition_number(a in (1_usize..9).prop_flat_map(well_conditioned)) {
        let (kappa, inverse) = (cond(&a)?, inverse(&a)?);
        let tolerance = 20.0 * rounding(a.nrows(), a.ncols()) * kappa;
        relative(cond(&inverse)?, kappa, tolerance)?;
        relative(matrix_norm2(&a)? * matrix_norm2(&inverse)?, kappa, tolerance)?;
    }

    #[test]
    fn condition_numbers_are_submultiplicative((a, b) in (1_usize..8).prop_flat_map(|n| (well_conditioned(n), well_conditioned(n)))) {
        let bound = cond(&a)? * cond(&b)?;
        let slack = 1.0 + 20.0 * rounding(a.nrows(), a.ncols()) * bound;
        at_most(cond(&matmul(&a, &b)?)?, bound * slack)?;
    }

    #[test]
    fn the_nearest_singular_matrix_is_as_far_as_the_condition_says(a in (2_usize..8).prop_flat_map(well_conditioned)) {
        let (kappa, svd) = (cond(&a)?, svd(&a)?);
        let k = svd.singular_values.len() - 1;
        let step = svd.u.column(k) * svd.v.column(k).transpose() * svd.singular_values[k];
        let distance = matrix_norm2(&step)? / matrix_norm2(&a)?;
        relative(distance, 1.0 / kappa, 20.0 * rounding(k + 1, k + 1) * kappa)?;
        at_most(1e14, cond(&(&a - step))?)?;
    }

    #[test]
    fn the_nuclear_norm_satisfies_the_triangle_inequality((a, b) in pair(), alpha in -3.0..3.0) {
        let slack = 1.0 + 4.0 * rounding(a.nrows(), a.ncols());
        at_most(nuclear_norm(&(&a + &b))?, (nuclear_norm(&a)? + nuclear_norm(&b)?) * slack)?;
        relative(nuclear_norm(&(&a * alpha))?, f64::abs(alpha) * nuclear_norm(&a)?, slack - 1.0)?;
    }

    #[test]
    fn the_nuclear_norm_lies_between_multiples_of_the_frobenius_norm((a, rank) in ranked()) {
        let slack = 1.0 + 4.0 * rounding(a.nrows(), a.ncols());
        let (nuclear, length) = (nuclear_norm(&a)?, frobenius_norm(&a));
        at_most(length, nuclear * slack)?;
        at_most(nuclear, (rank as f64).sqrt() * length * slack)?;
    }

    #[test]
    fn the_nuclear_norm_is_dual_to_the_spectral_norm((a, b) in pair()) {
        let slack = 1.0 + 8.0 * rounding(a.nrows(), a.ncols());
        let product = trace(&matmul(&a.transpose(), &b)?)?;
        at_most(product.abs(), nuclear_norm(&a)? * matrix_norm2(&b)? * slack)?;
        // The bound is attained by the orthogonal factor.
        let svd = svd(&a)?;
        let best = &svd.u * svd.v.transpose();
        let attained = trace(&(a.transpose() * best))?;
        scaled(attained, nuclear_norm(&a)?, slack - 1.0, nuclear_norm(&a)?)?;
    }

    #[test]
    fn the_nuclear_norm_of_a_gram_matrix_is_its_trace(a in integer_matrix(0..9, 0..9)) {
        let gram = matmul(&a.transpose(), &a)?;
        relative(nuclear_norm(&gram)?, trace(&gram)?, 4.0 * rounding(a.ncols(), a.ncols()))?;
    }
}
