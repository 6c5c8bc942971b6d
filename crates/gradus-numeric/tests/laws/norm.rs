//! Norms of vectors, and powers of two.

use gradus_numeric::{binary_exponent, compensated_dot, ldexp, norm_infinity, norm1, norm2};
use gradus_testkit::strategies::{structured_vector, vector};
use gradus_testkit::{at_most, cases, laws, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

/// Half the distance from 1 to the next number.
const U: f64 = 0.5 * f64::EPSILON;

/// $`2^k`$ and vectors that keep their bits when multiplied by it.
fn power_of_two() -> impl Strategy<Value = f64> {
    (-700..700).prop_map(|k| 2.0_f64.powi(k))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn norms_satisfy_the_triangle_inequality((x, y) in (0_usize..20).prop_flat_map(|n| (structured_vector(n), vector(n))), alpha in -3.0..3.0) {
        let tolerance = (x.len() + 4) as f64 * U;
        laws::norm(norm1, &x, &y, alpha, tolerance)?;
        laws::norm(norm2, &x, &y, alpha, tolerance)?;
        laws::norm(norm_infinity, &x, &y, alpha, tolerance)?;
    }

    #[test]
    fn norms_scale_by_powers_of_two_to_the_bit(x in prop_oneof![vector(0..20), Just(vec![1.0, 1.0])], factor in power_of_two()) {
        let multiple: Vec<f64> = x.iter().map(|x| factor * x).collect();
        same_bits(norm1(&multiple), factor * norm1(&x))?;
        same_bits(norm2(&multiple), factor * norm2(&x))?;
        same_bits(norm_infinity(&multiple), factor * norm_infinity(&x))?;
    }

    #[test]
    fn vector_norms_are_ordered(x in prop_oneof![vector(0..40), structured_vector(0..40)]) {
        let n = x.len() as f64;
        let slack = 1.0 + (n + 4.0) * U;
        // Roots of the smallest numbers are rounded, and multiplied.
        let least = n * 5e-324;
        at_most(norm_infinity(&x), norm2(&x) * slack + least)?;
        at_most(norm2(&x), norm1(&x) * slack + least)?;
        at_most(norm1(&x), n.sqrt() * norm2(&x) * slack + least)?;
    }

    #[test]
    fn only_zero_has_norm_zero(n in 1_usize..9, at in any::<prop::sample::Index>(), entry in prop_oneof![Just(5e-324_f64), Just(1e-310), Just(-1e-200)]) {
        let mut x = vec![0.0; n];
        prop_assert_eq!([norm1(&x), norm2(&x), norm_infinity(&x)], [0.0; 3]);
        x[at.index(n)] = entry;
        prop_assert_eq!([norm1(&x), norm2(&x), norm_infinity(&x)], [entry.abs(); 3]);
    }

    #[test]
    fn a_product_of_vectors_is_at_most_the_product_of_norms((x, y) in (0_usize..30).prop_flat_map(|n| (vector(n), vector(n)))) {
        let slack = 1.0 + (x.len() + 4) as f64 * U;
        at_most(compensated_dot(&x, &y)?.abs(), norm2(&x) * norm2(&y) * slack)?;
        at_most(compensated_dot(&x, &x)?, norm2(&x) * norm2(&x) * slack)?;
    }

    #[test]
    fn the_euclidean_norm_is_within_two_ulps(x in vector(0..300)) {
        // Twice the relative error of the norm, and the rounding of the square.
        relative(norm2(&x).powi(2), compensated_dot(&x, &x)?, 4.5 * f64::EPSILON)?;
    }

    #[test]
    fn the_parallelogram_law_holds((x, y) in (0_usize..30).prop_flat_map(|n| (vector(n), vector(n)))) {
        let square = |x: &[f64]| norm2(x).powi(2);
        let sum: Vec<f64> = zip(&x, &y).map(|(x, y)| x + y).collect();
        let difference: Vec<f64> = zip(&x, &y).map(|(x, y)| x - y).collect();
        let sides = 2.0 * square(&x) + 2.0 * square(&y);
        scaled(square(&sum) + square(&difference), sides, 4.0 * (x.len() + 4) as f64 * U, sides)?;
    }

    #[test]
    fn a_number_lies_between_two_powers_of_two(x in any::<f64>().prop_filter("finite", |x| x.is_finite() && *x != 0.0)) {
        let e = binary_exponent(x);
        prop_assert!((-1074..=1023).contains(&e));
        prop_assert!((1.0..2.0).contains(&ldexp(x, -e).abs()));
    }

    #[test]
    fn scaling_by_powers_of_two_is_exact(x in any::<f64>().prop_filter("finite", |x| x.is_finite()), k in -1100..1100) {
        let e = binary_exponent(x);
        if x == 0.0 || (-1022..=1023).contains(&(e + k)) {
            same_bits(ldexp(ldexp(x, k), -k), x)?;
        }
    }
}
