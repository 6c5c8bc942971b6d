//! Approximation by matrices of low rank.

use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{frobenius_norm, matrix_norm2, singular_values, svd};
use gradus_numeric::norm2;
use gradus_testkit::strategies::matrix;
use gradus_testkit::{all_scaled, at_most, cases, scaled};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_error_of_low_rank_is_what_the_other_singular_values_hold(a in rectangle(), k in 0_usize..6) {
        let (m, n) = a.shape();
        let a = unit(&a);
        let nearest = svd(&a)?.low_rank(k)?;
        let left_out: Vec<f64> = singular_values(&a)?.iter().skip(k).copied().collect();
        let found = frobenius_norm(&(&a - nearest.matrix));
        scaled(found, norm2(&left_out), 2.0 * rounding(m, n), frobenius_norm(&a))?;
        scaled(nearest.frobenius_error, norm2(&left_out), rounding(m, n), norm2(&left_out))?;
    }

    #[test]
    fn the_spectral_error_of_low_rank_is_the_next_singular_value(a in rectangle(), k in 0_usize..6) {
        let (m, n) = a.shape();
        let a = unit(&a);
        let nearest = svd(&a)?.low_rank(k)?;
        let found = matrix_norm2(&(&a - nearest.matrix))?;
        scaled(found, nearest.spectral_error, 2.0 * rounding(m, n), frobenius_norm(&a))?;
    }

    #[test]
    fn no_matrix_of_that_rank_is_nearer((a, b, c) in (1_usize..8, 1_usize..8).prop_flat_map(|(m, n)| (1..=m.min(n)).prop_flat_map(move |k| (any_matrix(move || m..m + 1, move || n..n + 1), matrix(m, k), matrix(k, n)))), step in -8..1) {
        let (a, b, c) = (unit(&a), unit(&b), unit(&c));
        let (m, n) = a.shape();
        let k = b.ncols();
        let svd = svd(&a)?;
        let nearest = svd.low_rank(k)?;
        // Another one of this rank, anywhere between far and very near.
        let t = 10.0_f64.powi(step);
        let left = svd.u.columns(0, k) * DMatrix::from_diagonal(&svd.singular_values.rows(0, k).into_owned());
        let other = (left + b * t) * (svd.v.columns(0, k).transpose() + c * t);
        let slack = 2.0 * rounding(m, n) * frobenius_norm(&a);
        at_most(nearest.frobenius_error, frobenius_norm(&(&a - &other)) + slack)?;
        at_most(nearest.spectral_error, matrix_norm2(&(&a - &other))? + slack)?;
    }

    #[test]
    fn low_rank_has_low_rank(a in rectangle(), k in 0_usize..6) {
        let (m, n) = a.shape();
        let a = unit(&a);
        let sigma = singular_values(&svd(&a)?.low_rank(k)?.matrix)?;
        for s in sigma.iter().skip(k) {
            at_most(*s, rounding(m, n) * frobenius_norm(&a))?;
        }
    }

    #[test]
    fn singular_values_move_no_further_than_the_matrix((a, e) in (1_usize..8, 1_usize..8).prop_flat_map(|(m, n)| { let any = move || any_matrix(move || m..m + 1, move || n..n + 1); (any(), any()) }), step in -8..1) {
        let (m, n) = a.shape();
        let (a, e) = (unit(&a), unit(&e) * 10.0_f64.powi(step));
        // Rounding: of the sum, of its singular values, of those of both, each of the size of A and E together.
        let slack = 4.0 * rounding(m, n) * (frobenius_norm(&a) + frobenius_norm(&e));
        let distance = matrix_norm2(&e)?.min(frobenius_norm(&e)) + slack;
        let (before, after) = (singular_values(&a)?, singular_values(&(&a + &e))?);
        all_scaled(after.as_slice(), before.as_slice(), 1.0, distance)?;
    }
}
