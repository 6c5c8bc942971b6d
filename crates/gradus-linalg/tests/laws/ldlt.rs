//! The factorization of any symmetric matrix, and the law of inertia.

use crate::inputs::*;
use crate::ranked::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{Inertia, ldlt, matrix_norm_infinity, max_norm, symmetric_eigenvalues};
use gradus_numeric::{Real, norm_infinity};
use gradus_testkit::strategies::{orthogonal, positive_definite, vector};
use gradus_testkit::{at_most, cases};
use proptest::prelude::*;

/// Symmetric matrices of every kind, some with a diagonal of zeros, and some so large that they are eliminated by blocks.
fn any_symmetric() -> impl Strategy<Value = DMatrix<f64>> {
    let order = prop_oneof![9 => 0_usize..11, 1 => 22_usize..80];
    let a = order.prop_flat_map(symmetric_of_order);
    (a, prop::bool::weighted(0.3)).prop_map(|(mut a, hollow)| {
        if hollow {
            a.fill_diagonal(0.0);
        }
        a
    })
}

/// An integer matrix of determinant ±1.
fn unimodular(n: usize) -> impl Strategy<Value = DMatrix<f64>> {
    of_rank(n, n, n)
}

/// $`\lambda_i`$ from $`\pm 10^{-6}`$ to $`\pm 1`$, and how many are of either sign.
fn spectrum(n: usize) -> impl Strategy<Value = (Vec<f64>, Inertia)> {
    proptest::collection::vec((-6.0..0.0_f64, -1_i32..=1), n).prop_map(|pairs| {
        let lambda = pairs
            .iter()
            .map(|&(power, sign)| f64::from(sign) * 10.0_f64.powf(power));
        let count = |wanted: i32| pairs.iter().filter(|&&(_, sign)| sign == wanted).count();
        let inertia = Inertia {
            positive: count(1),
            negative: count(-1),
            zero: count(0),
        };
        (lambda.collect(), inertia)
    })
}

/// Blocks of $`D`$ by their first index and order.
fn blocks(d: &DMatrix<f64>) -> Vec<(usize, usize)> {
    let mut blocks = Vec::new();
    let mut k = 0;
    while k < d.nrows() {
        let order = if k + 1 < d.nrows() && d[(k + 1, k)] != 0.0 {
            2
        } else {
            1
        };
        blocks.push((k, order));
        k += order;
    }
    blocks
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn l_d_lt_is_the_matrix_permuted_on_both_sides(a in any_symmetric()) {
        let n = a.nrows();
        let f = ldlt(&a)?;
        let permuted = a.select_rows(&f.permutation).select_columns(&f.permutation);
        let size = max_norm(&a).max(f64::MIN_POSITIVE);
        let product = &f.l * (f.d / size) * f.l.transpose();
        at_most(relative_distance(&(permuted / size), &product), 2.0 * rounding(n, n))?;
        let mut sorted = f.permutation;
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..n).collect::<Vec<_>>());
    }

    #[test]
    fn l_is_unit_lower_triangular_and_bounded(a in any_symmetric()) {
        let l = ldlt(&a)?.l;
        for (i, j) in (0..l.nrows()).flat_map(|i| (0..l.nrows()).map(move |j| (i, j))) {
            match i.cmp(&j) {
                std::cmp::Ordering::Less => prop_assert_eq!(l[(i, j)], 0.0),
                std::cmp::Ordering::Equal => prop_assert_eq!(l[(i, j)], 1.0),
                std::cmp::Ordering::Greater => at_most(l[(i, j)].abs(), 2.79)?,
            }
        }
    }

    #[test]
    fn d_has_blocks_of_order_one_and_two(a in any_symmetric()) {
        let d = ldlt(&unit(&a))?.d;
        let mut rest = d.clone();
        for (k, order) in blocks(&d) {
            if order == 2 {
                let (p, q, b) = (d[(k, k)], d[(k + 1, k + 1)], d[(k + 1, k)]);
                prop_assert_eq!(b, d[(k, k + 1)]);
                // (1 + √17) / 8, the ratio that admits a pivot of order 1
                prop_assert!(p.abs().max(q.abs()) <= 0.6404 * b.abs(), "{}", d);
            }
            rest.view_mut((k, k), (order, order)).fill(0.0);
        }
        prop_assert_eq!(max_norm(&rest), 0.0);
    }

    #[test]
    fn a_matrix_and_its_negative_share_their_triangle(a in any_symmetric()) {
        let (plus, minus) = (ldlt(&a)?, ldlt(&-&a)?);
        prop_assert_eq!(&plus.permutation, &minus.permutation);
        prop_assert_eq!(&plus.l, &minus.l);
        prop_assert_eq!(&plus.d, &-&minus.d);
        let (plus, minus) = (plus.inertia(), minus.inertia());
        prop_assert_eq!((plus.positive, plus.negative), (minus.negative, minus.positive));
    }

    #[test]
    fn congruent_matrices_have_the_same_inertia((d, x) in (0_usize..7).prop_flat_map(|n| (proptest::collection::vec(-3_i32..=3, n), unimodular(n))), factor in power_of_two()) {
        let d: Vec<f64> = d.iter().copied().map(f64::from).collect();
        let count = |wanted: fn(&f64) -> bool| d.iter().filter(|d| wanted(d)).count();
        let expected = Inertia {
            positive: count(|d| *d > 0.0),
            negative: count(|d| *d < 0.0),
            zero: count(|d| *d == 0.0),
        };
        let congruent = x.transpose() * DMatrix::from_diagonal(&DVector::from_vec(d)) * &x;
        prop_assert_eq!(ldlt(&(&congruent * factor))?.inertia(), expected, "{}", congruent);
        // Once more, and so ill-conditioned that a sign may drown in rounding, but none is ever wrong.
        let again = x.transpose() * congruent * &x;
        let found = ldlt(&again)?.inertia();
        prop_assert!(found.positive <= expected.positive, "{}", again);
        prop_assert!(found.negative <= expected.negative, "{}", again);
    }

    #[test]
    fn inertia_counts_the_signs_of_the_eigenvalues((q, (lambda, expected)) in (1_usize..9).prop_flat_map(|n| (orthogonal(n), spectrum(n)))) {
        let a = with_eigenvalues(&q, &lambda);
        prop_assert_eq!(ldlt(&a)?.inertia(), expected, "{}", a);
        let noise = 1e-9;
        let values = symmetric_eigenvalues(&a)?;
        prop_assert_eq!(values.iter().filter(|l| **l > noise).count(), expected.positive);
        prop_assert_eq!(values.iter().filter(|l| **l < -noise).count(), expected.negative);
    }

    #[test]
    fn gram_matrices_have_no_negative_direction((x, rank) in ranked()) {
        let x = unit(&x);
        let zero = x.ncols() - rank;
        let expected = Inertia { positive: rank, negative: 0, zero };
        let gram = x.transpose() * x;
        prop_assert_eq!(ldlt(&gram)?.inertia(), expected, "{}", gram);
        prop_assert_eq!(ldlt(&gram.map(f32::from_f64))?.inertia().negative, 0);
    }

    #[test]
    fn gram_matrices_have_falling_pivots((x, rank) in ranked()) {
        let x = unit(&x);
        let d = ldlt(&(x.transpose() * x))?.d;
        for k in 0..rank {
            prop_assert!(d[(k, k)] > 0.0, "{}", d);
            if k + 1 < rank {
                prop_assert!(d[(k + 1, k + 1)] <= d[(k, k)] && d[(k + 1, k)] == 0.0, "{}", d);
            }
        }
    }

    #[test]
    fn positive_definite_matrices_rise_in_every_direction(a in positive_definite(0..12), factor in power_of_two()) {
        let inertia = ldlt(&(a * factor))?.inertia();
        prop_assert_eq!((inertia.negative, inertia.zero), (0, 0));
    }

    #[test]
    fn solutions_by_ldlt_have_a_small_backward_error((q, (lambda, inertia), b) in (1_usize..9).prop_flat_map(|n| (orthogonal(n), spectrum(n), vector(n))), factor in power_of_two()) {
        let (a, n) = (with_eigenvalues(&q, &lambda), b.len());
        let b = DVector::from_vec(b);
        let f = ldlt(&(&a * factor))?;
        match f.solve(&(&b * factor)) {
            Ok(x) => {
                prop_assert_eq!(inertia.zero, 0);
                let residual = norm_infinity((&a * &x - &b).as_slice());
                let size = matrix_norm_infinity(&a) * norm_infinity(x.as_slice()) + norm_infinity(b.as_slice());
                at_most(residual, 10.0 * rounding(n, n) * size)?;
            }
            Err(error) => prop_assert!(inertia.zero > 0, "{}", error),
        }
    }
}
