//! Linear systems, inverses, positive definite matrices.

use crate::criteria::*;
use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, Solution, cholesky, frobenius_norm, inverse, matrix_norm1, max_norm, solve,
    solve_columns, symmetric_eigenvalues,
};
use gradus_numeric::norm_infinity;
use gradus_testkit::strategies::{
    integer_matrix, integers, matrix, orthogonal, positive_definite, vector,
};
use gradus_testkit::{all_scaled, at_most, cases, same_bits};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn solutions_have_a_small_backward_error((a, b) in square().prop_flat_map(|a| { let n = a.nrows(); (Just(a), vector(n)) })) {
        the_solution_fits(&a, &DVector::from_vec(b))?;
    }

    /// Rows are measured by their largest entries, unknowns by those of their columns then. The solver rounds these
    /// sizes to powers of two, and its check allows ten roundings an entry.
    #[test]
    fn solutions_have_a_small_backward_error_in_any_units((a, b, powers) in (2_usize..10).prop_flat_map(|n| (matrix(n, n), vector(n), proptest::collection::vec(-100..100, 2 * n)))) {
        let n = b.len();
        let unit = |i: usize| 2.0_f64.powi(powers[i]);
        let a = DMatrix::from_fn(n, n, |i, j| a[(i, j)] * unit(i) * unit(n + j));
        let b = DVector::from_fn(n, |i, _| b[i] * unit(i));
        let rows = DVector::from_fn(n, |i, _| a.row(i).amax());
        let columns = DVector::from_fn(n, |j, _| a.column(j).component_div(&rows).amax());
        let is_far = |sizes: &DVector<f64>| sizes.min() < 2.0_f64.powi(-34) * sizes.max();
        prop_assume!(is_far(&rows) || is_far(&DVector::from_fn(n, |j, _| a.column(j).amax())));
        let x = solve(&a, &b)?.x;
        let residual = (&b - &a * &x).component_div(&rows).amax();
        let (unknowns, right) = (columns.component_mul(&x).amax(), b.component_div(&rows).amax());
        at_most(residual, rounding(n, 1) * (5.0 * n as f64 * unknowns + 3.0 * right))?;
    }

    #[test]
    fn solutions_err_by_condition_times_rounding((a, x) in (1_usize..10).prop_flat_map(|n| (well_conditioned(n), vector(n)))) {
        let x = DVector::from_vec(x);
        let solution = solve(&a, &(&a * &x))?;
        let error = norm_infinity((&solution.x - &x).as_slice());
        at_most(error, 20.0 * condition(&a)? * x.len() as f64 * U * norm_infinity(x.as_slice()))?;
    }

    #[test]
    fn solving_undoes_multiplying((a, x) in (1_usize..8).prop_flat_map(|n| (integer_matrix(n, n), integers(n)))) {
        let x = DVector::from_vec(x);
        match solve(&a, &(&a * &x)) {
            Ok(solution) => {
                let tolerance = 20.0 * x.len() as f64 * U / solution.rcond;
                all_scaled(solution.x.as_slice(), x.as_slice(), tolerance, norm_infinity(x.as_slice()))?;
            }
            Err(LinalgError::Singular { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }

    #[test]
    fn the_condition_is_estimated_within_a_factor_of_ten(a in (1_usize..12).prop_flat_map(|n| prop_oneof![matrix(n, n), integer_matrix(n, n)])) {
        let n = a.nrows();
        let answers = (solve(&a, &DVector::from_element(n, 1.0)), inverse(&a));
        if let (Ok(Solution { rcond, .. }), Ok(inverse)) = answers {
            let exact = 1.0 / (matrix_norm1(&a) * matrix_norm1(&inverse));
            let slack = 1.0 + 20.0 * n as f64 * U / rcond;
            at_most(exact, rcond * slack)?;
            at_most(rcond, 10.0 * exact * slack)?;
        }
    }

    #[test]
    fn columns_are_solved_as_if_alone((a, b) in (1_usize..8).prop_flat_map(|n| (well_conditioned(n), matrix(n, 0..5)))) {
        let together = solve_columns(&a, &b)?;
        for j in 0..b.ncols() {
            let alone = solve(&a, &b.column(j).into_owned())?;
            same_bits(alone.rcond, together.rcond)?;
            let tolerance = 20.0 * b.nrows() as f64 * U / alone.rcond;
            let size = norm_infinity(alone.x.as_slice());
            all_scaled(together.x.column(j).as_slice(), alone.x.as_slice(), tolerance, size)?;
        }
    }

    #[test]
    fn a_matrix_times_its_inverse_is_the_identity(a in (0_usize..9).prop_flat_map(well_conditioned)) {
        let n = a.nrows();
        let inverse = inverse(&a)?;
        let tolerance = 20.0 * n as f64 * U * matrix_norm1(&a) * matrix_norm1(&inverse);
        at_most(max_norm(&(&a * &inverse - DMatrix::identity(n, n))), tolerance)?;
        at_most(max_norm(&(&inverse * &a - DMatrix::identity(n, n))), tolerance)?;
    }

    #[test]
    fn solve_and_inverse_agree_on_what_is_singular((a, b) in square().prop_flat_map(|a| { let n = a.nrows(); (Just(a), vector(n)) })) {
        let is_singular = |error: Option<LinalgError>| matches!(error, Some(LinalgError::Singular { .. }));
        let (solution, inverse) = (solve(&a, &DVector::from_vec(b)), inverse(&a));
        // What overflows is neither.
        if !matches!(inverse, Err(LinalgError::Overflow { .. })) && !matches!(solution, Err(LinalgError::Overflow { .. })) {
            prop_assert_eq!(is_singular(solution.clone().err()), is_singular(inverse.err()));
        }
        if let Ok(solution) = solution {
            prop_assert!(solution.rcond > a.nrows() as f64 * f64::EPSILON);
            prop_assert!(solution.error_bound < f64::INFINITY || solution.x.amax() == 0.0);
        }
    }

    #[test]
    fn the_inverse_of_the_inverse_is_the_matrix(a in (1_usize..9).prop_flat_map(well_conditioned)) {
        let tolerance = 20.0 * a.nrows() as f64 * U * condition(&a)?;
        at_most(relative_distance(&a, &inverse(&inverse(&a)?)?), tolerance)?;
    }

    #[test]
    fn the_inverse_of_a_product_reverses_the_order((a, b) in (1_usize..7).prop_flat_map(|n| (well_conditioned(n), well_conditioned(n)))) {
        let left = inverse(&(&a * &b))?;
        let right = inverse(&b)? * inverse(&a)?;
        let tolerance = 20.0 * a.nrows() as f64 * U * condition(&a)? * condition(&b)?;
        at_most(relative_distance(&right, &left), tolerance)?;
    }

    #[test]
    fn a_positive_definite_matrix_is_a_triangle_times_its_transpose(a in positive_definite(0..16), factor in power_of_two()) {
        l_times_its_transpose_is(&(a * factor))?;
    }

    #[test]
    fn an_indefinite_matrix_has_no_cholesky_factor(q in orthogonal(1..9), lambda in -1.0..-1e-6) {
        let n = q.nrows();
        let eigenvalues = DVector::from_fn(n, |i, _| if i == 0 { lambda } else { i as f64 });
        let a = &q * DMatrix::from_diagonal(&eigenvalues) * q.transpose();
        a_pivot_is_negative(n, &cholesky(&a))?;
    }

    #[test]
    fn a_cholesky_factor_exists_exactly_if_all_eigenvalues_are_positive(a in symmetric_square(), shift in -2.0..3.0) {
        // Whole numbers as they are, and moved to either side of definite.
        let (n, a) = (a.nrows(), unit(&a));
        for a in [&a + DMatrix::identity(n, n) * shift, a] {
            let lambda = symmetric_eigenvalues(&a)?;
            let (least, band) = (lambda.min(), rounding(n, n) * frobenius_norm(&a));
            match cholesky(&a) {
                Ok(_) => prop_assert!(n == 0 || least >= -band, "{}", least),
                Err(LinalgError::NotPositiveDefinite { .. }) => prop_assert!(least <= band, "{}", least),
                Err(error) => return Err(error.into()),
            }
        }
    }
}
