//! Identities of the gamma function, its logarithm and its derivatives, of the beta function and of counts.

use crate::differences;
use gradus_numeric::functions::{Gamma, LnBeta, LnGamma, Polygamma};
use gradus_numeric::{
    Binary, Unary, deviance, digamma, gamma, ln_beta, ln_binomial, ln_factorial, ln_gamma,
    logaddexp, polygamma, stirling_error, trigamma,
};
use gradus_testkit::laws::convexity;
use gradus_testkit::{Violation, at_most, cases, gradient, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::{LN_2, PI};

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// Differences in `t`, where the argument is `x (1 + t / 10)`: near the pole at 0 functions vary on the scale of x.
fn check(f: impl Unary, x: f64) -> Result<(), Violation> {
    differences::check(f, x, 0.1 * x, f.value(x).abs().max(1.0))
}

/// Positive numbers of all magnitudes up to 10⁸.
fn positive() -> impl Strategy<Value = f64> {
    prop_oneof![0.0_f64..5.0, (-100.0_f64..8.0).prop_map(|e| 10_f64.powf(e))]
        .prop_filter("positive", |&x| x > 0.0)
}

/// The whole number at `share` of the way from 0 to `n`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and n"
)]
fn part(share: f64, n: u64) -> u64 {
    (share * n as f64).floor() as u64
}

/// Numbers at least 0.01 away from the poles.
fn between_poles() -> impl Strategy<Value = f64> {
    (-20_i32..20, 0.01_f64..0.99).prop_map(|(n, f)| f64::from(n) + f)
}

/// From 10⁻³ to 10⁸, every size as often.
fn any_size() -> impl Strategy<Value = f64> {
    (-3.0..8.0_f64).prop_map(|power| 10.0_f64.powf(power))
}

/// Small numbers, whose binomials are whole in 128 bits, and large ones.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![1_u64..200, 1_u64..1_000_000]
}

proptest! {
    #![proptest_config(cases())]

    /// Rounding x + 1 moves Γ(x + 1) by up to |x ψ(x + 1)| u, here below 20 u.
    #[test]
    fn gamma_of_the_successor_is_a_multiple(x in between_poles(), y in 20.0..170.0) {
        relative(gamma(x + 1.0), x * gamma(x), 100.0 * ULP * (1.0 + 0.02 / (x - x.round()).abs()))?;
        relative(gamma(y + 1.0), y * gamma(y), 450.0 * ULP)?;
    }

    /// The distance from the nearest pole is known to u |x|.
    #[test]
    fn gamma_is_reflected_by_the_sine(x in between_poles()) {
        let pole = (x - x.round()).abs();
        let sine = PI / (PI * x).sin();
        relative(gamma(x) * gamma(1.0 - x), sine, 20.0 * ULP * (1.0 + 4.0 * x.abs() / pole))?;
    }

    #[test]
    fn gamma_duplicates(x in 0.01_f64..80.0) {
        let right = (1.0 - 2.0 * x).exp2() * PI.sqrt() * gamma(2.0 * x);
        relative(gamma(x) * gamma(x + 0.5), right, 40.0 * ULP + 5.0 * x * ULP)?;
    }

    #[test]
    fn ln_gamma_of_the_successor_adds_a_logarithm(x in positive()) {
        let (left, right): (f64, f64) = (ln_gamma(x + 1.0), ln_gamma(x));
        prop_assert!(left.is_finite());
        scaled(left, right + x.ln(), 4.0 * ULP, left.abs().max(right.abs()).max(x.ln().abs()).max(1.0))?;
    }

    #[test]
    fn exp_of_ln_gamma_is_gamma(x in 0.0_f64..171.0) {
        prop_assume!(x > 0.0);
        let y: f64 = ln_gamma(x);
        relative(y.exp(), gamma(x), (8.0 + 2.0 * y.abs()) * ULP)?;
    }

    #[test]
    fn ln_gamma_is_convex(x in positive(), y in positive(), t in 0.0..=1.0) {
        let middle = t * x + (1.0 - t) * y;
        let (left, right): (f64, f64) = (ln_gamma(middle), t * ln_gamma(x) + (1.0 - t) * ln_gamma(y));
        let scale = ln_gamma(x).abs() + ln_gamma(y).abs() + 1.0;
        at_most(left, right + 8.0 * ULP * scale)?;
        convexity(|x| ln_gamma(x[0]), &[1.0 + x / 1e8], &[1.0 + y / 1e8], t, 8.0 * ULP)?;
    }

    #[test]
    fn digamma_of_the_successor_adds_a_reciprocal(x in positive()) {
        scaled(digamma(x + 1.0), digamma(x) + 1.0 / x, 4.0 * ULP, 1.0 + digamma(x).abs())?;
    }

    #[test]
    fn digamma_is_reflected_by_the_cotangent(x in between_poles()) {
        let cotangent = PI / (PI * (x - x.round())).tan();
        let scale = 1.0 + cotangent.abs() + digamma(x).abs() + digamma(1.0 - x).abs();
        let condition = 1.0 + x.abs() / (x - x.round()).abs();
        scaled(digamma(1.0 - x) - digamma(x), cotangent, 8.0 * ULP * condition, scale)?;
    }

    #[test]
    fn digamma_lies_below_the_logarithm(x in positive()) {
        let y: f64 = digamma(x);
        at_most(x.ln() - 1.0 / x, y + 4.0 * ULP * (y.abs() + x.ln().abs()))?;
        at_most(y, x.ln() - 0.5 / x + 4.0 * ULP * (y.abs() + x.ln().abs()))?;
    }

    #[test]
    fn trigamma_of_the_successor_loses_a_square(x in positive()) {
        scaled(trigamma(x + 1.0), trigamma(x) - 1.0 / (x * x), 8.0 * ULP, trigamma(x))?;
    }

    #[test]
    fn trigamma_is_reflected_by_the_sine(x in between_poles()) {
        let square = (PI / (PI * x).sin()).powi(2);
        let condition = 1.0 + x.abs() / (x - x.round()).abs();
        scaled(trigamma(x) + trigamma(1.0 - x), square, 16.0 * ULP * condition, square)?;
    }

    #[test]
    fn polygamma_of_the_successor_loses_a_power(n in 2_u8..10, x in 0.1_f64..30.0) {
        let factorial: f64 = (1..=n).map(f64::from).product();
        let term = if n % 2 == 0 { factorial } else { -factorial } / x.powi(i32::from(n) + 1);
        let left: f64 = polygamma(n, x);
        scaled(polygamma(n, x + 1.0), left + term, 64.0 * ULP, left.abs())?;
    }

    #[test]
    fn slopes_of_the_gamma_family_are_derivatives(x in 0.2_f64..20.0, below in -0.9_f64..-0.1, y in 0.2..20.0) {
        for x in [x, below] {
            check(LnGamma, x)?;
            for order in 0..4 {
                check(Polygamma { order }, x)?;
            }
        }
        check(Gamma, x.min(6.0))?;
        check(Gamma, below)?;
        let value_and_slopes = |t: &[f64]| {
            let (a, b) = (x * (1.0 + 0.1 * t[0]), y * (1.0 + 0.1 * t[1]));
            let value = LnBeta.value(a, b);
            let (by_a, by_b) = LnBeta.slopes(a, b, value);
            (value, vec![0.1 * x * by_a, 0.1 * y * by_b])
        };
        gradient::check(value_and_slopes, &[0.0, 0.0])?;
    }

    #[test]
    fn ln_beta_is_symmetric(a in positive(), b in positive()) {
        same_bits(ln_beta(a, b), ln_beta(b, a))?;
    }

    #[test]
    fn ln_beta_with_one_is_minus_the_logarithm(a in positive()) {
        relative(ln_beta(a, 1.0), -a.ln(), ULP)?;
    }

    #[test]
    fn beta_is_the_sum_of_its_neighbors(a in any_size(), b in any_size()) {
        let y: f64 = ln_beta(a, b);
        let sum = logaddexp(ln_beta(a + 1.0, b), ln_beta(a, b + 1.0));
        scaled(y, sum, 16.0 * ULP, y.abs().max(ln_gamma(a.min(b)).abs()).max(1.0))?;
    }

    #[test]
    fn ln_factorial_adds_a_logarithm(n in 1_u64..1000) {
        let (before, after) = (ln_factorial(n - 1), ln_factorial(n));
        scaled(after, before + (n as f64).ln(), 4.0 * ULP, after.max(LN_2))?;
    }

    #[test]
    fn ln_binomial_is_symmetric(n in count(), share in 0.0..=1.0) {
        let k = part(share, n);
        same_bits(ln_binomial(n, k), ln_binomial(n, n - k))?;
    }

    #[test]
    fn binomials_sum_as_in_pascals_triangle(n in count(), share in 0.0..1.0) {
        let k = part(share, n);
        let (left, right) = (ln_binomial(n + 1, k + 1), logaddexp(ln_binomial(n, k), ln_binomial(n, k + 1)));
        scaled(left, right, 8.0 * ULP, left.max(1.0))?;
    }

    #[test]
    fn deviance_is_a_distance(x in positive(), m in positive(), step in -8_i32..8) {
        at_most(0.0, deviance(x, m))?;
        same_bits(deviance(x, x), 0.0)?;
        // next to m the parabola (x − m)² / 2m is all there is
        let x = m * (1.0 + f64::from(step) * ULP);
        scaled(deviance(x, m), (x - m) / m * (x - m) / 2.0, 16.0 * ULP, (x - m) / m * (x - m))?;
    }

    #[test]
    fn deviance_is_homogeneous(x in 0.0..99.0, m in 0.01..99.0, power in -300_i32..300) {
        let c = 2.0_f64.powi(power); // exact
        relative(deviance(c * x, c * m), c * deviance(x, m), 4.0 * ULP)?;
    }

    #[test]
    fn stirling_errors_are_within_the_bounds_of_robbins(x in 1.0..1e6) {
        let delta = stirling_error(x);
        at_most(1.0 / (12.0 * x + 1.0), delta)?;
        at_most(delta, 1.0 / (12.0 * x))?;
    }

    #[test]
    fn stirling_errors_step_down(x in 0.01..1e3, halves in 1_u32..40) {
        let step = |x: f64| (x + 0.5) * (1.0 / x).ln_1p() - 1.0;
        for x in [x, f64::from(halves) / 2.0] {
            scaled(stirling_error(x) - stirling_error(x + 1.0), step(x), 4.0 * ULP, 1.0 + step(x))?;
            let by_ln_gamma = ln_gamma(x) - (x - 0.5) * x.ln() + x - (2.0 * PI).sqrt().ln();
            scaled(stirling_error(x), by_ln_gamma, 8.0 * ULP, 1.0 + x * (1.0 + x.ln().abs()))?;
        }
    }
}
