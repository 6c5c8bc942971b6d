//! The singular value decomposition with square factors.

use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{max_norm, singular_values, svd_full};
use gradus_testkit::{all_scaled, at_most, cases};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn full_singular_triples_recompose_the_matrix(a in rectangle()) {
        let svd = svd_full(&a)?;
        let mut sigma = DMatrix::zeros(a.nrows(), a.ncols());
        sigma.view_mut((0, 0), (svd.singular_values.len(), svd.singular_values.len())).set_diagonal(&svd.singular_values);
        let recomposed = &svd.u * sigma * svd.v.transpose();
        at_most(relative_distance(&a, &recomposed), 2.0 * rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn full_singular_vectors_are_bases(a in rectangle()) {
        let (m, n) = a.shape();
        let svd = svd_full(&a)?;
        prop_assert_eq!((svd.u.shape(), svd.v.shape()), ((m, m), (n, n)));
        at_most(loss_of_orthogonality(&svd.u), rounding(m, m))?;
        at_most(loss_of_orthogonality(&svd.v), rounding(n, n))?;
    }

    #[test]
    fn completed_vectors_are_annihilated(a in rectangle()) {
        let a = unit(&a);
        let (svd, k) = (svd_full(&a)?, a.nrows().min(a.ncols()));
        let noise = rounding(a.nrows(), a.ncols()) * a.nrows().max(a.ncols()) as f64;
        at_most(max_norm(&(&a * svd.v.columns_range(k..))), noise)?;
        at_most(max_norm(&(a.transpose() * svd.u.columns_range(k..))), noise)?;
    }

    #[test]
    fn full_singular_values_are_those_of_the_thin_decomposition(a in rectangle()) {
        let (full, thin) = (svd_full(&a)?.singular_values, singular_values(&a)?);
        let largest = thin.iter().copied().fold(0.0, f64::max);
        all_scaled(full.as_slice(), thin.as_slice(), 2.0 * rounding(a.nrows(), a.ncols()), largest)?;
    }
}
