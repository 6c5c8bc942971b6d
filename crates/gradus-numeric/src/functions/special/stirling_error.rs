//! What Stirling's formula lacks.

use super::polygamma::digamma;
use super::stirling::{CORRECTION, correction};
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// What Stirling's formula lacks to the logarithm of the gamma function.
///
/// ```math
/// \delta(x) = \ln \Gamma(x) - (x - \tfrac12) \ln x + x - \ln \sqrt{2\pi}, \qquad
/// \delta'(x) = \psi(x) - \ln x + \frac{1}{2x}
/// ```
///
/// So $`n! = \sqrt{2 \pi n} \, (n / e)^n e^{\delta(n)}`$, and a density with gamma functions becomes one with small corrections.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\tfrac1{12x + 1} < \delta(x) < \tfrac1{12x}`$ for $`x \ge 1`$ (Robbins) | `stirling_errors_are_within_the_bounds_of_robbins` |
/// | $`\delta(x) - \delta(x + 1) = (x + \tfrac12) \ln(1 + \tfrac1x) - 1`$ | `stirling_errors_step_down` |
///
/// # Numerics
///
/// From 10 on the asymptotic series, below by the second law. $`+\infty`$ at 0, 0 at $`\infty`$, NaN below 0. Near 0 it is
/// $`-\tfrac12 \ln(2 \pi x)`$, which is finite down to the smallest positive number.
///
/// # Examples
///
/// ```
/// use gradus_numeric::stirling_error;
///
/// assert!((stirling_error(1.0_f64) - (1.0 - (2.0 * std::f64::consts::PI).sqrt().ln())).abs() < 1e-16);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, 5.11.1, <https://dlmf.nist.gov/5.11>; C. Loader, *Fast and accurate
/// computation of binomial probabilities* (2000), §3.
#[doc(alias = "stirlerr")]
#[inline]
pub fn stirling_error<R: Real>(x: R) -> R {
    x.apply(StirlingError)
}

/// The row of [`stirling_error`](crate::stirling_error).
#[derive(Clone, Copy, Debug)]
pub struct StirlingError;
impl Unary for StirlingError {
    fn value(self, x: f64) -> f64 {
        if x.is_nan() || x < 0.0 {
            f64::NAN
        } else if x == 0.0 {
            f64::INFINITY
        } else if x >= LARGE {
            correction(x)
        } else if let Some(&table) = of_halves(x) {
            table
        } else {
            let (mut x, mut steps) = (x, 0.0);
            while x < LARGE {
                steps += step(x);
                x += 1.0;
            }
            correction(x) + steps
        }
    }
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        let one = R::from_f64(1.0);
        if x.to_f64() < 1.0 {
            // with ψ(x + 1) = ψ(x) + 1/x: two poles, and those of their slopes, would be subtracted
            return digamma(x + one) - x.ln() - one / (x + x);
        }
        if x.to_f64() < LARGE {
            return digamma(x) - x.ln() + one / (x + x);
        }
        let inverse = one / x; // the square of x, and its slope, may overflow
        let square = inverse * inverse;
        let (mut sum, mut power) = (R::from_f64(0.0), square);
        for (c, n) in CORRECTION
            .iter()
            .zip([1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0, 19.0])
        {
            sum += R::from_f64(-n * c) * power;
            power = power * square;
        }
        sum
    }
}

/// $`(x + \tfrac12) \ln(1 + \tfrac1x) - 1 = \tfrac{\operatorname{artanh} r}{r} - 1`$ with $`r = 1 / (2x + 1)`$.
fn step(x: f64) -> f64 {
    let r = 1.0 / (2.0 * x + 1.0);
    let inverse = 1.0 / x;
    if inverse == f64::INFINITY {
        return -0.5 * x.ln() - 1.0; // x is below 2⁻¹⁰²³, and not seen beside ½ and 1
    }
    if r > 0.3 {
        return (x + 0.5) * inverse.ln_1p() - 1.0;
    }
    let square = r * r;
    let (mut sum, mut power, mut n) = (0.0, square, 3.0);
    while power > 1e-19 {
        sum += power / n;
        power *= square; // at most 0.09
        n += 2.0;
    }
    sum
}

/// Counts, and halves of degrees of freedom, are what is asked for most.
fn of_halves(x: f64) -> Option<&'static f64> {
    let index = x + x - 1.0;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a negative one saturates, and is then not equal"
    )]
    let whole = index as usize;
    HALVES.get(whole).filter(|_| whole as f64 == index)
}

/// $`\delta(\tfrac12), \delta(1), \delta(\tfrac32), \dots`$; mpmath at 40 digits.
const HALVES: [f64; 19] = [
    0.15342640972002736,
    0.08106146679532726,
    0.05481412105191765,
    0.0413406959554093,
    0.03316287351993629,
    0.02767792568499834,
    0.023746163656297496,
    0.020790672103765093,
    0.018488450532673187,
    0.016644691189821193,
    0.015134973221917378,
    0.013876128823070748,
    0.012810465242920227,
    0.01189670994589177,
    0.011104559758206917,
    0.010411265261972096,
    0.009799416126158804,
    0.009255462182712733,
    0.008768700134139386,
];
/// From here on ten terms of the series are enough.
const LARGE: f64 = 10.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_outside() {
        assert_eq!(
            [0.0, -0.0, f64::INFINITY].map(stirling_error),
            [f64::INFINITY, f64::INFINITY, 0.0]
        );
        for x in [-5e-324, -1.0, f64::NEG_INFINITY, f64::NAN] {
            assert!(stirling_error(x).is_nan(), "stirling_error({x})");
        }
    }

    #[test]
    fn the_smallest_numbers_have_a_finite_one() {
        // 1 / x overflows below 5.6e-309
        for x in [5e-324, 1e-310, 5.5e-309, 5.7e-309, f64::MIN_POSITIVE] {
            let expected = -0.5 * ((2.0 * std::f64::consts::PI).ln() + f64::ln(x));
            let found = stirling_error(x);
            assert!(
                (found / expected - 1.0).abs() <= 2.0 * f64::EPSILON,
                "{x:e}: {found}"
            );
        }
        // mpmath, 50 digits
        assert!((stirling_error(5e-324_f64) - 371.301_097_427_485_96).abs() < 1e-12);
    }
}
