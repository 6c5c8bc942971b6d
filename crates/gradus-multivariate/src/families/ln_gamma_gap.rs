//! How far the logarithm of the gamma function is above its tangents.

use gradus_numeric::functions::StirlingError;
use gradus_numeric::{Unary, deviance, digamma, polygamma, stirling_error};

/// $`\ln \Gamma(c) - \ln \Gamma(a) - (c - a) \, \psi(a) - D(c, a)`$ with the [`deviance`] $`D(c, a) = c \ln \tfrac ca + a - c`$, which is the same of
/// $`x \ln x - x`$: what the curvature of $`\ln \Gamma(x) - x \ln x + x`$ makes of two points. Never negative.
pub(super) fn beyond_deviance(a: f64, c: f64) -> f64 {
    let t = (c - a) / a;
    let gap = if t.abs() < NEAR && a < LARGE {
        of_near(a, t)
    } else if a.min(c) >= LARGE {
        0.5 * (deviance(a, c) / a) + of_stirling(a, c)
    } else {
        let lacks = stirling_error(c) - stirling_error(a) - 0.5 * (c.ln() - a.ln());
        lacks + (c - a) * ln_minus_digamma(a)
    };
    gap.max(0.0)
}

/// $`\ln x - \psi(x)`$, where the difference would keep few digits.
pub(super) fn ln_minus_digamma(x: f64) -> f64 {
    if x < 1.0 {
        x.ln() - digamma(x)
    } else {
        0.5 / x - StirlingError.slope(x, 0.0)
    }
}

/// The gap of neighbors a and $`c = a (1 + t)`$, by Taylor's series:
///
/// ```math
/// \sum_{k \ge 2} (-t)^k \Bigl( \frac1k \sum_{n \ge 0} \bigl( \tfrac{a}{a + n} \bigr)^k - \frac{a}{k (k - 1)} \Bigr)
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
        sum += power * (powers - a / (order - 1.0)) / order;
    }
    sum
}

/// The gap of the first two terms of Stirling's series, $`\tfrac1{12 x} - \tfrac1{360 x^3}`$, in which the difference of a and c is a factor.
fn of_stirling(a: f64, c: f64) -> f64 {
    let (t, r) = ((c - a) / a, a / c);
    let cubes = t * t * r * (3.0 + 2.0 * r + r * r) / (360.0 * a * a);
    (t * t * r / 12.0 - cubes) / a
}

/// Shapes that are nearer to each other, relative to them: the series ends with a share of $`2^{-54}`$.
const NEAR: f64 = 1.0 / 64.0;

/// So many terms of it.
const TERMS: u8 = 11;

/// From here on, a third term of Stirling's series is not seen.
const LARGE: f64 = 1000.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// By mpmath with 60 digits.
    #[test]
    fn branches_meet() {
        for (a, c, expected) in TABLE {
            let found = beyond_deviance(*a, *c);
            let error = (found - expected).abs() / expected;
            assert!(error < 4e-13, "{a} {c}: {found:e} {expected:e} {error:e}");
        }
        assert_eq!(beyond_deviance(3.0, 3.0), 0.0);
    }

    const TABLE: &[(f64, f64, f64)] = &[
        (0.5, 0.505, 3.641986349693325e-05),
        (0.5, 0.52, 0.0005703806871995785),
        (0.5, 7.0, 6.796300130917843),
        (3.0, 3.0000001, 3.0800365939920527e-16),
        (3.0, 3.04, 4.8826624564691316e-05),
        (3.0, 3.5, 0.006906874842491281),
        (900.0, 900.001, 3.087560583580137e-13),
        (900.0, 5000.0, 1.4207244484571897),
        (5000.0, 900.0, 0.4474614733014891),
        (1000.0, 1000.001, 2.500831665549644e-13),
        (2000.0, 3000.0, 0.04727439039008576),
        (1000000.0, 1000001.0, 2.499999166667083e-13),
        (1000000000000.0, 3.0, 12.793882339316552),
        (1e-05, 2.0, 199966.2293176754),
        (999.0, 1010.0, 3.0099915623044155e-05),
    ];
}
