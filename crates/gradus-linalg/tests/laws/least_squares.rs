//! Least squares.

use crate::criteria::*;
use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{cholesky, inverse, least_squares, least_squares_within, qr, svd};
use gradus_numeric::Real;
use gradus_numeric::norm2;
use gradus_testkit::strategies::{
    integer_matrix, matrix, positive_definite, structured_matrix, vector,
};
use gradus_testkit::{at_most, cases, scaled};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_residual_is_perpendicular_to_the_columns((a, b) in rectangle().prop_flat_map(|a| { let m = a.nrows(); (Just(a), vector(m)) })) {
        the_residual_is_perpendicular(&a, &DVector::from_vec(b))?;
    }

    #[test]
    fn least_squares_obeys_pythagoras((a, b) in (1_usize..9, 0_usize..5).prop_flat_map(|(n, more)| (structured_matrix(n + more, n).prop_map(in_range), vector(n + more)))) {
        let best = least_squares(&a, &DVector::from_vec(b.clone()))?;
        let foot = &a * &best.x;
        let legs = norm2(foot.as_slice()).powi(2) + best.residual.powi(2);
        let part = |j: usize| norm2(a.column(j).into_owned().as_slice()) * best.x[j].abs();
        let size = (0..a.ncols()).map(part).sum::<f64>() + norm2(&b);
        scaled(legs, norm2(&b).powi(2), 50.0 * b.len() as f64 * f64::EPSILON, size.powi(2))?;
    }

    #[test]
    fn no_other_least_squares_solution_is_shorter((half, b, t) in (1_usize..6).prop_flat_map(|n| (matrix(1..7, n), vector(0..1), vector(n))).prop_flat_map(|(a, _, t)| { let m = a.nrows(); (Just(a), vector(m), Just(t)) })) {
        // [A A] (x + (t, −t)) = [A A] x
        let n = half.ncols();
        let a = DMatrix::from_fn(half.nrows(), 2 * n, |i, j| half[(i, j % n)]);
        let best = least_squares(&a, &DVector::from_vec(b))?;
        let other = DVector::from_fn(2 * n, |i, _| best.x[i] + if i < n { t[i] } else { -t[i - n] });
        prop_assert!(best.rank <= n);
        at_most(norm2(best.x.as_slice()), norm2(other.as_slice()) * (1.0 + rounding(2 * n, n) / best.rcond))?;
    }

    #[test]
    fn units_of_columns_are_only_units((a, b, powers) in (1_usize..7, 0_usize..5).prop_flat_map(|(n, more)| (matrix(n + more, n), vector(n + more), proptest::collection::vec(-300..300, n)))) {
        let (b, unit) = (DVector::from_vec(b), |j: usize| 2.0_f64.powi(powers[j]));
        let given = least_squares(&a, &b)?;
        prop_assume!(given.rank == a.ncols());
        let elsewhere = least_squares(&DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)] * unit(j)), &b)?;
        prop_assert_eq!(&elsewhere.x, &DVector::from_fn(a.ncols(), |j, _| given.x[j] / unit(j)));
        prop_assert_eq!((elsewhere.rank, elsewhere.rcond, elsewhere.residual), (given.rank, given.rcond, given.residual));
    }

    #[test]
    fn a_larger_tolerance_keeps_no_more_columns((a, b) in rectangle().prop_flat_map(|a| { let m = a.nrows(); (Just(a), vector(m)) }), t in 0.0..1.0, more in 0.0..1.0) {
        let b = DVector::from_vec(b);
        let of = |t| least_squares_within(&a, &b, t).map(|best| best.rank);
        prop_assert!(of(t + more)? <= of(t)?);
        prop_assert_eq!(of(1.0)?, 0);
    }

    #[test]
    fn answers_in_single_precision_are_rounded_once(a in integer_matrix(0..9, 0..9), b in positive_definite(0..6)) {
        let single = |a: &DMatrix<f64>| a.map(f32::from_f64);
        let svd_f32 = svd(&single(&a))?;
        let svd_f64 = svd(&a)?;
        prop_assert_eq!(single(&svd_f64.u), svd_f32.u);
        prop_assert_eq!(single(&svd_f64.v), svd_f32.v);
        prop_assert_eq!(svd_f64.singular_values.map(f32::from_f64), svd_f32.singular_values);
        prop_assert_eq!(single(&qr(&a)?.q), qr(&single(&a))?.q);
        prop_assert_eq!(single(&qr(&a)?.r), qr(&single(&a))?.r);
        let b = single(&b);
        prop_assert_eq!(single(&cholesky(&b.map(f64::from))?), cholesky(&b)?);
        prop_assert_eq!(single(&inverse(&b.map(f64::from))?), inverse(&b)?);
    }
}
