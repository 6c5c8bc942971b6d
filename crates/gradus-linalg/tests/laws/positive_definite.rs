//! Systems with a symmetric positive definite matrix.

use crate::criteria::*;
use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{solve, solve_positive_definite};
use gradus_numeric::norm_infinity;
use gradus_testkit::strategies::{orthogonal, positive_definite, vector};
use gradus_testkit::{all_scaled, cases};
use proptest::prelude::*;

/// A positive definite matrix and a vector that fit; of condition up to $`10^{10}`$.
fn bowl() -> impl Strategy<Value = (DMatrix<f64>, DVector<f64>)> {
    let tame = positive_definite(0..12);
    let narrow = (1_usize..10).prop_flat_map(|n| {
        let lambda = proptest::collection::vec((-10.0..0.0_f64).prop_map(|p| 10.0_f64.powf(p)), n);
        (orthogonal(n), lambda).prop_map(|(q, lambda)| with_eigenvalues(&q, &lambda))
    });
    prop_oneof![tame, narrow].prop_flat_map(|a| {
        let b = vector(a.nrows()).prop_map(DVector::from_vec);
        (Just(a), b)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn solutions_by_cholesky_have_a_small_backward_error((a, b) in bowl(), factor in power_of_two()) {
        the_solution_by_cholesky_fits(&a, &b, factor)?;
    }

    #[test]
    fn two_ways_lead_to_one_solution((a, b) in bowl()) {
        let (x, other) = (solve_positive_definite(&a, &b)?, solve(&a, &b)?);
        let tolerance = rounding(b.len(), b.len()) * b.len().max(1) as f64 / other.rcond;
        all_scaled(x.as_slice(), other.x.as_slice(), tolerance, norm_infinity(other.x.as_slice()))?;
    }

    #[test]
    fn units_do_not_change_a_positive_definite_system((a, b) in bowl(), powers in proptest::collection::vec(-450..450, 12)) {
        let unit = |i: usize| 2.0_f64.powi(powers[i]);
        let scaled = DMatrix::from_fn(b.len(), b.len(), |i, j| a[(i, j)] * unit(i) * unit(j));
        let right = DVector::from_fn(b.len(), |i, _| b[i] * unit(i));
        let (x, y) = (solve_positive_definite(&a, &b)?, solve_positive_definite(&scaled, &right)?);
        for i in 0..b.len() {
            prop_assert_eq!(x[i], y[i] * unit(i));
        }
    }

    #[test]
    fn a_saddle_is_no_bowl(q in orthogonal(1..9), lambda in -1.0..-1e-6) {
        let eigenvalues: Vec<f64> = (0..q.nrows()).map(|i| if i == 0 { lambda } else { i as f64 }).collect();
        let a = with_eigenvalues(&q, &eigenvalues);
        let answer = solve_positive_definite(&a, &DVector::zeros(q.nrows()));
        a_pivot_is_negative(q.nrows(), &answer)?;
    }
}
