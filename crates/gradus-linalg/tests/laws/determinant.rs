//! Determinants.

use crate::inputs::*;
use gradus_linalg::nalgebra::{Complex, DMatrix};
use gradus_linalg::{cholesky, det, eigenvalues, inverse, singular_values, slogdet};
use gradus_testkit::strategies::{integer_matrix, positive_definite};
use gradus_testkit::{cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::LN_2;

/// By the first row, in integers: another way than elimination.
fn laplace(a: &DMatrix<i128>) -> i128 {
    let n = a.nrows();
    if n == 0 {
        return 1;
    }
    let cofactor = |j: usize| {
        let minor = laplace(&a.clone().remove_row(0).remove_column(j));
        if j.is_multiple_of(2) { minor } else { -minor }
    };
    (0..n).map(|j| a[(0, j)] * cofactor(j)).sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn determinants_multiply((a, b) in (0_usize..9).prop_flat_map(|n| (well_conditioned(n), well_conditioned(n))), factor in power_of_two()) {
        let n = a.nrows();
        // Elimination of a matrix of condition κ finds its determinant to about n κ u.
        let bound = |kappa: f64| 20.0 * n.max(1) as f64 * kappa * U;
        let (of_a, of_b) = (condition(&a)?, condition(&b)?);
        relative(det(&(&a * &b))?, det(&a)? * det(&b)?, bound(of_a * of_b))?;
        let tolerance = bound(of_a);
        relative(det(&a.transpose())?, det(&a)?, tolerance)?;
        let scaled_by = slogdet(&(&a * factor))?;
        let expected = slogdet(&a)?.ln_abs + n as f64 * factor.ln();
        scaled(scaled_by.ln_abs, expected, tolerance, expected.abs().max(1.0))?;
        relative(det(&(&a * -3.0))?, (-3.0_f64).powi(i32::try_from(n)?) * det(&a)?, tolerance)?;
    }

    #[test]
    fn integer_determinants_are_exact(a in (0_usize..8).prop_flat_map(|n| integer_matrix(n, n))) {
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
        let exact = laplace(&a.map(|x| i128::from(x as i64)));
        prop_assert_eq!(det(&a)?, exact as f64);
        let answer = slogdet(&a)?;
        prop_assert_eq!(answer.sign, exact.signum() as f64);
        if exact != 0 {
            scaled(answer.ln_abs, (exact as f64).abs().ln(), 4.0 * f64::EPSILON, answer.ln_abs.abs().max(1.0))?;
            // Halves are no whole numbers: the same by elimination in floating point.
            let halves = det(&(&a * 0.5))? * 2.0_f64.powi(i32::try_from(a.nrows())?);
            let size: f64 = a.column_iter().map(|c| c.iter().map(|x| x.abs()).sum::<f64>()).product();
            scaled(halves, exact as f64, 2.0_f64.powi(8) * gamma(a.nrows(), U), size)?;
        }
    }

    #[test]
    fn the_determinant_is_the_product_of_the_eigenvalues_and_up_to_sign_of_the_singular_values(a in (0_usize..9).prop_flat_map(well_conditioned)) {
        let determinant = det(&a)?;
        let eigenvalues: Complex<f64> = eigenvalues(&a)?.iter().product();
        let singular: f64 = singular_values(&a)?.iter().product();
        // Either is that of a matrix within rounding of A, whose determinant differs by the condition times as much.
        let n = a.nrows();
        let tolerance = 4.0 * n as f64 * rounding(n, n) * condition(&a)?;
        scaled(eigenvalues.re, determinant, tolerance, determinant.abs())?;
        scaled(eigenvalues.im, 0.0, tolerance, determinant.abs())?;
        relative(singular, determinant.abs(), tolerance)?;
    }

    #[test]
    fn the_log_determinant_is_finite_where_the_determinant_is_not(a in (3_usize..9).prop_flat_map(well_conditioned), k in 400_i32..900, huge in any::<bool>()) {
        // |det A| lies between 10^-40 and 1; it is multiplied or divided by 2^1200 at least.
        let n = a.nrows();
        let k = f64::from(if huge { k } else { -k });
        let (of_a, of_large) = (slogdet(&a)?, slogdet(&(&a * k.exp2()))?);
        let determinant = det(&(&a * k.exp2()))?;
        let limit = if huge { of_a.sign * f64::INFINITY } else { 0.0 };
        prop_assert_eq!(determinant, limit);
        let ln = of_a.ln_abs + n as f64 * k * LN_2;
        prop_assert!(of_large.ln_abs.is_finite());
        same_bits(of_large.sign, of_a.sign)?;
        // A power of two changes no digit of the pivots: what is left is the rounding of the logarithms.
        scaled(of_large.ln_abs, ln, 4.0 * f64::EPSILON, ln.abs() + of_a.ln_abs.abs())?;
    }

    #[test]
    fn log_determinants_of_inverses_cancel(a in (0_usize..9).prop_flat_map(well_conditioned)) {
        let (of_a, of_inverse) = (slogdet(&a)?, slogdet(&inverse(&a)?)?);
        same_bits(of_a.sign, of_inverse.sign)?;
        let tolerance = 20.0 * a.nrows() as f64 * condition(&a)? * f64::EPSILON;
        scaled(of_a.ln_abs, -of_inverse.ln_abs, tolerance, 1.0)?;
    }

    #[test]
    fn the_log_determinant_is_twice_that_of_the_cholesky_factor(a in positive_definite(1..9), factor in power_of_two()) {
        let a = a * factor;
        let diagonal: f64 = cholesky(&a)?.diagonal().iter().map(|l| l.ln()).sum();
        let answer = slogdet(&a)?;
        same_bits(answer.sign, 1.0)?;
        let tolerance = 20.0 * a.nrows() as f64 * f64::EPSILON;
        scaled(answer.ln_abs, 2.0 * diagonal, tolerance, condition(&a)? + diagonal.abs())?;
    }
}
