//! Density, logarithm of the distribution function and quantile of the standard normal distribution.

use gradus_numeric::{erf, normal_cdf};
use std::f64::consts::FRAC_1_SQRT_2;

/// $`\varphi(z) = e^{-z^2/2} / \sqrt{2\pi}`$.
pub(crate) fn pdf(z: f64) -> f64 {
    FRAC_1_SQRT_2PI * exp_minus_half_square(z.clamp(-BEYOND, BEYOND))
}

/// $`\ln \Phi(z)`$: by the upper tail where $`\Phi`$ is near 1, by the Mills ratio where it underflows.
pub(crate) fn ln_cdf(z: f64) -> f64 {
    if z > -1.0 {
        (-normal_cdf(-z)).ln_1p()
    } else if z > -37.0 {
        normal_cdf(z).ln()
    } else {
        mills_ratio(-z).ln() - 0.5 * z * z - LN_SQRT_2PI
    }
}

/// $`\Phi^{-1}(p)`$: an approximate start and two steps of Halley's iteration.
///
/// A step cubes the error of a start, so $`7 \cdot 10^{-3}`$ is good enough. Around the median the
/// equation is $`\tfrac12 \operatorname{erf}(z / \sqrt2) = p - \tfrac12`$, whose right-hand side is exact; in
/// the tails it is that of the smaller tail, for its logarithm where the tail underflows. So none
/// of them loses digits.
pub(crate) fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        f64::NAN
    } else if (p - 0.5).abs() <= 0.25 {
        central_quantile(p - 0.5)
    } else if p < 0.5 {
        lower_quantile(p)
    } else {
        -lower_quantile(1.0 - p)
    }
}

/// The root of $`\tfrac12 \operatorname{erf}(z / \sqrt2) = r`$ for $`|r| \le \tfrac14`$.
fn central_quantile(r: f64) -> f64 {
    let s = r / FRAC_1_SQRT_2PI;
    let start = s + s * s * s / 6.0;
    halley_twice(start, |z| (0.5 * erf(z * FRAC_1_SQRT_2) - r) / pdf(z))
}

/// The root of $`\Phi(z) = p`$ for $`p \le \tfrac14`$; $`-\infty`$ for 0.
///
/// The start is formula 26.2.23 of Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964),
/// with an error below $`4.5 \cdot 10^{-4}`$.
fn lower_quantile(p: f64) -> f64 {
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let t = (-2.0 * p.ln()).sqrt();
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328);
    let denominator = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    let start = numerator / denominator - t;
    if p < 1e-300 {
        halley_twice(start, |z| -mills_ratio(-z) * (p.ln() - ln_cdf(z)).exp_m1())
    } else {
        halley_twice(start, |z| (normal_cdf(z) - p) / pdf(z))
    }
}

/// Two steps of Halley's iteration for a function $`f`$ with the slope $`\varphi`$, hence $`f'' = -z f'`$.
///
/// `newton` is $`f / f'`$, the step that Newton's iteration would take.
fn halley_twice(start: f64, newton: impl Fn(f64) -> f64) -> f64 {
    let step = |z: f64| {
        let newton = newton(z);
        z - newton / (1.0 + 0.5 * z * newton)
    };
    step(step(start))
}

/// $`e^{-z^2/2}`$ with $`z = h + l`$, where $`h^2`$ is exact: rounding $`z^2`$ would cost $`z^2/2`$ ULP.
fn exp_minus_half_square(z: f64) -> f64 {
    let high = f64::from_bits(z.to_bits() & UPPER_HALF);
    (-0.5 * high * high).exp() * (-0.5 * (z - high) * (z + high)).exp()
}

/// The Mills ratio $`(1 - \Phi(a)) / \varphi(a)`$ for large `a`, by its continued fraction.
///
/// ```math
/// R(a) = \cfrac{1}{a + \cfrac{1}{a + \cfrac{2}{a + \cfrac{3}{a + \cdots}}}}
/// ```
///
/// J. F. Mills (1926); Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.2.14. Eight
/// levels are exact to the last digit from $`a = 37`$ on.
fn mills_ratio(a: f64) -> f64 {
    1.0 / (1..=8).rev().fold(a, |rest, k| a + f64::from(k) / rest)
}

/// $`\ln \sqrt{2\pi}`$.
pub(crate) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
/// $`1/\sqrt{2\pi}`$.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// From here on $`\varphi`$ is 0 in double precision.
const BEYOND: f64 = 39.0;
/// Sign, exponent and the upper 26 of 53 digits.
const UPPER_HALF: u64 = u64::MAX << 27;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_exact() {
        assert_eq!(quantile(0.5).to_bits(), 0);
        // √(2π) · 2⁻⁵³: the neighbor of ½ has a quantile with all its digits
        let next = quantile(0.5 + f64::EPSILON / 2.0);
        assert!((next * FRAC_1_SQRT_2PI / f64::EPSILON - 0.5).abs() <= f64::EPSILON);
    }

    #[test]
    fn percentage_points_of_any_table() {
        for (p, z) in [
            (0.025, -1.959_963_984_540_054),
            (0.001, -3.090_232_306_167_813_5),
            (0.75, 0.674_489_750_196_081_7),
        ] {
            assert!(
                (quantile(p) - z).abs() <= 2.0 * f64::EPSILON * z.abs(),
                "{p}"
            );
        }
    }

    #[test]
    fn ln_cdf_is_continuous_where_the_formula_changes() {
        for z in [-1.0_f64, -37.0] {
            let (below, above) = (ln_cdf(z), ln_cdf(z.next_up()));
            assert!(
                (below - above).abs() <= 8.0 * f64::EPSILON * below.abs(),
                "{z}"
            );
        }
    }
}
