//! The polar decomposition.

use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{frobenius_norm, matrix_norm2, polar, qr, symmetric_eigenvalues};
use gradus_testkit::strategies::{matrix, orthogonal};
use gradus_testkit::{at_most, cases};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_matrix_is_its_rotation_times_its_stretching(a in rectangle()) {
        let polar = polar(&a)?;
        at_most(relative_distance(&a, &(polar.u * polar.p)), 2.0 * rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn the_polar_rotation_is_orthonormal(a in rectangle()) {
        let (m, n) = a.shape();
        let u = polar(&a)?.u;
        let columns = if m < n { u.transpose() } else { u };
        at_most(loss_of_orthogonality(&columns), 2.0 * rounding(m, n))?;
    }

    #[test]
    fn the_polar_stretching_is_positive_semidefinite(a in rectangle()) {
        let p = polar(&a)?.p;
        prop_assert_eq!(&p, &p.transpose());
        let lambda = symmetric_eigenvalues(&p)?;
        let noise = lambda.iter().copied().fold(0.0, f64::max) * rounding(a.nrows(), a.ncols());
        prop_assert!(lambda.iter().all(|l| *l >= -noise), "{}", lambda);
    }

    #[test]
    fn no_orthonormal_matrix_is_nearer_than_the_polar_one((a, b) in (1_usize..8, 0_usize..4).prop_flat_map(|(n, more)| { let m = n + more; (any_matrix(move || m..m + 1, move || n..n + 1), matrix(m, n)) }), step in -8..1) {
        let (a, (m, n)) = (unit(&a), a.shape());
        let u = polar(&a)?.u;
        // Another one: what was near to it, made orthonormal.
        let moved = &u + unit(&b) * 10.0_f64.powi(step);
        let other = qr(&moved)?.q;
        let signed = DMatrix::from_fn(m, n, |i, j| if other.column(j).dot(&u.column(j)) < 0.0 { -other[(i, j)] } else { other[(i, j)] });
        let slack = 4.0 * rounding(m, n) * (1.0 + frobenius_norm(&a));
        at_most(frobenius_norm(&(&a - &u)), frobenius_norm(&(&a - &signed)) + slack)?;
        at_most(matrix_norm2(&(&a - &u))?, matrix_norm2(&(&a - &signed))? + slack)?;
    }

    #[test]
    fn a_rotation_is_its_own_polar_rotation(q in orthogonal(1..9)) {
        let n = q.nrows();
        let polar = polar(&q)?;
        at_most(relative_distance(&q, &polar.u), 4.0 * rounding(n, n))?;
        at_most(relative_distance(&DMatrix::identity(n, n), &polar.p), 4.0 * rounding(n, n))?;
    }
}
