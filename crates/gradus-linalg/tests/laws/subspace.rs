//! Rank, null space, range, projections.

use crate::inputs::*;
use crate::ranked::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    frobenius_norm, matmul, max_norm, null_space, null_space_within, project, projector,
    pseudo_inverse_within, range, range_within, rank, rank_tolerance, svd, trace,
};
use gradus_numeric::{Real, norm2};
use gradus_testkit::strategies::vector;
use gradus_testkit::{all_scaled, at_most, cases, laws, relative, scaled};
use proptest::prelude::*;

/// A matrix of known rank and a vector with as many entries as it has rows.
fn ranked_and_vector() -> impl Strategy<Value = (DMatrix<f64>, usize, Vec<f64>)> {
    ranked().prop_flat_map(|(a, rank)| {
        let b = vector(a.nrows());
        (Just(a), Just(rank), b)
    })
}

fn natural_rank(a: &DMatrix<f64>) -> Result<usize, gradus_linalg::LinalgError> {
    rank(a, rank_tolerance(a))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn rank_and_nullity_sum_to_the_number_of_columns((a, r) in ranked()) {
        prop_assert_eq!(natural_rank(&a)?, r);
        prop_assert_eq!(svd(&a)?.rank(), r);
        prop_assert_eq!(range(&a)?.ncols(), r);
        prop_assert_eq!(null_space(&a)?.ncols(), a.ncols() - r);
        let single = unit(&a).map(f32::from_f64);
        prop_assert_eq!(null_space(&single)?.ncols(), a.ncols() - r);
        prop_assert_eq!(range(&single)?.ncols(), r);
    }

    #[test]
    fn rows_and_columns_have_the_same_rank((a, r) in ranked()) {
        prop_assert_eq!(natural_rank(&a.transpose())?, r);
        let a = unit(&a);
        prop_assert_eq!(natural_rank(&matmul(&a.transpose(), &a)?)?, r);
        prop_assert_eq!(natural_rank(&matmul(&a, &a.transpose())?)?, r);
    }

    #[test]
    fn a_product_has_at_most_the_rank_of_its_factors((a, b, bound) in (0_usize..7, 0_usize..7, 0_usize..7, 0_usize..4, 0_usize..4).prop_flat_map(|(m, k, n, p, q)| {
        let (p, q) = (p.min(m).min(k), q.min(k).min(n));
        (of_rank(m, k, p), of_rank(k, n, q), Just(p.min(q)))
    })) {
        prop_assert!(natural_rank(&matmul(&a, &b)?)? <= bound);
    }

    #[test]
    fn rank_falls_with_the_tolerance(a in rectangle(), t in 0.0..1.0, more in 0.0..1.0) {
        prop_assert!(rank(&a, t + more)? <= rank(&a, t)?);
        prop_assert!(rank(&a, 0.0)? <= a.nrows().min(a.ncols()));
        prop_assert_eq!(rank(&a, 1.0)?, 0);
    }

    #[test]
    fn subspaces_change_with_the_tolerance(a in rectangle(), t in 0.0..1.0, more in 0.0..1.0) {
        let n = a.ncols();
        let rank_of = |t| rank(&a, t);
        for t in [t, t + more] {
            prop_assert_eq!(range_within(&a, t)?.ncols(), rank_of(t)?);
            prop_assert_eq!(null_space_within(&a, t)?.ncols(), n - rank_of(t)?);
        }
        prop_assert_eq!(max_norm(&pseudo_inverse_within(&a, 1.0)?), 0.0);
    }

    #[test]
    fn the_null_space_goes_to_zero(a in rectangle()) {
        let (m, n) = a.shape();
        let (a, null) = (unit(&a), null_space(&a)?);
        let tolerance = 2.0 * rounding(m, n) + m.max(n) as f64 * f64::EPSILON;
        at_most(max_norm(&matmul(&a, &null)?), tolerance * frobenius_norm(&a))?;
    }

    #[test]
    fn bases_of_subspaces_are_orthonormal(a in rectangle()) {
        let (m, n) = a.shape();
        at_most(loss_of_orthogonality(&null_space(&a)?), rounding(m.max(n), n))?;
        at_most(loss_of_orthogonality(&range(&a)?), rounding(m, n))?;
    }

    #[test]
    fn the_null_space_is_what_the_rows_leave((a, _) in ranked()) {
        let (rows, rest) = (range(&a.transpose())?, null_space(&a)?);
        prop_assert_eq!(rows.ncols() + rest.ncols(), a.ncols());
        let both = DMatrix::from_fn(a.ncols(), a.ncols(), |i, j| match j.checked_sub(rows.ncols()) {
            None => rows[(i, j)],
            Some(j) => rest[(i, j)],
        });
        // A subspace turns by the error of the matrix over the gap: the singular values here lie within 10⁵.
        at_most(loss_of_orthogonality(&both), 1e5 * rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn the_range_contains_every_column(a in rectangle()) {
        let (m, n) = a.shape();
        let (a, q) = (unit(&a), range(&a)?);
        let missed = &a - &q * (q.transpose() * &a);
        let tolerance = 4.0 * rounding(m, n) + m.max(n) as f64 * f64::EPSILON;
        at_most(max_norm(&missed), tolerance * frobenius_norm(&a))?;
    }

    #[test]
    fn a_projector_is_symmetric_and_idempotent(a in rectangle()) {
        let (m, p) = (a.nrows(), projector(&a)?);
        prop_assert_eq!(&p, &p.transpose());
        at_most(max_norm(&(&p * &p - &p)), rounding(m, m))?;
        at_most(max_norm(&(&p * (DMatrix::identity(m, m) - &p))), rounding(m, m))?;
    }

    #[test]
    fn the_trace_of_a_projector_is_the_rank(a in rectangle()) {
        let m = a.nrows();
        scaled(trace(&projector(&a)?)?, range(&a)?.ncols() as f64, rounding(m, m), 1.0)?;
    }

    #[test]
    fn a_projector_keeps_the_columns(a in rectangle()) {
        let (m, n) = a.shape();
        let (a, p) = (unit(&a), projector(&a)?);
        let tolerance = 4.0 * rounding(m, m.max(n)) + m.max(n) as f64 * f64::EPSILON;
        at_most(max_norm(&(&p * &a - &a)), tolerance * frobenius_norm(&a))?;
    }

    #[test]
    fn what_a_projection_leaves_is_perpendicular((a, _, b) in ranked_and_vector()) {
        let (m, n) = a.shape();
        let b = DVector::from_vec(b);
        let p = project(&a, &b)?;
        let a = unit(&a);
        let scale = frobenius_norm(&a) * norm2(b.as_slice());
        at_most(norm2((a.transpose() * (&b - &p)).as_slice()), 4.0 * rounding(m, n) * scale)?;
    }

    #[test]
    fn projecting_twice_is_projecting_once((a, _, b) in ranked_and_vector()) {
        let (m, n) = a.shape();
        let onto = |b: &[f64]| project(&a, &DVector::from_row_slice(b)).map_or_else(|_| vec![f64::NAN; b.len()], |p| p.as_slice().to_vec());
        let member = unit(&a) * DVector::from_element(n, 1.0);
        // The column space turns by rounding over the least singular value, here at least 10⁻⁵.
        laws::projection(onto, &b, member.as_slice(), 1e5 * rounding(m, m))?;
        let size = norm2(&b);
        let image = projector(&a)? * DVector::from_row_slice(&b);
        all_scaled(&onto(&b), image.as_slice(), 4.0 * rounding(m, m), size)?;
    }

    #[test]
    fn a_projection_obeys_pythagoras((a, _, b) in ranked_and_vector()) {
        let b = DVector::from_vec(b);
        let p = project(&a, &b)?;
        let legs = norm2(p.as_slice()).powi(2) + norm2((&b - &p).as_slice()).powi(2);
        relative(legs, norm2(b.as_slice()).powi(2), 4.0 * rounding(a.nrows(), a.ncols()))?;
    }
}
