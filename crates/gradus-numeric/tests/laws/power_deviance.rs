//! The theorems of deviances of every power.

use gradus_numeric::functions::PowerDeviance;
use gradus_numeric::{Binary, deviance, power_deviance};
use gradus_testkit::{at_most, cases, gradient, relative, same_bits, scaled};
use proptest::prelude::*;

const ULP: f64 = f64::EPSILON;

/// 0, the powers that have a family, one of the β-divergences between, and powers beside those where the definition divides by 0.
fn power() -> impl Strategy<Value = f64> {
    let beside = (1_u8..3, -15_i32..-2).prop_map(|(q, e)| f64::from(q) + 10_f64.powi(e));
    prop_oneof![(0_u8..5).prop_map(f64::from), 0.01..6.0_f64, beside]
}

/// Positive numbers of all magnitudes.
fn positive() -> impl Strategy<Value = f64> {
    (-30.0_f64..30.0).prop_map(|e| 10_f64.powf(e))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn power_deviance_is_a_distance(x in positive(), m in positive(), q in power()) {
        same_bits(power_deviance(x, x, q), 0.0)?;
        at_most(0.0, power_deviance(x, m, q))?;
        prop_assert!(power_deviance(m, 1.01 * m, q) > 0.0);
    }

    #[test]
    fn power_deviance_is_homogeneous(x in 0.01..99.0_f64, m in 0.01..99.0_f64, q in power(), c in 0.01..99.0_f64) {
        let scale = 1.0 + q * (x / m).ln().abs(); // roundings of c x and c m reach the value by its slopes
        let near = (x - m).abs() / m.min(x);
        let expected = c.powf(2.0 - q) * power_deviance(x, m, q);
        scaled(power_deviance(c * x, c * m, q), expected, 64.0 * ULP, expected * scale * (1.0 + 1.0 / near))?;
    }

    #[test]
    fn power_deviance_is_continuous_in_its_power(x in 0.01..99.0_f64, m in 0.01..99.0_f64, e in -15_i32..-9) {
        let (h, r) = (10_f64.powi(e), (m / x).ln());
        let closed = [
            (0.0, 0.5 * (x - m) * (x - m)),
            (1.0, deviance(x, m)),
            (2.0, deviance(m, x) / m),
            (3.0, 0.5 * (x - m) / x * (x - m) / (m * m)),
        ];
        // d ln D / dq is a mean of −ln t between the two
        let change = h * x.ln().abs().max(m.ln().abs());
        for (q, closed) in closed {
            relative(power_deviance(x, m, q), closed, (16.0 + 4.0 * r.abs()) * ULP)?;
            relative(power_deviance(x, m, q + h), closed, change + (32.0 + 4.0 * r.abs()) * ULP)?;
        }
    }

    #[test]
    fn power_deviance_keeps_its_digits_near_the_mean(m in 1e-3..1e3_f64, e in -15.0..-3.0_f64, down in any::<bool>(), q in power()) {
        let step = if down { -10_f64.powf(e) } else { 10_f64.powf(e) };
        let x = m * (1.0 + step);
        let d = x - m; // exact
        // Σ binom(−q, k) (d / m)^k / ((k + 1)(k + 2)), from the binomial series of t^{−q}
        let (mut sum, mut term) = (0.0, 1.0);
        for k in 0..8_u32 {
            sum += term / f64::from((k + 1) * (k + 2));
            term *= -(q + f64::from(k)) / f64::from(k + 1) * d / m;
        }
        relative(power_deviance(x, m, q), d * d * m.powf(-q) * sum, 24.0 * ULP)?;
    }

    #[test]
    fn slopes_of_the_power_deviance_are_derivatives(x in 0.2..20.0_f64, m in 0.2..20.0_f64, q in power()) {
        let of = PowerDeviance { power: q };
        let size = of.value(x, m).max(x.max(m).powf(2.0 - q)).max(x.min(m).powf(2.0 - q));
        let value_and_slopes = |t: &[f64]| {
            let (x, h, m, k) = (x * (1.0 + 0.1 * t[0]), 0.1 * x, m * (1.0 + 0.1 * t[1]), 0.1 * m);
            let value = of.value(x, m);
            let (by_x, by_m) = of.slopes(x, m, value);
            (value / size, vec![h * by_x / size, k * by_m / size])
        };
        gradient::check(value_and_slopes, &[0.0, 0.0])?;
    }
}
