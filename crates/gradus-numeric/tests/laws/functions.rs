//! Identities of the stable functions.

use gradus_numeric::{
    Real, log_sigmoid, log1mexp, logaddexp, logit, relu, selu, sigmoid, softplus, xlogy,
};
use gradus_testkit::laws::{lipschitz, monotone};
use gradus_testkit::strategies::{finite, special};
use gradus_testkit::{at_most, cases, relative, same_bits, same_bits_f32, scaled, within_ulps};
use proptest::prelude::*;
use std::f64::consts::LN_2;

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// A function in single and in double precision.
type Pair = (fn(f32) -> f32, fn(f64) -> f64);

/// Logarithms of probabilities, down to the smallest normal one.
fn log_probability() -> impl Strategy<Value = f64> {
    prop_oneof![
        -700.0..-1e-300,
        -1.0..-1e-300,
        (-300.0..-1.0).prop_map(|e| -10_f64.powf(e))
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn relu_is_idempotent(x in special()) {
        same_bits(relu(relu(x)), relu(x))?;
    }

    #[test]
    fn relu_and_its_mirror_sum_to_the_absolute_value(x in finite()) {
        same_bits(relu(x) + relu(-x), x.abs())?;
        let x = f32::from_f64(x);
        same_bits_f32(relu(x) + relu(-x), x.abs())?;
    }

    #[test]
    fn relu_and_its_mirror_differ_by_the_identity(x in finite()) {
        same_bits(relu(x) - relu(-x), x)?;
    }

    #[test]
    fn relu_is_positively_homogeneous(x in finite(), c in finite()) {
        let c = c.abs();
        prop_assert_eq!(relu(c * x), c * relu(x));
    }

    #[test]
    fn relu_is_lipschitz(x in finite(), y in finite()) {
        lipschitz(relu, 1.0, x, y)?;
    }

    /// The steepest slope is λ α, below 0.
    #[test]
    fn selu_is_lipschitz(x in finite(), y in finite()) {
        lipschitz(selu, 1.758_099_340_847_377, x, y)?;
    }

    #[test]
    fn sigmoid_of_the_opposite_is_the_complement(x in finite()) {
        scaled(sigmoid(-x), 1.0 - sigmoid(x), 2.0 * ULP, 1.0)?;
    }

    #[test]
    fn tanh_is_a_stretched_sigmoid(x in finite()) {
        scaled(Real::tanh(x), 2.0 * sigmoid(2.0 * x) - 1.0, 2.0 * ULP, 1.0)?;
    }

    #[test]
    fn sigmoid_is_lipschitz(x in finite(), y in finite()) {
        lipschitz(sigmoid, 0.25, x, y)?;
    }

    #[test]
    fn tanh_is_lipschitz(x in finite(), y in finite()) {
        lipschitz(Real::tanh, 1.0, x, y)?;
    }

    #[test]
    fn the_sigmoid_and_its_integral_never_fall(x in finite(), y in finite()) {
        monotone(sigmoid, x, y)?;
        monotone(softplus, x, y)?;
        monotone(log_sigmoid, x, y)?;
    }

    #[test]
    fn softplus_minus_its_mirror_is_the_identity(x in finite()) {
        scaled(softplus(x) - softplus(-x), x, 2.0 * ULP, x.abs().max(LN_2))?;
    }

    #[test]
    fn softplus_lies_above_relu(x in finite()) {
        at_most(relu(x), softplus(x))?;
    }

    #[test]
    fn softplus_is_lipschitz(x in finite(), y in finite()) {
        lipschitz(softplus, 1.0, x, y)?;
    }

    #[test]
    fn log_sigmoid_is_minus_softplus_of_the_opposite(x in finite()) {
        same_bits(log_sigmoid(x), -softplus(-x))?;
    }

    /// The exponential multiplies the relative error of its argument by the argument.
    #[test]
    fn exp_of_log_sigmoid_is_sigmoid(x in -700.0..700.0) {
        let y: f64 = log_sigmoid(x);
        relative(y.exp(), sigmoid(x), (2.0 + y.abs()) * ULP)?;
    }

    /// Condition of the sigmoid at x: (1 − p) x.
    #[test]
    fn sigmoid_inverts_logit(p in 0.0..1.0) {
        let x: f64 = logit(p);
        relative(sigmoid(x), p, (2.0 + (1.0 - p) * x.abs()) * ULP)?;
    }

    /// The complement of a multiple of 2⁻²⁰ is exact.
    #[test]
    fn logit_is_odd_around_one_half(k in 1..(1 << 20)) {
        let p = f64::from(k) / f64::from(1 << 20);
        within_ulps(logit(1.0 - p), -logit(p), 2)?;
    }

    /// Condition of log1mexp at y = ln p: |y| p / (1 − p), relative to x = ln (1 − p).
    #[test]
    fn log1mexp_is_its_own_inverse(x in log_probability()) {
        let y = log1mexp(x);
        let condition = y.abs() * (-x).exp_m1() / x.abs();
        relative(log1mexp(y), x, (2.0 + condition) * ULP)?;
    }

    #[test]
    fn a_probability_and_its_complement_sum_to_one(x in log_probability()) {
        scaled(x.exp() + log1mexp(x).exp(), 1.0, 4.0 * ULP, 1.0)?;
        scaled(logaddexp(x, log1mexp(x)), 0.0, 4.0 * ULP, 1.0)?;
    }

    /// a = s + ln (1 − e^(b − s)) with s = ln (e^a + e^b), of condition e^(b − a).
    #[test]
    fn logaddexp_is_undone_by_log1mexp(a in -10.0..10.0, b in -10.0..10.0) {
        let s: f64 = logaddexp(a, b);
        let scale = (a.abs() + b.abs() + 1.0) * (1.0 + (b - a).exp());
        scaled(s + log1mexp(b - s), a, 4.0 * ULP, scale)?;
    }

    #[test]
    fn logaddexp_is_commutative(a in special(), b in special()) {
        let (ab, ba) = (logaddexp(a, b), logaddexp(b, a));
        prop_assert!(ab.to_bits() == ba.to_bits() || (ab.is_nan() && ba.is_nan()));
    }

    #[test]
    fn logaddexp_is_at_least_the_maximum(a in finite(), b in finite()) {
        at_most(a.max(b), logaddexp(a, b))?;
    }

    #[test]
    fn xlogy_of_zero_is_zero(b in finite()) {
        same_bits(xlogy(0.0, b), 0.0)?;
    }

    /// Rounding b² moves its logarithm by u, whatever its size.
    #[test]
    fn xlogy_of_a_square_is_twice_xlogy(a in -1e3_f64..1e3, b in 1e-3_f64..1e3) {
        let scale = a.abs() * (1.0 + 2.0 * b.ln().abs());
        scaled(xlogy(a, b * b), 2.0 * xlogy(a, b), 2.0 * ULP, scale)?;
    }

    #[test]
    fn single_precision_is_rounded_double_precision(x in finite()) {
        let x = f32::from_f64(x);
        let functions: [Pair; 4] = [
            (softplus, softplus),
            (log_sigmoid, log_sigmoid),
            (logit, logit),
            (log1mexp, log1mexp),
        ];
        for (single, double) in functions {
            let (y, nearest) = (single(x), f32::from_f64(double(x.into())));
            prop_assert!(y.to_bits() == nearest.to_bits() || (y.is_nan() && nearest.is_nan()));
        }
    }
}
