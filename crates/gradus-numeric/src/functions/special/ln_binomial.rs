//! Logarithms of counts: factorials and binomial coefficients.

use super::gamma::ln_gamma;
use super::ln_beta::ln_beta;

/// The logarithm of the number of ways to arrange n things.
///
/// ```math
/// \ln n! = \sum_{k=1}^n \ln k = \ln \Gamma(n + 1)
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ln n! = \ln (n - 1)! + \ln n`$ | `ln_factorial_adds_a_logarithm` |
///
/// # Numerics
///
/// A table up to 34!, to the last digit; beyond [`ln_gamma`](crate::ln_gamma). Within 3 ULP
/// ([measured](crate#accuracy)).
///
/// # Examples
///
/// ```
/// use gradus_numeric::ln_factorial;
///
/// assert_eq!(ln_factorial(0), 0.0);
/// assert_eq!(ln_factorial(5), 120.0_f64.ln());
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §5.4, <https://dlmf.nist.gov/5.4>.
#[must_use]
pub fn ln_factorial(n: u64) -> f64 {
    let table = usize::try_from(n).ok().and_then(|n| LN_FACTORIALS.get(n));
    table.copied().unwrap_or_else(|| ln_gamma(n as f64 + 1.0))
}

/// The logarithm of the number of ways to choose k of n things.
///
/// ```math
/// \ln \binom nk = \ln \frac{n!}{k! \, (n - k)!} = -\ln(n + 1) - \ln \mathrm{B}(n - k + 1, k + 1)
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\binom nk = \binom{n}{n - k}`$, to the bit | `ln_binomial_is_symmetric` |
/// | $`\binom{n+1}{k+1} = \binom nk + \binom n{k+1}`$ (Pascal) | `binomials_sum_as_in_pascals_triangle` |
///
/// # Numerics
///
/// As long as the coefficient fits into 128 bits it is computed as an integer and rounded once before the
/// logarithm: within 1 ULP. Beyond, by [`ln_beta`](crate::ln_beta), with a relative error below $`10^{-14}`$
/// for `n` of any size. $`-\infty`$ for $`k > n`$: there is no way.
///
/// # Examples
///
/// ```
/// use gradus_numeric::ln_binomial;
///
/// assert_eq!(ln_binomial(5, 2), 10.0_f64.ln());
/// assert_eq!(ln_binomial(5, 6), f64::NEG_INFINITY);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §1.2(i) and 26.3, <https://dlmf.nist.gov/26.3>.
#[must_use]
pub fn ln_binomial(n: u64, k: u64) -> f64 {
    if k > n {
        return f64::NEG_INFINITY;
    }
    let k = k.min(n - k);
    match binomial(n, k) {
        Some(exact) => (exact as f64).ln(),
        None => -(n as f64).ln_1p() - ln_beta((n - k) as f64 + 1.0, k as f64 + 1.0),
    }
}

/// The coefficient itself unless it overflows; at most 127 steps, since $`\binom nk \ge 2^k`$ for $`2k \le n`$.
fn binomial(n: u64, k: u64) -> Option<u128> {
    let (n, k) = (u128::from(n), u128::from(k));
    let mut product = 1_u128;
    for j in 1..=k {
        product = product.checked_mul(n - k + j)? / j; // C(n − k + j, j), a whole number
    }
    Some(product)
}

/// $`\ln 0!, \dots, \ln 34!`$, to the nearest double; mpmath at 40 digits.
const LN_FACTORIALS: [f64; 35] = [
    0.0,
    0.0,
    std::f64::consts::LN_2,
    1.791759469228055,
    3.1780538303479458,
    4.787491742782046,
    6.579251212010101,
    8.525161361065415,
    10.60460290274525,
    12.801827480081469,
    15.104412573075516,
    17.502307845873887,
    19.987214495661885,
    22.552163853123425,
    25.19122118273868,
    27.89927138384089,
    30.671860106080672,
    33.50507345013689,
    36.39544520803305,
    39.339884187199495,
    42.335616460753485,
    45.38013889847691,
    48.47118135183523,
    51.60667556776438,
    54.78472939811232,
    58.00360522298052,
    61.261701761002,
    64.55753862700634,
    67.88974313718154,
    71.25703896716801,
    74.65823634883016,
    78.0922235533153,
    81.55795945611504,
    85.05446701758152,
    88.58082754219768,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factorials() {
        assert_eq!(
            [0, 1, 2].map(ln_factorial),
            [0.0, 0.0, std::f64::consts::LN_2]
        );
        assert_eq!(ln_factorial(10), 3_628_800.0_f64.ln());
        for n in [34_u64, 35, 170] {
            let sum: f64 = (1..=n).map(|k| (k as f64).ln()).sum();
            assert!((ln_factorial(n) / sum - 1.0).abs() < 1e-14, "{n}");
        }
        assert!(ln_factorial(u64::MAX).is_finite());
    }

    #[test]
    fn rows_of_pascals_triangle() {
        assert_eq!(
            [0, 1, 2, 3, 4].map(|k| ln_binomial(4, k)),
            [1.0, 4.0, 6.0, 4.0, 1.0].map(f64::ln)
        );
        assert_eq!(ln_binomial(0, 0), 0.0);
        assert_eq!(ln_binomial(0, 1), f64::NEG_INFINITY);
    }

    #[test]
    fn large_counts() {
        assert_eq!(ln_binomial(u64::MAX, 1), (u64::MAX as f64).ln());
        assert_eq!(ln_binomial(u64::MAX, u64::MAX), 0.0);
        // mpmath, 50 digits
        assert!((ln_binomial(1_000_000, 500_000) / 693_140.047_013_063_7 - 1.0).abs() < 1e-15);
    }
}
