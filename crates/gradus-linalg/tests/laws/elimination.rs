//! Elimination, triangles, refinement.

use crate::criteria::*;
use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, Step, Triangle, eliminate, matrix_norm_infinity, max_norm, solve, solve_refined,
    solve_triangular,
};
use gradus_numeric::{norm_infinity, norm1};
use gradus_testkit::strategies::{integer_matrix, integers, matrix, vector};
use gradus_testkit::{all_scaled, at_most, cases};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn l_times_u_is_the_matrix_with_its_rows_permuted(a in rectangle()) {
        l_times_u_is_permuted(&a)?;
    }

    #[test]
    fn l_and_u_are_triangular(a in rectangle()) {
        l_and_u_are_triangles(&a)?;
    }

    #[test]
    fn substitution_solves_triangular_systems((t, b) in (0_usize..12).prop_flat_map(|n| (matrix(n, n), vector(n)))) {
        let n = b.len();
        let b = DVector::from_vec(b);
        let half = |keep: fn(usize, usize) -> bool, unit: bool| DMatrix::from_fn(n, n, |i, j| match (i == j, keep(i, j)) {
            (true, _) if unit => 1.0,
            (true, _) | (false, true) => t[(i, j)],
            (false, false) => 0.0,
        });
        let lower = |i, j| i > j;
        let upper = |i, j| i < j;
        let kinds = [(Triangle::Lower, half(lower, false)), (Triangle::UnitLower, half(lower, true)), (Triangle::Upper, half(upper, false)), (Triangle::UnitUpper, half(upper, true))];
        for (triangle, part) in kinds {
            match solve_triangular(&t, &b, triangle) {
                Ok(x) => {
                    let size = norm_infinity(x.as_slice()).max(1.0);
                    let residual = &b / size - &part * (&x / size);
                    let scale = matrix_norm_infinity(&part) * norm_infinity((&x / size).as_slice()) + norm_infinity(b.as_slice()) / size;
                    at_most(norm_infinity(residual.as_slice()), 2.0 * gamma(n + 1, U) * scale)?;
                }
                Err(LinalgError::Singular { .. }) => prop_assert!(part.diagonal().iter().any(|d| *d == 0.0)),
                Err(error) => return Err(error.into()),
            }
        }
    }

    #[test]
    fn the_steps_of_elimination_can_be_repeated((a, b) in (1_usize..8).prop_flat_map(|n| (integer_matrix(n, n), integers(n)))) {
        let n = b.len();
        let mut work = DMatrix::from_fn(n, n + 1, |i, j| if j < n { a[(i, j)] } else { b[i] });
        let mut largest = 0.0_f64;
        let mut unknowns = DVector::zeros(n);
        let answer = eliminate(&a, &DVector::from_vec(b), |step| match step {
            Step::Swap { row, other } => work.swap_rows(row, other),
            Step::Eliminate { row, pivot_row, factor } => {
                largest = largest.max(factor.abs());
                let subtracted = work.row(row) - factor * work.row(pivot_row);
                work.set_row(row, &subtracted);
            }
            Step::BackSubstitute { row, value } => unknowns[row] = value,
            _ => {}
        });
        at_most(largest, 1.0)?;
        for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            at_most(work[(i, j)].abs(), 2.0_f64.powi(7) * gamma(n, U) * max_norm(&a))?;
        }
        if let Ok(solution) = answer {
            let tolerance = 20.0 * n as f64 * U / solution.rcond;
            all_scaled(unknowns.as_slice(), solution.x.as_slice(), tolerance, norm_infinity(solution.x.as_slice()))?;
        }
    }

    #[test]
    fn watching_elimination_changes_nothing((a, b) in square().prop_flat_map(|a| { let n = a.nrows(); (Just(a), vector(n)) })) {
        let b = DVector::from_vec(b);
        let mut unknowns = 0;
        let watched = eliminate(&a, &b, |step| unknowns += usize::from(matches!(step, Step::BackSubstitute { .. })));
        match (watched, solve(&a, &b)) {
            (Ok(watched), Ok(plain)) => {
                prop_assert_eq!(watched, plain);
                prop_assert_eq!(unknowns, b.len());
            }
            (Err(watched), Err(plain)) => prop_assert_eq!(std::mem::discriminant(&watched), std::mem::discriminant(&plain)),
            (watched, plain) => prop_assert!(false, "{:?} and {:?}", watched, plain),
        }
    }

    #[test]
    fn refined_solutions_have_nearly_all_digits((a, x) in (1_usize..9).prop_flat_map(|n| (well_conditioned(n).prop_map(|a| (a * 1048576.0).map(f64::round)), integers(n)))) {
        // Whole numbers: the right-hand side, and hence the solution, is exact.
        let x = DVector::from_vec(x);
        match solve_refined(&a, &(&a * &x)) {
            Ok(solution) => {
                let error = norm1((&solution.x - &x).as_slice());
                at_most(error, 2.0 * f64::EPSILON * norm1(x.as_slice()))?;
            }
            Err(LinalgError::Singular { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }

    #[test]
    fn the_error_is_within_its_bound((a, x) in (1_usize..9).prop_flat_map(|n| (prop_oneof![integer_matrix(n, n), well_conditioned(n).prop_map(|a| (a * 1048576.0).map(f64::round))], integers(n)))) {
        let x = DVector::from_vec(x);
        if let Ok(solution) = solve(&a, &(&a * &x)) {
            let error = norm1((&solution.x - &x).as_slice());
            // The norm of the inverse is estimated from below, rarely by more than three.
            at_most(error, 3.0 * solution.error_bound * norm1(solution.x.as_slice()))?;
            at_most(solution.error_bound, 100.0 * x.len() as f64 * U / solution.rcond)?;
        }
    }
}
