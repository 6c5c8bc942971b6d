//! Sums over counts far apart, as integrals.

use crate::families::gauss_legendre::gauss_legendre;

/// $`\sum_{k \ge m} f(k) - \int_{m - 1/2}^\infty f(x) \, dx`$ for an f that is smooth from $`m - 4`$ on.
///
/// With central differences $`\delta`$ at $`m - \tfrac12`$ the sum is $`-1 / \delta`$ and the integral $`-1 / D`$, $`D = 2 \operatorname{artsinh}(\delta / 2)`$:
///
/// ```math
/// \Bigl( \frac1D - \frac1\delta \Bigr) f = \frac{\delta f}{24} - \frac{17 \, \delta^3 f}{5760} + \frac{367 \, \delta^5 f}{967680} - \frac{27859 \, \delta^7 f}{464486400} + \dots
/// ```
///
/// (Gauss's formula of summation). A power of x has $`\delta^9 f \approx f / m^9`$, which from $`m = 128`$ on is below every last digit.
pub(super) fn end_correction(m: u64, f: impl Fn(u64) -> f64) -> f64 {
    let pairs = [0, 1, 2, 3].map(|i| (f(m + i), f(m - 1 - i)));
    let difference = |coefficients: &[f64]| -> f64 {
        let terms = coefficients.iter().zip(pairs);
        terms.map(|(c, (above, below))| c * (above - below)).sum()
    };
    difference(&[1.0]) / 24.0 - difference(&[-3.0, 1.0]) * (17.0 / 5760.0)
        + difference(&[10.0, -5.0, 1.0]) * (367.0 / 967_680.0)
        - difference(&[-35.0, 21.0, -7.0, 1.0]) * (27_859.0 / 464_486_400.0)
}

/// $`\int f(u) \, du`$ over the logarithm of a count, in which the laws with a power at their end are smooth: in pieces of at most ¼, over each of which a
/// bell of the shape 100 has not three standard deviations.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "logarithms of numbers: some thousand pieces"
)]
pub(super) fn integral_of_logarithm(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let pieces = ((to - from) * 4.0).ceil().max(1.0) as u32;
    let piece = (to - from) / f64::from(pieces);
    let start = |i: u32| from + piece * f64::from(i);
    (0..pieces)
        .map(|i| gauss_legendre(start(i), start(i + 1), &f))
        .sum()
}

/// Counts below are summed one by one; there the formula of the sum ends.
pub(super) const FIRST_SMOOTH: u64 = 128;

/// Up to this shape laws are smooth in the logarithm of the count; beyond, they are bells.
pub(super) const LARGEST_SHAPE: f64 = 100.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// $`\sum_{k \ge 128} k^{-2} = \psi'(128)`$.
    #[test]
    fn the_sum_of_a_power() {
        let f = |k: u64| (k as f64).powi(-2);
        let integral = integral_of_logarithm(127.5_f64.ln(), 800.0, |u| (-u).exp());
        let sum = integral + end_correction(128, f);
        assert!(
            (sum / gradus_numeric::trigamma(128.0) - 1.0).abs() < 1e-14,
            "{sum}"
        );
    }
}
