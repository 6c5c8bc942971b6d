//! Identities of functions with a logarithm, of roots and of lengths.

use gradus_numeric::functions::{Hypot, LogSubExp};
use gradus_numeric::{
    Binary, cbrt, entr, hypot, log_cosh, log1mexp, logaddexp, logsubexp, softplus,
    softplus_inverse, xlog1py, xlogx, xlogy,
};
use gradus_testkit::laws::{convexity, lipschitz};
use gradus_testkit::strategies::finite;
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::LN_2;

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// Positive numbers of every size.
fn positive() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..5.0_f64, (-300.0..300.0).prop_map(|e| 10_f64.powf(e))]
        .prop_filter("positive", |x| *x > 0.0)
}

/// (a, b) with a > b.
fn falling() -> impl Strategy<Value = (f64, f64)> {
    let gap = prop_oneof![1e-6..10.0, (-12.0..2.0).prop_map(|e| 10_f64.powf(e))];
    (-50.0..50.0_f64, gap)
        .prop_filter_map("a > b", |(a, gap)| (a > a - gap).then_some((a, a - gap)))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn log_cosh_lies_just_below_the_absolute_value(x in finite()) {
        at_most(log_cosh(x), x.abs())?;
        at_most(x.abs() - LN_2, log_cosh(x) + ULP)?;
    }

    /// From |x| = 1e-150 down the square is subnormal.
    #[test]
    fn log_cosh_lies_below_half_the_square(x in -3.0..3.0_f64) {
        at_most(log_cosh(x), 0.5 * x * x * (1.0 + 4.0 * ULP))?;
    }

    #[test]
    fn log_cosh_is_even(x in finite()) {
        same_bits(log_cosh(-x), log_cosh(x))?;
    }

    #[test]
    fn log_cosh_is_logaddexp_of_both_signs(x in -1e3..1e3_f64) {
        scaled(log_cosh(x), logaddexp(x, -x) - LN_2, 2.0 * ULP, x.abs().max(1.0))?;
    }

    #[test]
    fn log_cosh_is_lipschitz(x in finite(), y in finite()) {
        lipschitz(log_cosh, 1.0, x, y)?;
    }

    /// The condition of softplus at x is x σ(x) / ζ(x) ≤ max(1, |x|).
    #[test]
    fn softplus_undoes_its_inverse(y in positive()) {
        let x = softplus_inverse(y);
        relative(softplus(x), y, (4.0 + x.abs().min(750.0)) * ULP)?;
    }

    #[test]
    fn softplus_inverse_is_a_shifted_log1mexp(y in positive()) {
        let x = softplus_inverse(y);
        scaled(x, y + log1mexp(-y), 4.0 * ULP, y.max(x.abs()))?;
    }

    /// a = s − … of condition 1 + e^(b − a), as for the undoing of logaddexp by log1mexp.
    #[test]
    fn logsubexp_undoes_logaddexp(a in -10.0..10.0_f64, b in -10.0..10.0_f64) {
        let scale = (a.abs() + b.abs() + 1.0) * (1.0 + (b - a).exp());
        scaled(logsubexp(logaddexp(a, b), b), a, 4.0 * ULP, scale)?;
    }

    /// The logarithms are rounded: p and q are known to |ln p| u and |ln q| u.
    #[test]
    fn logsubexp_subtracts_probabilities(p in 0.01..1.0_f64, share in 0.0..0.999_f64) {
        let q = p * share;
        let scale = p * (2.0 - p.ln() - xlogx(share));
        scaled(logsubexp(p.ln(), q.ln()).exp(), p - q, 2.0 * ULP, scale)?;
    }

    #[test]
    fn logsubexp_from_one_is_log1mexp(b in -700.0..0.0) {
        same_bits(logsubexp(0.0, b), log1mexp(b))?;
    }

    #[test]
    fn slopes_of_logsubexp_sum_to_one((a, b) in falling()) {
        let (by_a, by_b) = LogSubExp.slopes(a, b, logsubexp(a, b));
        scaled(by_a + by_b, 1.0, 4.0 * ULP, by_a)?;
    }

    #[test]
    fn xlogx_is_xlogy_of_equals(x in positive()) {
        same_bits(xlogx(x), xlogy(x, x))?;
    }

    #[test]
    fn xlogx_lies_above_its_tangent_at_one(x in positive()) {
        at_most(x - 1.0, xlogx(x) + ULP * x.max(1.0))?;
    }

    #[test]
    fn entr_is_minus_xlogx(x in positive()) {
        prop_assert_eq!(entr(x), -xlogx(x));
    }

    #[test]
    fn entr_is_at_most_one_over_e(x in finite()) {
        let peak = (-1.0_f64).exp();
        at_most(entr(x), peak * (1.0 + 2.0 * ULP))?;
        relative(entr(peak), peak, 2.0 * ULP)?;
    }

    #[test]
    fn entr_is_concave(x in 0.0..10.0, y in 0.0..10.0, t in 0.0..1.0) {
        convexity(|x| -entr(x[0]), &[x], &[y], t, 8.0 * ULP)?;
    }

    #[test]
    fn xlog1py_of_zero_is_zero(b in finite()) {
        same_bits(xlog1py(0.0, b), 0.0)?;
    }

    /// 1 + b is exact for b a multiple of 2⁻²⁰; both logarithms are good to 1 ULP.
    #[test]
    fn xlog1py_is_xlogy_of_one_more(a in -1e3_f64..1e3, k in (1 - (1 << 20))..(1 << 24)) {
        let b = f64::from(k) / f64::from(1 << 20);
        relative(xlog1py(a, b), xlogy(a, 1.0 + b), 4.0 * ULP)?;
    }

    #[test]
    fn hypot_is_symmetric(a in finite(), b in finite()) {
        same_bits(hypot(a, b), hypot(b, a))?;
        same_bits(hypot(a, b), hypot(-a, b))?;
    }

    #[test]
    fn hypot_lies_between_maximum_and_sum(a in finite(), b in finite()) {
        at_most(a.abs().max(b.abs()), hypot(a, b))?;
        at_most(hypot(a, b), (a.abs() + b.abs()) * (1.0 + ULP))?;
    }

    #[test]
    fn hypot_is_homogeneous(a in -1e3..1e3_f64, b in -1e3..1e3_f64, k in -900..900) {
        let c = f64::from(k).exp2();
        prop_assume!(a.abs().min(b.abs()) > 1e-9); // no subnormal numbers
        same_bits(hypot(c * a, c * b), c * hypot(a, b))?;
    }

    #[test]
    fn slopes_of_hypot_are_a_unit_vector(a in finite(), b in finite()) {
        let y = hypot(a, b);
        prop_assume!(y.is_finite() && y > f64::MIN_POSITIVE);
        let (by_a, by_b) = Hypot.slopes(a, b, y);
        scaled(by_a * by_a + by_b * by_b, 1.0, 4.0 * ULP, 1.0)?;
    }

    /// A root that is rounded once gives a cube wrong by 3 u.
    #[test]
    fn the_cube_undoes_cbrt(x in -1e300..1e300_f64, k in 0..1900_i32) {
        let x = x * f64::from(-k).exp2();
        let y = cbrt(x);
        relative(y * y * y, x, 3.0 * ULP)?;
    }

    #[test]
    fn cbrt_is_odd(x in finite()) {
        same_bits(cbrt(-x), -cbrt(x))?;
    }

    #[test]
    fn cbrt_of_eight_times_is_twice(x in -1e3..1e3_f64) {
        same_bits(cbrt(8.0 * x), 2.0 * cbrt(x))?;
    }
}
