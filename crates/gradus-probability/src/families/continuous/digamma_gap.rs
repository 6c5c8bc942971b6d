//! How far the digamma function and its slope are from what they are nearly: logarithm and reciprocal.

use crate::contract::search::crossed;
use gradus_numeric::{digamma, trigamma};

/// $`\ln a - \psi(a) = \tfrac{1}{2a} + \sum_k \tfrac{B_{2k}}{2k} a^{-2k}`$, of which for a large shape the difference would keep no digit.
///
/// Entropies and likelihoods of the gamma and beta families are small corrections to Stirling's formula: in terms of this gap and of
/// $`\delta`$ ([`stirling_error`](gradus_numeric::stirling_error)) nothing in them cancels. NIST *Digital Library of Mathematical Functions*,
/// 5.11.2.
pub(super) fn ln_minus_digamma(a: f64) -> f64 {
    if a < LARGE {
        return a.ln() - digamma(a);
    }
    let h = 1.0 / a;
    let divided = BERNOULLI.iter().zip([1_u8, 2, 3, 4, 5, 6, 7, 8]).rev();
    let sum = divided.fold(0.0, |sum, (b, k)| sum * h * h + b / f64::from(2 * k));
    h * (0.5 + h * sum)
}

/// $`a \, \psi'(a) - 1 = \tfrac{1}{2a} + \sum_k B_{2k} a^{-2k}`$.
pub(super) fn trigamma_excess(a: f64) -> f64 {
    if a < LARGE {
        return a * trigamma(a) - 1.0;
    }
    let h = 1.0 / a;
    let sum = BERNOULLI.iter().rev().fold(0.0, |sum, b| sum * h * h + b);
    h * (0.5 + h * sum)
}

/// The positive a with $`\psi(a) = y`$, by Newton's steps from $`e^y + \tfrac12`$ or $`-1 / (y + \gamma)`$, whichever end is near.
///
/// T. P. Minka, *Estimating a Dirichlet distribution* (2000), appendix C.
pub(crate) fn inverse_digamma(y: f64) -> f64 {
    let guess = if y > -2.22 {
        y.exp() + 0.5
    } else {
        -1.0 / (y + 0.577_215_664_901_532_9)
    };
    // ψ is a logarithm and a gap, which keeps its digits
    let rest = |a: f64| (a.ln() - ln_minus_digamma(a) - y, trigamma(a));
    crossed(f64::MIN_POSITIVE, f64::MAX, guess, rest)
}

/// From here on the series has all digits.
const LARGE: f64 = 12.0;

/// $`B_2, B_4, \dots, B_{16}`$; DLMF 24.2.
const BERNOULLI: [f64; 8] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_and_difference_meet() {
        for a in [12.0, 13.5, 20.0] {
            let (gap, excess) = (f64::ln(a) - digamma(a), a * trigamma(a) - 1.0);
            assert!((ln_minus_digamma(a) / gap - 1.0).abs() < 1e-13, "{a}");
            assert!((trigamma_excess(a) / excess - 1.0).abs() < 1e-13, "{a}");
        }
    }

    #[test]
    fn the_inverse_of_digamma() {
        for a in [
            1e-300,
            1e-3,
            0.3,
            1.0,
            1.461_632_144_968_362,
            7.0,
            1e5,
            1e300,
        ] {
            let back = inverse_digamma(f64::ln(a) - ln_minus_digamma(a));
            // the slope of ln a − ψ(a) magnifies the rounding of the logarithm
            assert!((back / a - 1.0).abs() < 2e-13, "{a:e}: {back:e}");
        }
    }

    #[test]
    fn large_shapes() {
        assert_eq!(ln_minus_digamma(1e300), 0.5e-300);
        assert!((trigamma_excess(1e8) / (0.5e-8 + 1e-16 / 6.0) - 1.0).abs() < 1e-15);
    }
}
