//! The divergence of fractional orders: the integral of a positive function.

use crate::error::PrivacyError;
use gradus_numeric::{LogSumExp, logaddexp, softplus};
use std::f64::consts::PI;

/// $`\rho`$ for $`0 < q < 1`$, positive noise and any order above 1.
///
/// With the quotient of the densities $`r = e^{(2z-1)/2\sigma^2}`$, whose mean is 1, and $`1 + w = 1 - q + q r`$,
///
/// ```math
/// \mathbb{E}[(1 + w)^\alpha] - 1 = \mathbb{E}\bigl[(1 + w)^\alpha - 1 - \alpha w\bigr]
/// ```
///
/// and what stands there is never negative. Nothing cancels, and the trapezoidal rule errs by about $`e^{-2\pi d/h}`$, where $`h`$ is its step
/// and $`d = \pi\sigma^2`$ the distance of the nearest singularity of the integrand from the real line.
pub(crate) fn fractional_order(q: f64, noise: f64, order: f64) -> Result<f64, PrivacyError> {
    let variance = noise * noise;
    let step = (noise / 2.0).min(variance / 3.0);
    // The integrand has humps near 0, near α, or between, of the width of the noise.
    let (from, to) = (-REACH * noise, order + REACH * noise);
    let points = (to - from) / step;
    if points.is_nan() || points > MOST {
        return Err(PrivacyError::TooFine { order, noise });
    }
    let mut sum = LogSumExp::default();
    let mut k = 0.0;
    while k <= points {
        let z = from + k * step;
        let ln_ratio = (z - 0.5) / variance;
        sum.push(ln_excess(ln_mixture(q, ln_ratio), order - 1.0) - z * z / (2.0 * variance));
        k += 1.0;
    }
    let ln_integral = sum.value() + step.ln() - noise.ln() - (2.0 * PI).ln() / 2.0;
    Ok(softplus(ln_integral) / (order - 1.0)) // ln(1 + e^x)
}

/// $`\ln(1 - q + q e^t)`$
pub(crate) fn ln_mixture(q: f64, t: f64) -> f64 {
    if t.abs() < 1.0 {
        (q * t.exp_m1()).ln_1p()
    } else {
        logaddexp((-q).ln_1p(), q.ln() + t)
    }
}

/// $`\ln\bigl((1 + w)^{1 + \beta} - 1 - (1 + \beta) w\bigr)`$ from $`l = \ln(1 + w)`$.
///
/// That is $`e^l \bigl((e^{\beta l} - 1) + \beta (e^{-l} - 1)\bigr)`$: for small $`l`$ the linear terms cancel, and the series
/// $`\sum_{k \ge 2} (\beta^k + (-1)^k \beta)\, l^k / k!`$ begins after them.
fn ln_excess(l: f64, beta: f64) -> f64 {
    let excess = if (l * beta.max(1.0)).abs() < 0.5 {
        series(l, beta)
    } else if beta * l < 700.0 {
        (beta * l).exp_m1() + beta * (-l).exp_m1()
    } else {
        return (1.0 + beta) * l; // the rest is below e⁻⁶⁰⁰ of it
    };
    l + excess.ln()
}

fn series(l: f64, beta: f64) -> f64 {
    let (mut with, mut without, mut sum) = (beta * l, -beta * l, 0.0);
    for k in 2..=TERMS {
        let k = f64::from(k);
        with *= beta * l / k;
        without *= -l / k;
        sum += with + without;
    }
    sum
}

/// In standard deviations; beyond them the integrand is below e⁻¹⁰⁰ of its height.
const REACH: f64 = 15.0;
/// As many points as are counted in an instant.
const MOST: f64 = 1048576.0;
/// 0.5²⁰ / 20! is below the rounding of the first term by a factor of 10⁸.
const TERMS: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_excess_by_hand() {
        // 1 + w = 2, α = 3: 8 − 1 − 3 = 4; 1 + w = 1/2, α = 2: w² = 1/4.
        assert!((ln_excess(2.0_f64.ln(), 2.0).exp() - 4.0).abs() < 1e-14);
        assert!((ln_excess(0.5_f64.ln(), 1.0).exp() - 0.25).abs() < 1e-15);
        // Near 0: α (α − 1) w² / 2.
        assert!((ln_excess(1e-9, 2.0).exp() / 3e-18 - 1.0).abs() < 1e-8);
        assert_eq!(ln_excess(0.0, 2.0), f64::NEG_INFINITY);
    }
}
