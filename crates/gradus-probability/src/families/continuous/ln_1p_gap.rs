//! How far the logarithm of 1 + y is from y.

/// $`\phi(y) = (y - \ln(1 + y)) / y^2 = \int_0^1 \frac{t}{1 + y t} \, dt`$ for $`y > -1`$, $`\tfrac12`$ at 0, where the difference would keep no digit.
///
/// Near 1 the log-likelihood of a ratio is a small correction to that of a certain one: in terms of this gap nothing in it cancels.
pub(super) fn gap(y: f64) -> f64 {
    if y.abs() < SMALL {
        // Σ (−y)ⁱ / (i + 2)
        let terms = (0..TERMS).rev().map(f64::from);
        return terms.fold(0.0, |sum, i| 1.0 / (i + 2.0) - y * sum);
    }
    (1.0 - y.ln_1p() / y) / y
}

/// Below, so many terms leave $`10^{-18}`$.
const SMALL: f64 = 0.1;
const TERMS: u8 = 18;

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
