//! Expectation, variance, covariance, joint tables.

use crate::generators::{distribution, dyadic, largest, pair, table, values, variable};
use gradus_numeric::{CompensatedSum, Simplex};
use gradus_probability::{
    JointTable, ProbabilityError, correlation, covariance, expectation, variance,
};
use gradus_testkit::{all_scaled, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

fn map(x: &[f64], f: impl Fn(f64) -> f64) -> Vec<f64> {
    x.iter().map(|&x| f(x)).collect()
}

/// P(A), as the expectation of the indicator of A.
fn probability(p: &Simplex, event: impl Fn(usize) -> bool) -> Result<f64, ProbabilityError> {
    let indicator: Vec<_> = (0..p.len())
        .map(|i| f64::from(u8::from(event(i))))
        .collect();
    expectation(p, &indicator)
}

/// f(x, y) for every pair, in the order of the table's entries.
fn pairs(x: &[f64], y: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    x.iter()
        .flat_map(|&x| y.iter().map(|&y| f(x, y)).collect::<Vec<_>>())
        .collect()
}

/// E[X | Y = y] and Var(X | Y = y) for every y; 0 where p(y) is 0.
fn within(table: &JointTable, x: &[f64]) -> Result<(Vec<f64>, Vec<f64>), ProbabilityError> {
    let moments = |y| match table.x_given_y(y) {
        Ok(p) => Ok((expectation(&p, x)?, variance(&p, x)?)),
        Err(ProbabilityError::ZeroEvidence) => Ok((0.0, 0.0)),
        Err(error) => Err(error),
    };
    (0..table.shape().columns).map(moments).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn expectation_is_linear((p, x) in variable(), a in -9.0..9.0, b in -9.0..9.0) {
        let size = 9.0 * (largest(&x) + 1.0);
        let left = expectation(&p, &map(&x, |x| a * x + b))?;
        scaled(left, a * expectation(&p, &x)? + b, 16.0 * EPS * p.len() as f64, size)?;
    }

    #[test]
    fn expectation_lies_between_the_values((p, x) in variable()) {
        let possible = || zip(p.as_slice(), &x).filter(|(p, _)| **p > 0.0).map(|(_, x)| *x);
        let mean = expectation(&p, &x)?;
        prop_assert!(possible().fold(f64::INFINITY, f64::min) <= mean);
        prop_assert!(mean <= possible().fold(f64::NEG_INFINITY, f64::max));
        same_bits(expectation(&p, &vec![x[0]; x.len()])?, x[0] + 0.0)?;
    }

    #[test]
    fn correlation_does_not_see_the_scale((table, x, y) in pair(), k in -900_i32..900) {
        // scaling by a power of two is exact unless a value becomes subnormal or infinite
        let factor = 2.0_f64.powi(k);
        let scaled = map(&x, |x| x * factor);
        let exact = zip(&x, &scaled).all(|(x, s)| *x == 0.0 || s.is_normal());
        if exact {
            prop_assert_eq!(correlation(&table, &scaled, &y), correlation(&table, &x, &y));
        }
    }

    #[test]
    fn variance_is_non_negative_and_zero_of_a_constant((p, x) in variable(), c in -1e9..1e9) {
        prop_assert!(variance(&p, &x)? >= 0.0);
        same_bits(variance(&p, &vec![c; p.len()])?, 0.0)?;
    }

    #[test]
    fn variance_does_not_see_a_shift(p in distribution(), k in prop::collection::vec(-99_i32..99, 8), c in -1_000_000_000_i32..1_000_000_000) {
        let x: Vec<_> = k[..p.len()].iter().map(|&k| f64::from(k)).collect(); // integers: the shift is exact
        same_bits(variance(&p, &map(&x, |x| x + f64::from(c)))?, variance(&p, &x)?)?;
    }

    #[test]
    fn variance_scales_by_the_square((p, x) in variable(), a in -9.0..9.0) {
        let v = variance(&p, &x)?;
        let size = 81.0 * largest(&x).powi(2);
        scaled(variance(&p, &map(&x, |x| a * x))?, a * a * v, 1e-14, size)?;
    }

    #[test]
    fn markov_bounds_the_tail((p, x) in variable(), t in 0.01..100.0) {
        let size = map(&x, f64::abs);
        let tail = probability(&p, |i| size[i] >= t)?;
        at_most(tail, expectation(&p, &size)? / t * (1.0 + 8.0 * EPS))?;
    }

    #[test]
    fn chebyshev_bounds_the_deviation((p, x) in variable(), t in 0.01..100.0) {
        let (mean, v) = (expectation(&p, &x)?, variance(&p, &x)?);
        let rounding = 1e-13 * (1.0 + largest(&x));
        let tail = probability(&p, |i| (x[i] - mean).abs() >= t + rounding)?;
        at_most(tail, v / (t * t) * (1.0 + 8.0 * EPS))?;
        let one_sided = probability(&p, |i| x[i] - mean >= t + rounding)?;
        at_most(one_sided, v / (v + t * t) * (1.0 + 8.0 * EPS))?; // Cantelli
    }

    #[test]
    fn jensen_holds_for_convex_functions((p, x) in variable()) {
        let mean = expectation(&p, &x)?;
        let square = expectation(&p, &map(&x, |x| x * x))?;
        at_most(mean * mean, square + 16.0 * EPS * largest(&x).powi(2))?;
        let x = map(&x, |x| x / 100.0);
        let mean = expectation(&p, &x)?;
        let exp = expectation(&p, &map(&x, f64::exp))?;
        at_most(mean.exp(), exp * (1.0 + 16.0 * EPS * (1.0 + largest(&x))))?;
    }

    #[test]
    fn hoelder_bounds_the_mixed_moment((table, x, y) in pair()) {
        let mixed = expectation(table.joint(), &pairs(&x, &y, |x, y| (x * y).abs()))?;
        let x2 = expectation(table.marginal_x(), &map(&x, |x| x * x))?;
        let y2 = expectation(table.marginal_y(), &map(&y, |y| y * y))?;
        let underflow = 1e-150 * (1.0 + largest(&x)) * (1.0 + largest(&y)); // of squares
        at_most(mixed, (x2 * y2).sqrt() * (1.0 + 64.0 * EPS) + underflow)?;
    }

    #[test]
    fn expectation_has_the_tower_property((table, x, _) in pair()) {
        let (means, _) = within(&table, &x)?;
        let tower = expectation(table.marginal_y(), &means)?;
        scaled(tower, expectation(table.marginal_x(), &x)?, 1e-14, largest(&x))?;
    }

    #[test]
    fn variance_splits_into_within_and_between((table, x, _) in pair()) {
        let (means, variances) = within(&table, &x)?;
        let y = table.marginal_y();
        let split = expectation(y, &variances)? + variance(y, &means)?;
        scaled(split, variance(table.marginal_x(), &x)?, 1e-13, largest(&x).powi(2))?;
    }

    #[test]
    fn covariance_is_bilinear((table, x, y) in pair(), a in -9.0..9.0, b in -9.0..9.0) {
        let size = 9.0 * (largest(&x) + 1.0) * (largest(&y) + 1.0);
        let left = covariance(&table, &map(&x, |x| a * x + b), &y)?;
        scaled(left, a * covariance(&table, &x, &y)?, 1e-13, size)?;
    }

    #[test]
    fn covariance_is_symmetric((table, x, y) in pair()) {
        let left = covariance(&table, &x, &y)?;
        let right = covariance(&table.transposed()?, &y, &x)?;
        scaled(left, right, 1e-14, largest(&x) * largest(&y))?;
    }

    #[test]
    fn variance_of_a_sum_needs_the_covariance((table, x, y) in pair()) {
        let left = variance(table.joint(), &pairs(&x, &y, |x, y| x + y))?;
        let right = variance(table.marginal_x(), &x)?
            + variance(table.marginal_y(), &y)?
            + 2.0 * covariance(&table, &x, &y)?;
        scaled(left, right, 1e-13, (largest(&x) + largest(&y)).powi(2))?;
    }

    #[test]
    fn independent_variables_are_uncorrelated((p, x) in variable(), (q, y) in variable()) {
        let table = JointTable::product(&p, &q)?;
        prop_assert!(table.is_independent(4.0 * EPS));
        scaled(covariance(&table, &x, &y)?, 0.0, 1e-14, largest(&x) * largest(&y))?;
    }

    #[test]
    fn correlation_is_at_most_one((table, x, y) in pair()) {
        match correlation(&table, &x, &y) {
            Ok(rho) => at_most(rho.abs(), 1.0)?,
            Err(error) => prop_assert!(matches!(error, ProbabilityError::Constant { .. }), "{error}"),
        }
    }

    #[test]
    fn affine_functions_are_perfectly_correlated(n in 2_usize..6, a in prop_oneof![-9.0..-0.1, 0.1..9.0], b in -9.0..9.0) {
        let x: Vec<_> = (0..n).map(|i| (i * i) as f64).collect();
        let glued: Vec<Vec<_>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        let table = JointTable::from_weights(&glued)?;
        let rho = correlation(&table, &x, &map(&x, |x| a * x + b))?;
        scaled(rho, f64::signum(a), 1e-12, 1.0)?; // rounding of a x + b against a spread of at least 0.05
    }

    #[test]
    fn both_factorizations_give_the_joint(table in table()) {
        let (p, q) = (table.marginal_x().as_slice(), table.marginal_y().as_slice());
        for (x, y) in (0..p.len()).flat_map(|x| (0..q.len()).map(move |y| (x, y))) {
            let entry = table.get(x, y).unwrap_or(f64::NAN);
            let tiny = f64::MIN_POSITIVE / EPS;
            if p[x] > tiny {
                scaled(table.y_given_x(x)?.as_slice()[y] * p[x], entry, 4.0 * EPS, entry + tiny)?;
            }
            if q[y] > tiny {
                scaled(table.x_given_y(y)?.as_slice()[x] * q[y], entry, 4.0 * EPS, entry + tiny)?;
            }
        }
    }

    #[test]
    fn conditionals_average_to_the_marginal(table in table()) {
        let mut total = vec![CompensatedSum::default(); table.shape().rows];
        for (y, &q) in table.marginal_y().as_slice().iter().enumerate() {
            if q > 0.0 {
                let conditional = table.x_given_y(y)?;
                zip(&mut total, conditional.as_slice()).for_each(|(sum, p)| sum.add(q * p));
            }
        }
        let total: Vec<_> = total.iter().map(|sum| sum.value()).collect();
        all_scaled(&total, table.marginal_x().as_slice(), 8.0 * EPS, 1.0)?;
    }

    #[test]
    fn product_has_its_factors_as_marginals(p in distribution(), q in distribution()) {
        let table = JointTable::product(&p, &q)?;
        for (marginal, factor) in [(table.marginal_x(), &p), (table.marginal_y(), &q)] {
            for (&a, &b) in zip(marginal.as_slice(), factor.as_slice()) {
                relative(a, b, 8.0 * EPS)?;
            }
        }
    }

    #[test]
    fn inclusion_and_exclusion(p in dyadic(), a: u8, b: u8) {
        let (is_a, is_b) = (|i| a >> i & 1 == 1, |i| b >> i & 1 == 1);
        let union = probability(&p, |i| is_a(i) || is_b(i))?;
        let both = probability(&p, |i| is_a(i) && is_b(i))?;
        same_bits(union, probability(&p, is_a)? + probability(&p, is_b)? - both)?;
        // total probability: A splits into the part in B and the part outside
        let outside = probability(&p, |i| is_a(i) && !is_b(i))?;
        same_bits(probability(&p, is_a)?, both + outside)?;
    }

    #[test]
    fn de_morgan(p in dyadic(), a: u8, b: u8) {
        let (is_a, is_b) = (|i| a >> i & 1 == 1, |i| b >> i & 1 == 1);
        let neither = probability(&p, |i| !is_a(i) && !is_b(i))?;
        same_bits(neither, 1.0 - probability(&p, |i| is_a(i) || is_b(i))?)?;
    }

    #[test]
    fn finite_values_never_give_nan((p, _) in variable(), x in values(7), scale in -1000_i32..1000) {
        let x = map(&x[..p.len()], |x| (x * 2.0_f64.powi(scale)).clamp(-f64::MAX, f64::MAX));
        for result in [expectation(&p, &x), variance(&p, &x)] {
            prop_assert!(result == Err(ProbabilityError::Overflow) || result?.is_finite());
        }
    }
}
