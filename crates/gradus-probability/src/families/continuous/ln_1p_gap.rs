//! How far the logarithm of 1 + y is from y.

/// $`\phi(y) = (y - \ln(1 + y)) / y^2 = \int_0^1 \frac{t}{1 + y t} \, dt`$ for $`y > -1`$, $`\tfrac12`$ at 0, where the difference would keep no digit.
///
/// The likelihood of a family whose limit is a lighter one (t: the normal, negative binomial: Poisson's) is a small correction to that of the limit:
/// in terms of this gap nothing in it cancels.
pub(crate) fn gap(y: f64) -> f64 {
    if y.abs() < SMALL {
        return series(y, |i| 1.0 / (i + 2.0));
    }
    if y == f64::INFINITY {
        return 0.0;
    }
    (1.0 - y.ln_1p() / y) / y
}

/// $`-\phi'(y) = \int_0^1 \frac{t^2}{(1 + y t)^2} \, dt`$, $`\tfrac13`$ at 0.
pub(crate) fn gap_fall(y: f64) -> f64 {
    if y.abs() < SMALL {
        return series(y, |i| (i + 1.0) / (i + 3.0));
    }
    if y == f64::INFINITY {
        return 0.0;
    }
    (1.0 + 1.0 / (1.0 + y) - 2.0 * (y.ln_1p() / y)) / y / y
}

/// $`\sum_i c_i (-y)^i`$.
fn series(y: f64, coefficient: impl Fn(f64) -> f64) -> f64 {
    let terms = (0..TERMS).rev().map(f64::from);
    terms.fold(0.0, |sum, i| coefficient(i) - y * sum)
}

/// Below, so many terms leave $`10^{-18}`$.
const SMALL: f64 = 0.1;
const TERMS: u32 = 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_and_difference_meet() {
        for y in [0.1, -0.1_f64] {
            let inside = y * (1.0 - 1e-15);
            // a difference of numbers of size 1/y, and of size 1/y²
            assert!((gap(y) - gap(inside)).abs() < 1e-14);
            assert!((gap_fall(y) - gap_fall(inside)).abs() < 1e-12);
        }
        assert_eq!((gap(0.0), gap_fall(0.0)), (0.5, 1.0 / 3.0));
        assert!((gap(1.0) - (1.0 - std::f64::consts::LN_2)).abs() < 1e-16);
        assert!((gap_fall(1.0) - (1.5 - 2.0 * std::f64::consts::LN_2)).abs() < 1e-15);
        assert_eq!((gap(f64::INFINITY), gap_fall(f64::INFINITY)), (0.0, 0.0));
    }
}
