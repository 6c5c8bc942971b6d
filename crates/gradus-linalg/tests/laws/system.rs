//! Linear systems, inverses, positive definite matrices.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, Solution, cholesky, inverse, matrix_norm_infinity, matrix_norm1, max_norm,
    singular_values, solve, solve_columns,
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
        let n = a.nrows();
        let b = DVector::from_vec(b);
        match solve(&a, &b) {
            Ok(solution) => {
                at_most(solution.backward_error, rounding(n, 1))?;
                at_most(solution.rcond, 1.0 + rounding(n, 1))?;
                let size = max_norm(&a).max(f64::MIN_POSITIVE);
                let residual = &b - (&a / size) * (&solution.x * size);
                let scale = matrix_norm_infinity(&(&a / size)) * norm_infinity((&solution.x * size).as_slice()) + norm_infinity(b.as_slice());
                // Unknowns of very different size can be told, but not always multiplied here.
                if scale.is_finite() {
                    at_most(norm_infinity(residual.as_slice()), 2.0 * rounding(n, 1) * scale)?;
                }
            }
            Err(LinalgError::Singular { rcond }) => {
                at_most(rcond, 1e-290)?;
                let sigma = singular_values(&a)?;
                at_most(sigma[n - 1], rounding(n, n) * sigma[0])?;
            }
            // Nothing but an inverse beyond the range of numbers makes an unknown so great.
            Err(LinalgError::Overflow { .. }) => {
                let sigma = singular_values(&a)?;
                at_most(sigma[n - 1] / sigma[0], rounding(n, n))?;
            }
            Err(error) => return Err(error.into()),
        }
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
    fn a_positive_definite_matrix_is_a_triangle_times_its_transpose(a in positive_definite(0..12), factor in power_of_two()) {
        let n = a.nrows();
        let a = a * factor;
        let l = cholesky(&a)?;
        at_most(relative_distance(&a, &(&l * l.transpose())), rounding(n, n))?;
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
            let expected = if i < j { l[(i, j)] == 0.0 } else { i != j || l[(i, j)] > 0.0 };
            prop_assert!(expected, "l[({}, {})] = {}", i, j, l[(i, j)]);
        }
    }

    #[test]
    fn an_indefinite_matrix_has_no_cholesky_factor(q in orthogonal(1..9), lambda in -1.0..-1e-6) {
        let n = q.nrows();
        let eigenvalues = DVector::from_fn(n, |i, _| if i == 0 { lambda } else { i as f64 });
        let a = &q * DMatrix::from_diagonal(&eigenvalues) * q.transpose();
        let refused = matches!(cholesky(&a), Err(LinalgError::NotPositiveDefinite { index, pivot }) if index < n && pivot < 0.0);
        prop_assert!(refused);
    }
}
