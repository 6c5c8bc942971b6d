//! The pseudo-inverse.

use crate::inputs::*;
use crate::ranked::*;
use gradus_linalg::nalgebra::DVector;
use gradus_linalg::{
    cond, frobenius_norm, inverse, least_squares, matmul, max_norm, pseudo_inverse,
};
use gradus_numeric::norm2;
use gradus_testkit::strategies::{integers, vector};
use gradus_testkit::{all_scaled, at_most, cases};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_pseudo_inverse_satisfies_the_four_conditions_of_penrose(a in rectangle()) {
        let (m, n) = a.shape();
        let size = max_norm(&a).max(f64::MIN_POSITIVE);
        let (a, x) = (&a / size, pseudo_inverse(&a)? * size);
        let (ax, xa) = (matmul(&a, &x)?, matmul(&x, &a)?);
        let (long, wide) = (frobenius_norm(&a), frobenius_norm(&x));
        let tolerance = 2.0 * rounding(m, n) * long * wide;
        // What was taken for zero does not come back.
        let neglected = m.max(n) as f64 * f64::EPSILON * (m.min(n) as f64).sqrt();
        at_most(frobenius_norm(&(&ax * &a - &a)), (tolerance + neglected) * long)?;
        at_most(frobenius_norm(&(&xa * &x - &x)), tolerance * wide)?;
        at_most(frobenius_norm(&(&ax - ax.transpose())), tolerance)?;
        at_most(frobenius_norm(&(&xa - xa.transpose())), tolerance)?;
    }

    #[test]
    fn the_pseudo_inverse_of_an_invertible_matrix_is_its_inverse(a in (0_usize..9).prop_flat_map(well_conditioned)) {
        let tolerance = 10.0 * rounding(a.nrows(), a.ncols()) * cond(&a)?;
        at_most(relative_distance(&inverse(&a)?, &pseudo_inverse(&a)?), tolerance)?;
    }

    #[test]
    fn independent_columns_have_the_pseudo_inverse_of_the_normal_equations(a in (0_usize..5, 0_usize..5).prop_flat_map(|(n, more)| prop_oneof![
        of_rank(n + more, n, n),
        well_conditioned(n + more).prop_map(move |a| a.columns(0, n).into_owned()),
    ])) {
        let (m, n) = a.shape();
        let normal = inverse(&matmul(&a.transpose(), &a)?)? * a.transpose();
        // The normal equations square the condition.
        let tolerance = 10.0 * rounding(m, n) * cond(&a)?.powi(2);
        at_most(relative_distance(&pseudo_inverse(&a)?, &normal), tolerance)?;
    }

    #[test]
    fn the_pseudo_inverse_can_be_undone_and_transposed((a, _) in ranked()) {
        let x = pseudo_inverse(&a)?;
        let kappa = (frobenius_norm(&a) * frobenius_norm(&x)).max(1.0);
        let tolerance = 10.0 * rounding(a.nrows(), a.ncols()) * kappa;
        at_most(relative_distance(&a, &pseudo_inverse(&x)?), tolerance * kappa)?;
        at_most(relative_distance(&x.transpose(), &pseudo_inverse(&a.transpose())?), tolerance)?;
    }

    #[test]
    fn the_pseudo_inverse_solves_least_squares((a, b) in ranked().prop_flat_map(|(a, _)| { let m = a.nrows(); (Just(a), prop_oneof![vector(m).boxed(), integers(m).boxed()]) })) {
        let b = DVector::from_vec(b);
        let (x, best) = (pseudo_inverse(&a)?, least_squares(&a, &b)?);
        let size = frobenius_norm(&x) * norm2(b.as_slice());
        all_scaled((&x * &b).as_slice(), best.x.as_slice(), 10.0 * rounding(a.nrows(), a.ncols()), size)?;
    }
}
