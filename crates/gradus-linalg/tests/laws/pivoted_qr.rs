//! The QR factorization with column pivoting.

use crate::criteria::*;
use crate::inputs::*;
use crate::ranked::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{qr_pivoted, rank_tolerance, singular_values};
use gradus_numeric::Real;
use gradus_testkit::{at_most, cases};
use proptest::prelude::*;

/// Columns of sizes from 1 to $`10^{-20}`$: lengths that are updated lose their digits.
fn graded() -> impl Strategy<Value = DMatrix<f64>> {
    let powers = proptest::collection::vec(-20.0..0.0_f64, 12);
    (rectangle(), powers, any::<bool>()).prop_map(|(a, powers, by_rows)| {
        let size = |i: usize| 10.0_f64.powf(powers[i]);
        let a = unit(&a);
        DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
            a[(i, j)] * if by_rows { size(i) } else { size(j) }
        })
    })
}

fn any_grade() -> impl Strategy<Value = DMatrix<f64>> {
    prop_oneof![rectangle(), graded()]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn q_of_pivoted_qr_is_orthonormal(a in any_grade()) {
        pivoted_q_is_orthonormal(&a)?;
    }

    #[test]
    fn pivoted_q_times_r_is_the_matrix_with_its_columns_permuted(a in any_grade()) {
        pivoted_q_times_r_is_permuted(&a)?;
    }

    #[test]
    fn no_column_that_comes_later_has_more_left(a in any_grade()) {
        pivots_are_the_largest(&a)?;
    }

    #[test]
    fn a_pivot_bounds_the_singular_values_from_its_place_on(a in any_grade()) {
        let (r, sigma) = (qr_pivoted(&a)?.r, singular_values(&a)?);
        let noise = 2.0 * rounding(a.nrows(), a.ncols());
        for k in 0..sigma.len() {
            let bound = ((a.ncols() - k) as f64).sqrt() * r[(k, k)];
            at_most(sigma[k], bound * (1.0 + noise) + noise * sigma[0])?;
        }
    }

    #[test]
    fn the_diagonal_of_a_pivoted_triangle_tells_the_rank((a, rank) in ranked()) {
        prop_assert_eq!(qr_pivoted(&a)?.rank(rank_tolerance(&a))?, rank);
        let single = unit(&a).map(f32::from_f64);
        prop_assert_eq!(qr_pivoted(&single)?.rank(rank_tolerance(&single))?, rank);
    }
}
