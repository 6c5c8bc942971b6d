//! Stirling's formula and what its users need to keep their digits.

use super::polynomial::{Polynomial, four_sums, nearest_whole};

/// The correction of Stirling's formula, for $`x \ge 10`$.
///
/// ```math
/// \delta(x) = \ln \Gamma(x) - (x - \tfrac12) \ln x + x - \ln \sqrt{2\pi}
///           \sim \frac{1}{12 x} - \frac{1}{360 x^3} + \frac{1}{1260 x^5} - \cdots
/// ```
///
/// NIST *Digital Library of Mathematical Functions*, 5.11.1; ten terms leave less than $`10^{-19}`$ at 10.
pub(super) fn correction(x: f64) -> f64 {
    let z = 1.0 / (x * x);
    CORRECTION.iter().rev().fold(0.0, |sum, &c| sum * z + c) / x
}

/// $`\ln \Gamma(a + b) - \ln \Gamma(a)`$ for $`a > 0`$, $`b \ge 0`$, relatively exact for small `b`.
///
/// For $`a \ge 10`$, [`ln_gamma_step_minus`] and $`b \ln(a + b)`$; below from $`\Gamma(x + 1) = x \Gamma(x)`$.
pub(super) fn ln_gamma_step(a: f64, b: f64) -> f64 {
    let (mut a, mut shift) = (a, 0.0);
    while a < 10.0 {
        shift += ln_sum_over(a, b);
        a += 1.0;
    }
    b * (a + b).ln() + ln_gamma_step_minus(a, b) - shift
}

/// $`\ln \Gamma(c) - \ln \Gamma(a) - b \ln c`$ with $`c = a + b`$, for $`a \ge 10`$, $`b \ge 0`$, without the cancellation.
///
/// ```math
/// a \left( \ln(1 + \tfrac ba) - \tfrac ba \right) - \tfrac12 \ln(1 + \tfrac ba) + \delta(c) - \delta(a)
/// ```
pub(super) fn ln_gamma_step_minus(a: f64, b: f64) -> f64 {
    let t = b / a;
    let corrections = if t < 0.5 {
        correction_step(a, t)
    } else {
        correction(a + b) - correction(a)
    };
    a * ln_1p_minus(t) - 0.5 * t.ln_1p() + corrections
}

/// $`\ln((a + b) / a)`$, also where the quotient overflows.
fn ln_sum_over(a: f64, b: f64) -> f64 {
    let quotient = b / a;
    if quotient.is_finite() {
        quotient.ln_1p()
    } else {
        (a + b).ln() - a.ln()
    }
}

/// $`\delta(a (1 + t)) - \delta(a)`$, each power by `exp_m1`.
fn correction_step(a: f64, t: f64) -> f64 {
    let (ln, mut power, mut exponent) = (t.ln_1p(), 1.0 / a, -1.0);
    let mut sum = 0.0;
    for c in CORRECTION {
        sum += c * power * (exponent * ln).exp_m1();
        power /= a * a;
        exponent -= 2.0;
        if power * a < 1e-20 {
            break; // the rest is not seen beside the first term
        }
    }
    sum
}

/// $`\ln(1 + x) - x`$ without the cancellation around 0, for $`x > -1`$.
///
/// With $`r = x / (2 + x)`$, $`\ln(1 + x) = 2 (r + r^3/3 + r^5/5 + \cdots)`$ and $`2r - x = -r x`$.
pub(super) fn ln_1p_minus(x: f64) -> f64 {
    if !(-0.6..=1.5).contains(&x) {
        return x.ln_1p() - x;
    }
    let r = x / (2.0 + x);
    let square = r * r; // at most 0.19
    let rows = if square < 1e-3 {
        2
    } else if square < 0.03 {
        3
    } else {
        ODD_RECIPROCALS.len()
    };
    let fourth = square * square;
    let [a, b, c, d] = four_sums(&ODD_RECIPROCALS[..rows], fourth * fourth);
    let sum = (a + b * square) + (c + d * square) * fourth;
    r * (2.0 * square * sum - x)
}

/// $`\ln(x / m)`$ with the difference $`x - m`$ given, which keeps its digits where they are near each other.
pub(super) fn ln_ratio(x: f64, m: f64, difference: f64) -> f64 {
    let ratio = x / m;
    if difference.abs() <= 0.5 * m {
        (difference / m).ln_1p()
    } else if ratio.is_normal() {
        ratio.ln()
    } else {
        x.ln() - m.ln()
    }
}

/// $`w e^x`$, also where the exponential alone underflows or overflows.
pub(super) fn times_exp(w: f64, x: f64) -> f64 {
    let whole = x.exp();
    if whole.is_normal() {
        w * whole
    } else {
        let half = (0.5 * x).exp();
        w * half * half
    }
}

/// $`e^x - 1 - x`$ without the cancellation around 0.
pub(super) fn exp_m1_minus(x: f64) -> f64 {
    if x.abs() > 1.0 {
        return x.exp_m1() - x;
    }
    let (mut sum, mut term, mut n) = (0.0, 0.5_f64, 2.0);
    while term.abs() > 1e-19 {
        sum += term;
        n += 1.0;
        term *= x / n;
    }
    x * x * sum
}

/// $`\ln \Gamma(1 + x)`$ for $`0 \le x \le 1`$, relatively exact at both roots.
pub(super) fn ln_gamma_1p(x: f64) -> f64 {
    x * (x - 1.0) * chebyshev(&LN_GAMMA_1P, x)
}

/// $`1 / \Gamma(x)`$ for $`0 < x \le 20`$; near 0 it is $`x`$, where $`\Gamma`$ may overflow.
pub(super) fn reciprocal_gamma(x: f64) -> f64 {
    x * reciprocal_gamma_1p(x)
}

/// $`1 / \Gamma(1 + x)`$ for $`0 \le x \le 20`$.
///
/// With the nearest whole number $`n`$, $`\Gamma(1 + x) = \Gamma(1 + x - n) \, (1 + x - n) \cdots x`$.
pub(super) fn reciprocal_gamma_1p(x: f64) -> f64 {
    let (whole, rest) = nearest_whole(x);
    let (mut product, mut factor) = (1.0, x); // from x down no factor is rounded
    for _ in 0..whole.min(20) {
        product *= factor;
        factor -= 1.0;
    }
    RECIPROCAL_GAMMA_1P.at(rest) / product
}

/// $`\sum_k c_k T_k(2x - 1)`$ by Clenshaw's recurrence.
pub(super) fn chebyshev(coefficients: &[f64], x: f64) -> f64 {
    let s = 4.0 * x - 2.0;
    let (mut b, mut c) = (0.0, 0.0);
    for &k in coefficients.iter().skip(1).rev() {
        (b, c) = (s * b - c + k, b);
    }
    0.5 * s * b - c + coefficients.first().copied().unwrap_or(0.0)
}

/// $`1/3, 1/5, \dots`$
const ODD_RECIPROCALS: [[f64; 4]; 6] = [
    [1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0],
    [1.0 / 11.0, 1.0 / 13.0, 1.0 / 15.0, 1.0 / 17.0],
    [1.0 / 19.0, 1.0 / 21.0, 1.0 / 23.0, 1.0 / 25.0],
    [1.0 / 27.0, 1.0 / 29.0, 1.0 / 31.0, 1.0 / 33.0],
    [1.0 / 35.0, 1.0 / 37.0, 1.0 / 39.0, 1.0 / 41.0],
    [1.0 / 43.0, 1.0 / 45.0, 1.0 / 47.0, 1.0 / 49.0],
];

/// $`B_{2k} / (2k (2k - 1))`$, $`k = 1, 2, \dots`$
pub(super) const CORRECTION: [f64; 10] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360360.0,
    1.0 / 156.0,
    -3617.0 / 122400.0,
    43867.0 / 244188.0,
    -174611.0 / 125400.0,
];

/// $`1 / \Gamma(1 + x)`$ on $`\pm\tfrac12`$; mpmath at 50 digits: the interpolation at 30 Chebyshev points, its first 18 terms, which lack less than
/// $`10^{-20}`$.
const RECIPROCAL_GAMMA_1P: Polynomial = Polynomial {
    center: (1.0, 2.9085308903724447e-21),
    slope: 0.5772156649015329,
    rest: [
        [
            -0.6558780715202539,
            -0.04200263503409524,
            0.1665386113822917,
            -0.0421977345555443,
        ],
        [
            -0.009621971527885248,
            0.0072189432466618466,
            -0.0011651675916886724,
            -0.00021524167409327547,
        ],
        [
            0.00012805028041592195,
            -2.0134855000871935e-05,
            -1.2504800624403555e-06,
            1.1330285806868445e-06,
        ],
        [
            -2.05687146034311e-07,
            6.111197211501756e-09,
            5.116641886769883e-09,
            -1.1716170779779067e-09,
        ],
    ],
};

/// Chebyshev coefficients of $`\ln \Gamma(1 + x) / (x (x - 1))`$ on $`[0, 1]`$; mpmath at 60 digits, by the cosine
/// sum over 64 points.
const LN_GAMMA_1P: [f64; 22] = [
    0.49141539302938714,
    -0.07611416167043585,
    0.008432324965932778,
    -0.001079493726328608,
    0.00014900748003692963,
    -2.1512399888556784e-05,
    3.1979329860862186e-06,
    -4.851693012139927e-07,
    7.47148782116316e-08,
    -1.1638296700170518e-08,
    1.829400437118668e-09,
    -2.8969180607129607e-10,
    4.61570140620909e-11,
    -7.392810230497983e-12,
    1.1894280008333085e-12,
    -1.9212068676522805e-13,
    3.113975526387164e-14,
    -5.0628432984486114e-15,
    8.254150281631144e-16,
    -1.3490578987574844e-16,
    2.209876116782623e-17,
    -3.6274129549239766e-18,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 4.0 * f64::EPSILON * b.abs()
    }

    #[test]
    fn correction_of_ten() {
        let ln_9_factorial = 362_880.0_f64.ln();
        let stirling = 9.5 * 10.0_f64.ln() - 10.0 + 0.918_938_533_204_672_8;
        assert!((stirling + correction(10.0) - ln_9_factorial).abs() < 1e-14);
    }

    #[test]
    fn differences_near_zero() {
        // Two terms of the series are exact to the last digit here.
        let x = 1e-8;
        assert!(close(ln_1p_minus(x), -x * x / 2.0 * (1.0 - x / 1.5)));
        assert!(close(exp_m1_minus(x), x * x / 2.0 * (1.0 + x / 3.0)));
        assert!(close(ln_1p_minus(1.0), 2.0_f64.ln() - 1.0));
        assert!(close(exp_m1_minus(1.0), 1.0_f64.exp() - 2.0));
        assert!(ln_1p_minus(f64::NAN).is_nan() && exp_m1_minus(f64::NAN).is_nan());
    }

    #[test]
    fn steps_of_ln_gamma() {
        assert!(close(ln_gamma_step(3.0, 2.0), 12.0_f64.ln())); // 4! / 2!
        assert!(close(ln_gamma_step(20.0, 1.0), 20.0_f64.ln()));
        // ψ(1) = −γ
        assert!((ln_gamma_step(1.0, 1e-12) / 1e-12 + 0.577_215_664_901_532_9).abs() < 1e-11);
    }

    #[test]
    fn reciprocals_of_factorials() {
        let mut factorial = 1.0;
        for n in 1..=18 {
            factorial *= f64::from(n); // exact
            assert_eq!(reciprocal_gamma_1p(f64::from(n)), 1.0 / factorial);
        }
    }

    #[test]
    fn ln_gamma_near_its_roots() {
        assert_eq!([0.0, 1.0].map(ln_gamma_1p), [0.0, 0.0]);
        assert!(close(
            ln_gamma_1p(0.5),
            (std::f64::consts::PI.sqrt() / 2.0).ln()
        ));
        assert!(close(ln_gamma_1p(1e-300), -0.577_215_664_901_532_9e-300));
        assert!(
            close(reciprocal_gamma(1e-310), 1e-310)
                && close(reciprocal_gamma(0.5), 1.0 / std::f64::consts::PI.sqrt())
        );
    }
}
