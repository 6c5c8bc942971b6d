//! Moments of the Weibull distribution.

use gradus_numeric::{gamma, ln_gamma};

/// Variance in units of λ², skewness and excess kurtosis for $`h = 1 / k`$.
///
/// $`\operatorname{E} X^n = \lambda^n \, \Gamma(1 + n h)`$. For a small $`h`$ all powers are near 1 and their differences cancel, for a
/// large one they overflow.
pub(super) fn central(h: f64) -> [f64; 3] {
    if h < STEEP { steep(h) } else { flat(h) }
}

/// By the moments of $`Z = ((X / \lambda) - 1) / h`$, which are of the size of 1: with $`\Gamma(1 + x) = \sum_j c_j x^j`$,
///
/// ```math
/// \operatorname{E} Z^n = h^{-n} \sum_{i = 0}^n (-1)^{n - i} \binom ni \Gamma(1 + i h) = \sum_{j \ge n} c_j h^{j - n} \, \Delta^n 0^j
/// ```
fn steep(h: f64) -> [f64; 3] {
    let [a, b, c, d] = [1, 2, 3, 4].map(|n| {
        let terms = GAMMA.iter().enumerate().skip(n - 1).rev();
        terms.fold(0.0, |sum, (i, c)| sum * h + c * difference(n, i + 1))
    });
    let variance = b - a * a;
    let third = c - 3.0 * a * b + 2.0 * a * a * a;
    let fourth = d - 4.0 * a * c + 6.0 * a * a * b - 3.0 * a * a * a * a;
    [
        h * h * variance,
        third / variance.powf(1.5),
        fourth / (variance * variance) - 3.0,
    ]
}

/// $`\Delta^n 0^j = \sum_i (-1)^{n - i} \binom ni i^j`$.
fn difference(n: usize, j: usize) -> f64 {
    let terms = (1_u8..).zip(SIGNED_BINOMIALS[n - 1]);
    terms
        .map(|(i, c)| (0..j).fold(c, |product, _| product * f64::from(i)))
        .sum()
}

/// By $`r_n = \operatorname{E} X^n / (\operatorname{E} X)^n`$ less 1, in units of the largest where that could overflow.
fn flat(h: f64) -> [f64; 3] {
    let ln_mean = ln_gamma(1.0 + h);
    if h > FLATTEST {
        return [f64::INFINITY; 3]; // and not ∞ − ∞
    }
    let [r2, r3, r4] = [2.0, 3.0, 4.0].map(|n: f64| ln_gamma(1.0 + n * h) - n * ln_mean);
    if h < 1.0 {
        let [e2, e3, e4] = [r2, r3, r4].map(f64::exp_m1);
        return [
            (2.0 * ln_mean).exp() * e2,
            (e3 - 3.0 * e2) / e2.powf(1.5),
            (e4 - 4.0 * e3 + 6.0 * e2) / (e2 * e2) - 3.0,
        ];
    }
    let rest = -(-r2).exp_m1(); // 1 − 1 / r₂
    let third = 1.0 - 3.0 * (r2 - r3).exp() + 2.0 * (-r3).exp();
    let fourth = 1.0 - 4.0 * (r3 - r4).exp() + 6.0 * (r2 - r4).exp() - 3.0 * (-r4).exp();
    [
        gamma(1.0 + 2.0 * h) * rest,
        (r3 - 1.5 * r2).exp() * third / rest.powf(1.5),
        (r4 - 2.0 * r2).exp() * fourth / (rest * rest) - 3.0,
    ]
}

/// Below, 40 terms of the series are enough for all digits; above, cancellation costs the kurtosis $`12 \varepsilon / h^3`$.
const STEEP: f64 = 0.09;

/// From some hundreds on the skewness is larger than any number.
const FLATTEST: f64 = 1e6;

/// $`(-1)^{n - i} \binom ni`$ for $`i = 1, \dots, n`$, a row for each n.
const SIGNED_BINOMIALS: [[f64; 4]; 4] = [
    [1.0, 0.0, 0.0, 0.0],
    [-2.0, 1.0, 0.0, 0.0],
    [3.0, -3.0, 1.0, 0.0],
    [-4.0, 6.0, -4.0, 1.0],
];

/// Coefficients $`c_1, c_2, \dots`$ of $`\Gamma(1 + x)`$: mpmath, `taylor(gamma, 1, 40)` at 80 digits.
const GAMMA: [f64; 40] = [
    -0.5772156649015329,
    0.9890559953279725,
    -0.9074790760808863,
    0.9817280868344002,
    -0.9819950689031453,
    0.9931491146212762,
    -0.9960017604424315,
    0.998105693783129,
    -0.9990252676219549,
    0.9995156560727775,
    -0.9997565975086012,
    0.9998782713151333,
    -0.9999390642064443,
    0.9999695177634821,
    -0.999984752699377,
    0.9999923744790732,
    -0.9999961865894733,
    0.9999980930811309,
    -0.9999990464689111,
    0.9999995232106057,
    -0.9999997615973444,
    0.9999998807960192,
    -0.999999940397125,
    0.9999999701982676,
    -0.9999999850990354,
    0.999999992549485,
    -0.9999999962747316,
    0.9999999981373622,
    -0.9999999990686799,
    0.9999999995343395,
    -0.9999999997671696,
    0.9999999998835848,
    -0.9999999999417923,
    0.9999999999708962,
    -0.9999999999854481,
    0.999999999992724,
    -0.999999999996362,
    0.999999999998181,
    -0.9999999999990905,
    0.9999999999995453,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_one() {
        let [variance, skewness, excess] = central(1.0);
        assert!((variance - 1.0).abs() < 1e-14 && (skewness - 2.0).abs() < 1e-14);
        assert!((excess - 6.0).abs() < 1e-13);
    }

    #[test]
    fn both_forms_meet() {
        let (below, above) = (steep(STEEP), flat(STEEP));
        for ((a, b), tolerance) in below.iter().zip(above).zip([1e-13, 1e-12, 1e-11]) {
            assert!((a / b - 1.0).abs() < tolerance, "{a} {b}");
        }
    }

    #[test]
    fn a_steep_one_is_a_reflected_gumbel() {
        let [variance, skewness, excess] = central(1e-14);
        assert!((variance / 1.644_934_066_848_226_4e-28 - 1.0).abs() < 1e-11); // π² / 6
        assert!((skewness + 1.139_547_099_404_648_7).abs() < 1e-11); // 12 √6 ζ(3) / π³
        assert!((excess - 2.4).abs() < 1e-11);
    }
}
