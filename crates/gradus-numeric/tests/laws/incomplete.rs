//! Identities of the incomplete gamma and beta functions.

use crate::differences::check;
use gradus_numeric::functions::{BetaRegularized, GammaP, GammaQ};
use gradus_numeric::{beta_regularized, erf, gamma_p, gamma_q, ln_beta, ln_gamma};
use gradus_testkit::laws::monotone;
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::prelude::*;

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// Shapes of all magnitudes up to 10⁸, with the places where the method changes.
fn shape() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (-3.0_f64..8.0).prop_map(|e| 10_f64.powf(e)),
        1 => (-300.0_f64..0.0).prop_map(|e| 10_f64.powf(e)),
        1 => prop::sample::select(&[0.5, 1.0, 10.0, 20.0, 99.9, 100.0, 1e8]),
    ]
}

/// A shape and a point within ten standard deviations, or anywhere.
fn gamma_point() -> impl Strategy<Value = (f64, f64)> {
    let near =
        (shape(), -10.0..10.0).prop_map(|(a, z): (f64, f64)| (a, (a + z * a.sqrt()).max(0.0)));
    prop_oneof![3 => near, 1 => (shape(), 0.0..200.0)]
}

/// Two shapes and a point within ten standard deviations, or anywhere.
fn beta_point() -> impl Strategy<Value = (f64, f64, f64)> {
    let near = (shape(), shape(), -10.0..10.0).prop_map(|(a, b, z): (f64, f64, f64)| {
        let (m, n) = (a / (a + b), b / (a + b));
        (
            a,
            b,
            (m + z * (m * n / (a + b + 1.0)).sqrt()).clamp(0.0, 1.0),
        )
    });
    prop_oneof![3 => near, 1 => (shape(), shape(), 0.0..=1.0)]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn gamma_p_and_q_sum_to_one((a, x) in gamma_point()) {
        let (p, q): (f64, f64) = (gamma_p(a, x), gamma_q(a, x));
        prop_assert!((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q));
        scaled(p + q, 1.0, 64.0 * ULP, 1.0)?;
    }

    /// The term on the right is known with the error of its exponent.
    #[test]
    fn gamma_p_loses_a_term_as_the_shape_grows(a in 0.01_f64..300.0, z in -5.0_f64..5.0) {
        let x = (a + z * a.sqrt()).max(0.01);
        let term = (a * x.ln() - x - ln_gamma(a + 1.0)).exp();
        let error = (8.0 + 4.0 * a * (1.0 + a.ln().abs())) * ULP * term;
        let (p, next): (f64, f64) = (gamma_p(a, x), gamma_p(a + 1.0, x));
        at_most((p - term - next).abs(), error + 256.0 * ULP * p)?;
    }

    #[test]
    fn gamma_p_of_one_and_one_half_are_elementary(x in 0.0_f64..700.0, tiny in -300.0_f64..0.0) {
        for x in [x, 10_f64.powf(tiny)] {
            relative(gamma_p(1.0, x), -(-x).exp_m1(), 32.0 * ULP)?;
            relative(gamma_q(1.0, x), (-x).exp(), 32.0 * ULP)?;
            relative(gamma_p(0.5, x), erf(x.sqrt()), 32.0 * ULP)?;
        }
    }

    #[test]
    fn gamma_q_counts_poisson_events(n in 1_u32..150, x in 0.01_f64..200.0) {
        let mut term = (-x).exp();
        let mut sum = 0.0;
        for k in 0..n {
            sum += term;
            term *= x / f64::from(k + 1);
        }
        let condition = 1.0 + (x - f64::from(n)).abs();
        relative(gamma_q(f64::from(n), x), sum, (64.0 + 4.0 * condition) * ULP)?;
    }

    /// The arguments are farther apart than the error of the values.
    #[test]
    fn the_incomplete_functions_never_fall((a, x) in gamma_point(), (b, c, t) in beta_point(), step in 0.001..0.5) {
        let y = x + step * (x + a.sqrt());
        let slack = |f: f64| f * (1.0 - 1e-12);
        at_most(slack(gamma_p(a, x)), gamma_p(a, y))?;
        at_most(slack(gamma_q(a, y)), gamma_q(a, x))?;
        at_most(slack(beta_regularized(b, c, t)), beta_regularized(b, c, t + step * (1.0 - t)))?;
        monotone(|x| gamma_p(3.0, x.max(0.0)), x, y)?;
    }

    /// Where the complement of x is exact.
    #[test]
    fn beta_regularized_and_its_mirror_sum_to_one((a, b, x) in beta_point()) {
        let x = (x * (1_i64 << 50) as f64).round() / (1_i64 << 50) as f64;
        let (p, q): (f64, f64) = (beta_regularized(a, b, x), beta_regularized(b, a, 1.0 - x));
        prop_assert!((0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q), "{p} {q}");
        scaled(p + q, 1.0, 64.0 * ULP, 1.0)?;
    }

    #[test]
    fn a_symmetric_beta_has_half_of_its_mass_below_one_half(a in shape()) {
        scaled(beta_regularized(a, a, 0.5), 0.5, 64.0 * ULP, 1.0)?;
    }

    /// Condition of a power: its exponent; below [`f64::MIN_POSITIVE`] digits are missing.
    #[test]
    fn beta_regularized_with_one_is_a_power(a in 1e-3_f64..1e3, x in 0.01_f64..1.0) {
        let power = x.powf(a);
        let error = (64.0 - 4.0 * a * x.ln()) * ULP * power + f64::MIN_POSITIVE;
        at_most((beta_regularized(a, 1.0, x) - power).abs(), error)?;
    }

    #[test]
    fn beta_regularized_loses_a_term_as_the_shape_grows(a in 0.01_f64..300.0, b in 0.01_f64..300.0, x in 0.01_f64..0.99) {
        let (head, tail) = (a * x.ln() + b * (-x).ln_1p(), ln_beta(a, b));
        let term = (head - tail).exp() / a;
        let error = (16.0 + 4.0 * (head.abs() + tail.abs())) * ULP * term + f64::MIN_POSITIVE;
        let (p, next): (f64, f64) = (beta_regularized(a, b, x), beta_regularized(a + 1.0, b, x));
        at_most((p - term - next).abs(), error + 1024.0 * ULP * p)?;
    }

    #[test]
    fn slopes_of_the_incomplete_functions_are_derivatives(a in 0.5_f64..500.0, b in 0.5_f64..500.0, z in -2.0_f64..2.0) {
        let x = a * (0.3 * z / a.sqrt().max(1.0)).exp();
        check(GammaP { shape: a }, x, 0.1 * x / a.sqrt().max(1.0), 1.0)?;
        check(GammaQ { shape: a }, x, 0.1 * x / a.sqrt().max(1.0), 1.0)?;
        let odds = a / b * (0.3 * z / a.min(b).sqrt().max(1.0)).exp();
        let x = odds / (1.0 + odds);
        check(BetaRegularized { a, b }, x, 0.1 * x * (1.0 - x) / (a + b).sqrt(), 1.0)?;
    }
}
