//! Percentage points of the standard normal distribution, in basic operations only.

use std::iter::zip;

/// The number that a standard normal draw exceeds with probability `p`, $`0 < p \le \tfrac12`$.
pub(crate) fn upper_quantile(p: f64) -> f64 {
    let q = 0.5 - p;
    if q <= MIDDLE { middle(q) } else { tail(p) }
}

/// [`upper_quantile`] of every entry, with its bits.
///
/// Which entries lie in the tails is chance, and a branch that the processor guesses wrong takes longer than a quantile.
/// So all are first taken for entries of the middle, in vectors; those of the tails are gathered and computed again.
pub(crate) fn upper_quantiles(p: &[f64; BLOCK], x: &mut [f64; BLOCK]) {
    for (x, &p) in zip(x.iter_mut(), p) {
        *x = middle(0.5 - p);
    }
    let (mut places, mut tails) = ([0; BLOCK], 0);
    for (i, &p) in p.iter().enumerate() {
        places[tails] = i; // tails ≤ i; overwritten unless it is one
        tails += usize::from(0.5 - p > MIDDLE);
    }
    for &i in &places[..tails] {
        x[i] = tail(p[i]);
    }
}

/// The quantile for $`q = \tfrac12 - p \le 0.425`$.
#[inline]
fn middle(q: f64) -> f64 {
    let r = 0.180625 - q * q; // 0.425² − q²
    q * polynomial(&A, r) / polynomial(&B, r)
}

/// The quantile for smaller `p`.
#[inline]
fn tail(p: f64) -> f64 {
    let r = (-ln(p)).sqrt();
    if r <= 5.0 {
        polynomial(&C, r - 1.6) / polynomial(&D, r - 1.6)
    } else {
        polynomial(&E, r - 5.0) / polynomial(&F, r - 5.0)
    }
}

/// $`\sum_k c_k x^k`$ by Horner's rule.
#[inline]
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// The natural logarithm of a positive normal number, in basic operations only.
///
/// $`\ln x = k \ln 2 + \ln(1 + f)`$ with $`1 + f`$ between $`\sqrt{½}`$ and $`\sqrt 2`$, and
/// $`\ln(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2))`$ with $`s = f / (2 + f)`$: the algorithm and the
/// constants of fdlibm's `e_log.c` (Sun Microsystems, 1993), error below 1 ULP.
fn ln(x: f64) -> f64 {
    let (k, f) = split(x);
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let remainder = z * LG.iter().rev().fold(0.0, |sum, c| sum * z + c);
    k * LN_2_HIGH - ((half_square - (s * (half_square + remainder) + k * LN_2_LOW)) - f)
}

/// `x` = 2ᵏ (1 + f) with √½ ≤ 1 + f < √2, as (k, f).
fn split(x: f64) -> (f64, f64) {
    const ONE: u64 = 1.0_f64.to_bits();
    let bits = x.to_bits();
    let mantissa = f64::from_bits((bits & (u64::MAX >> 12)) | ONE);
    let exponent = (bits >> 52) as f64 - 1023.0;
    if mantissa < std::f64::consts::SQRT_2 {
        (exponent, mantissa - 1.0)
    } else {
        (exponent + 1.0, mantissa / 2.0 - 1.0)
    }
}

/// How many quantiles are computed together: they stay in the nearest cache.
pub(crate) const BLOCK: usize = 64;

/// Up to this distance from ½ there is one rational approximation.
const MIDDLE: f64 = 0.425;

// Wichura 1988, PPND16: |q| ≤ 0.425 (A, B), r ≤ 5 (C, D), r > 5 (E, F); lowest power first.
const A: [f64; 8] = [
    3.3871328727963666080,
    1.3314166789178437745e+2,
    1.9715909503065514427e+3,
    1.3731693765509461125e+4,
    4.5921953931549871457e+4,
    6.7265770927008700853e+4,
    3.3430575583588128105e+4,
    2.5090809287301226727e+3,
];
const B: [f64; 8] = [
    1.0,
    4.2313330701600911252e+1,
    6.8718700749205790830e+2,
    5.3941960214247511077e+3,
    2.1213794301586595867e+4,
    3.9307895800092710610e+4,
    2.8729085735721942674e+4,
    5.2264952788528545610e+3,
];
const C: [f64; 8] = [
    1.42343711074968357734,
    4.63033784615654529590,
    5.76949722146069140550,
    3.64784832476320460504,
    1.27045825245236838258,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
];
const D: [f64; 8] = [
    1.0,
    2.05319162663775882187,
    1.67638483018380384940,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
];
const E: [f64; 8] = [
    6.65790464350110377720,
    5.46378491116411436990,
    1.78482653991729133580,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
];
const F: [f64; 8] = [
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
];

// fdlibm e_log.c: ln 2 in two parts, and the even polynomial R.
const LN_2_HIGH: f64 = 6.93147180369123816490e-01;
const LN_2_LOW: f64 = 1.90821492927058770002e-10;
const LG: [f64; 7] = [
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_percentage_points() {
        assert_eq!(upper_quantile(0.5), 0.0);
        // Φ(1.959963984540054) = 0.975 and Φ(3.090232306167813) = 0.999 (any table).
        assert!((upper_quantile(0.025) - 1.959963984540054).abs() < 4e-16);
        assert!((upper_quantile(0.001) - 3.090232306167813).abs() < 9e-16);
    }

    #[test]
    fn the_logarithm_is_that_of_the_standard_library() {
        for i in -650..=0 {
            let x = 2.0_f64.powf(f64::from(i) / 10.0);
            assert!((ln(x) - x.ln()).abs() <= f64::EPSILON * x.ln().abs(), "{x}");
        }
    }
}
