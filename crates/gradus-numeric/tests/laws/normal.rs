//! Identities of the error function, the normal distribution function and their inverses.

use crate::differences::check;
use gradus_numeric::functions::{ErfInv, ErfcInv, NormalLnCdf, NormalQuantile};
use gradus_numeric::{
    Unary, erf, erfc, erfcinv, erfinv, normal_cdf, normal_ln_cdf, normal_quantile,
};
use gradus_testkit::laws::monotone;
use gradus_testkit::strategies::finite;
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::{FRAC_2_SQRT_PI, SQRT_2};

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// Probabilities of all magnitudes, and their complements.
fn probability() -> impl Strategy<Value = f64> {
    let tiny = (-300.0_f64..0.0).prop_map(|e| 10_f64.powf(e));
    prop_oneof![2 => 0.0..=1.0, 2 => tiny.clone(), 1 => tiny.prop_map(|p| 1.0 - p)]
}

proptest! {
    #![proptest_config(cases())]

    /// Condition of erf at y: y erf'(y) / erf(y), at most 1.
    #[test]
    fn erf_inverts_erfinv(x in -1.0_f64..1.0) {
        relative(erf(erfinv(x)), x, 4.0 * ULP)?;
    }

    #[test]
    fn erfinv_is_odd(x in -1.5_f64..1.5) {
        let (y, mirrored): (f64, f64) = (erfinv(x), -erfinv(-x));
        prop_assert!(y.to_bits() == mirrored.to_bits() || (y.is_nan() && mirrored.is_nan()));
    }

    /// Condition of erfc at y: y erf'(y) / erfc(y), near 2 y² in the tail.
    #[test]
    fn erfc_inverts_erfcinv(p in probability()) {
        prop_assume!(p > 0.0);
        let y: f64 = erfcinv(p);
        let condition = y.abs() * FRAC_2_SQRT_PI * (-y * y).exp() / p;
        relative(erfc(y), p, (4.0 + 2.0 * condition) * ULP)?;
    }

    /// The complement of a multiple of 2⁻⁴⁰ is exact.
    #[test]
    fn erfcinv_of_the_complement_is_erfinv(k in -(1_i64 << 40) + 1..1_i64 << 40) {
        let x = k as f64 / (1_i64 << 40) as f64;
        same_bits(erfcinv(1.0 - x), erfinv(x))?;
    }

    /// Condition of Φ at q: |q| φ(q) / p, near q² in the lower tail.
    #[test]
    fn normal_cdf_inverts_normal_quantile(p in probability()) {
        prop_assume!(p > 0.0);
        let q: f64 = normal_quantile(p);
        let condition = q.abs() * (-0.5 * q * q).exp() * 0.4 / p;
        relative(normal_cdf(q), p, 4.0 * ULP * (1.0 + condition))?;
    }

    #[test]
    fn normal_quantile_is_odd_around_one_half(k in 1_i64..1 << 40) {
        let p = k as f64 / (1_i64 << 40) as f64;
        same_bits(normal_quantile(1.0 - p), 0.0 - normal_quantile(p))?;
    }

    /// Neighbors may err by some ULP each: the arguments are farther apart than that.
    #[test]
    fn the_normal_family_never_falls(x in finite(), p in probability(), step in 1e-12..1.0) {
        let y = x + step * x.abs().max(1.0);
        monotone(normal_cdf, x, y)?;
        monotone(normal_ln_cdf, x, y)?;
        let q = f64::min(p * (1.0 + step), 1.0);
        monotone(normal_quantile, p, q)?;
        monotone(erfinv, p, q)?;
        monotone(|p| -erfcinv(p), p, q)?;
    }

    /// The exponential multiplies the relative error of its argument by the argument.
    #[test]
    fn exp_of_normal_ln_cdf_is_normal_cdf(x in -37.5_f64..100.0) {
        let y: f64 = normal_ln_cdf(x);
        relative(y.exp(), normal_cdf(x), (4.0 + 4.0 * y.abs()) * ULP)?;
    }

    #[test]
    fn normal_ln_cdf_and_ln_survival_sum_to_one(x in finite()) {
        scaled(normal_ln_cdf(x).exp() + normal_ln_cdf(-x).exp(), 1.0, 4.0 * ULP, 1.0)?;
    }

    /// Gordon's inequality; the bounds meet where 1/x² is below an ULP.
    #[test]
    fn inverse_mills_ratio_is_bounded(x in finite()) {
        let slope = NormalLnCdf.slope(x, normal_ln_cdf(x));
        at_most((-x).max(0.0), slope * (1.0 + 4.0 * ULP))?;
        if x < 0.0 {
            at_most(slope, (-x - 1.0 / x) * (1.0 + 64.0 * ULP))?;
        }
    }

    #[test]
    fn slopes_of_the_normal_family_are_derivatives(x in -4.9_f64..8.0, tail in 5.1_f64..30.0, p in 0.05..0.95) {
        check(NormalLnCdf, x, 1.0, 1.0)?;
        check(NormalLnCdf, -tail, 1.0, 1.0)?;
        check(NormalQuantile, p, 0.01, 1.0)?;
        check(ErfInv, 2.0 * p - 1.0, 0.01, 1.0)?;
        check(ErfcInv, 2.0 * p, 0.01, 1.0)?;
    }

    #[test]
    fn normal_quantile_is_a_scaled_erfcinv(p in 0.0..0.25) {
        relative(normal_quantile(p), -SQRT_2 * erfcinv(2.0 * p), 4.0 * ULP)?;
    }
}
