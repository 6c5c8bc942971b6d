//! The divergence of gamma distributions, without a difference of logarithms of gamma functions.

use gradus_numeric::functions::StirlingError;
use gradus_numeric::{Unary, deviance, digamma, polygamma, stirling_error};

/// Of shape and rate.
///
/// With $`m = a d / b`$ three distances, none of which is negative:
///
/// ```math
/// D(c, m) + \tfrac12 D \bigl( 1, \tfrac ca \bigr) + \bigl( \delta(c) - \delta(a) - (c - a) \, \delta'(a) \bigr)
/// ```
///
/// with the deviance D and what Stirling's formula lacks, $`\delta`$, which is convex. The last one of shapes that are near each other is a series.
pub(super) fn of_gammas((a, b): (f64, f64), (c, d): (f64, f64)) -> f64 {
    let ratio = d / b;
    let m = if ratio.is_normal() {
        a * ratio
    } else {
        a * d / b
    };
    let rates = if m < f64::MIN_POSITIVE {
        c * (c.ln() - a.ln() + b.ln() - d.ln()) - c // m itself is not seen beside c, or has lost its digits
    } else {
        deviance(c, m)
    };
    rates.max(0.0) + of_shapes(a, c)
}

/// The second and the third distance.
fn of_shapes(a: f64, c: f64) -> f64 {
    if a == c {
        return 0.0;
    }
    let t = (c - a) / a;
    if t.abs() < NEAR && a < FAR {
        // a quotient of neighbors has lost digits of their difference
        let powers = if a > TINY {
            deviance(a, c) / a
        } else {
            deviance(1.0, c / a)
        };
        return 0.5 * powers + of_near(a, t).max(0.0);
    }
    let lacks = stirling_error(c) - stirling_error(a);
    if a >= 1.0 {
        let convex = lacks - (c - a) * StirlingError.slope(a, 0.0);
        let ratio = c / a;
        let powers = if ratio.is_normal() {
            deviance(1.0, ratio)
        } else {
            ratio - 1.0 - (c.ln() - a.ln())
        };
        return 0.5 * powers + convex.max(0.0);
    }
    // 1/2a is in both distances, and may overflow
    let far = c / a - 1.0;
    if far > f64::MAX {
        return far;
    }
    let rest = lacks - 0.5 * (c.ln() - a.ln()) + (c - a) * (a.ln() - digamma(1.0 + a));
    (far + rest).max(0.0)
}

/// The third distance of shapes a and $`c = a (1 + t)`$, by Taylor's series:
///
/// ```math
/// \sum_{k \ge 2} (-t)^k \Bigl( \frac1k \sum_{n \ge 0} \bigl( \tfrac{a}{a + n} \bigr)^k - \frac{a}{k (k - 1)} - \frac1{2k} \Bigr)
/// ```
///
/// where the inner sum is $`1 + a^k \lvert \psi_{k - 1}(1 + a) \rvert / (k - 1)!`$.
fn of_near(a: f64, t: f64) -> f64 {
    let (mut sum, mut factorial, mut power) = (0.0, 1.0, -t); // (k − 1)! and (−t)ᵏ
    for k in 2..=TERMS {
        let order = f64::from(k);
        factorial *= order - 1.0;
        power *= -t;
        let powers = 1.0 + a.powi(i32::from(k)) * (polygamma(k - 1, 1.0 + a).abs() / factorial);
        sum += power * (powers / order - a / (order * (order - 1.0)) - 0.5 / order);
    }
    sum
}

/// Shapes that are nearer to each other, relative to them: the series ends with a share of $`2^{-54}`$.
const NEAR: f64 = 1.0 / 64.0;

/// Smaller ones have no deviance that is a normal number.
const TINY: f64 = 1e-250;

/// So many terms of it.
const TERMS: u8 = 11;

/// Beyond, what Stirling's formula lacks is not seen beside a.
const FAR: f64 = 1e20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_branches_meet_and_extremes_are_numbers() {
        // ln Γ(3) − ln Γ(1) − 2 ψ(1) = ln 2 + 2γ
        let expected = std::f64::consts::LN_2 + 2.0 * 0.577_215_664_901_532_9;
        assert!((of_gammas((1.0, 1.0), (3.0, 1.0)) - expected).abs() < 4e-15);
        let below = of_gammas((1.0 - f64::EPSILON, 1.0), (3.0, 1.0));
        assert!((below - expected).abs() < 1e-14);
        let numbers = [5e-324, 1e-300, 1e-9, 0.9, 1.0, 30.0, 1e9, 1e300, f64::MAX];
        for (a, c) in numbers.iter().flat_map(|a| numbers.map(|c| (*a, c))) {
            for (b, d) in numbers.iter().flat_map(|b| numbers.map(|d| (*b, d))) {
                let value = of_gammas((a, b), (c, d));
                assert!(value >= 0.0, "{a:e} {b:e} {c:e} {d:e}: {value}");
                assert!(value == 0.0 || (a, b) != (c, d));
            }
        }
    }
}
