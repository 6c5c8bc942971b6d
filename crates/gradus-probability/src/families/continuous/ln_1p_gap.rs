//! How far the logarithm of 1 + y is from y.

use gradus_numeric::{Real, deviance};

/// $`\phi(y) = (y - \ln(1 + y)) / y^2 = \int_0^1 \frac{t}{1 + y t} \, dt`$ for $`y > -1`$, $`\tfrac12`$ at 0, where the difference would keep no digit.
///
/// Near 1 the log-likelihood of a ratio is a small correction to that of a certain one: in terms of this gap nothing in it cancels.
pub(super) fn gap<R: Real>(y: R) -> R {
    if y.to_f64().abs() < SMALL {
        // Σ (−y)ⁱ / (i + 2)
        let terms = (0..TERMS).rev().map(f64::from);
        return terms.fold(R::from_f64(0.0), |sum, i| {
            R::from_f64(1.0 / (i + 2.0)) - y * sum
        });
    }
    (R::from_f64(1.0) - y.ln_1p() / y) / y
}

/// The [`deviance`] of s from its share of n, $`n u = s (1 + y)`$, by that excess where they are near, $`s\, y^2 \phi(y)`$: the product would have lost its digits.
/// Where the product is too small for a number, it is a power of the share.
pub(super) fn deviance_from_share<R: Real>(s: R, n: R, (u, ln_u): (R, impl Fn() -> R), y: R) -> R {
    let m = n * u;
    if y.to_f64().abs() < NEAR {
        s * y * y * gap(y)
    } else if u.to_f64() >= RARE && m.to_f64() >= f64::MIN_POSITIVE {
        deviance(s, m)
    } else {
        s * (s.ln() - n.ln() - ln_u()) + (m - s)
    }
}

/// Below, so many terms leave $`10^{-18}`$.
const SMALL: f64 = 0.1;
const TERMS: u8 = 18;
/// Beyond, the logarithm of $`n u / s`$ keeps its digits.
const NEAR: f64 = 0.5;
/// Odds below this have a deviance only by their logarithm.
const RARE: f64 = 1e-200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_and_difference_meet() {
        for y in [0.1, -0.1_f64] {
            let inside = y * (1.0 - 1e-15);
            // a difference of numbers of size 1/y
            assert!((gap(y) - gap(inside)).abs() < 1e-14);
        }
        assert_eq!(gap(0.0), 0.5);
        assert!((gap(1.0) - (1.0 - std::f64::consts::LN_2)).abs() < 1e-16);
    }
}
