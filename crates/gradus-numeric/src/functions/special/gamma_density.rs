//! The density of the gamma law, the slope of the incomplete gamma functions.

use super::incomplete_gamma::weight;
use super::stirling::{ln_ratio, times_exp};
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// $`f_a(x) = x^{a - 1} e^{-x} / \Gamma(a)`$, with the slope $`f_a' = f_a \cdot ((a - 1) / x - 1) = f_{a - 1} - f_a`$.
///
/// A function with a slope of its own: where the density underflows, the product of its logarithm's slope
/// and 0 would be 0 · ∞, though the slope may be a number of any size (of $`x^2 / 2`$ at $`10^{-200}`$).
#[derive(Clone, Copy, Debug)]
pub(super) struct GammaDensity {
    pub(super) shape: f64,
}
impl Unary for GammaDensity {
    fn value(self, x: f64) -> f64 {
        let a = self.shape;
        if !(a >= 0.0 && x >= 0.0) {
            return f64::NAN;
        }
        if x == 0.0 {
            return at_zero(a, 1.0);
        }
        if a == 0.0 || a.is_infinite() || x.is_infinite() {
            return 0.0; // all of the law is elsewhere
        }
        let difference = x - a;
        let exponent = if a == 1.0 {
            -difference
        } else {
            (a - 1.0) * ln_ratio(x, a, difference) - difference
        };
        times_exp(weight(a, a), exponent) // relative to the value at x = a
    }

    fn slope<R: Real>(self, x: R, y: R) -> R {
        let a = self.shape;
        if a == 0.0 || a.is_infinite() || x.to_f64().is_infinite() {
            R::from_f64(0.0)
        } else if a == 1.0 {
            -y
        } else if a > 1.0 && y.to_f64() == 0.0 {
            let below = Self { shape: a - 1.0 };
            x.apply(below) - y
        } else {
            y * (R::from_f64(a - 1.0) - x) / x
        }
    }
}

/// What $`c x^{a - 1}`$ is at 0.
pub(super) fn at_zero(a: f64, c: f64) -> f64 {
    if a < 1.0 {
        f64::INFINITY
    } else if a == 1.0 {
        c
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    fn density(a: f64, x: f64) -> f64 {
        GammaDensity { shape: a }.value(x)
    }

    #[test]
    fn far_below_the_mean_all_digits_are_kept() {
        for x in [1e-5, 1e-20, 1e-200, 1e-300_f64] {
            let y = 1.0 / (std::f64::consts::PI * x).sqrt(); // times e^(−x)
            assert!((density(0.5, x) / (y * (-x).exp()) - 1.0).abs() < 2e-13);
            assert!((density(2.0, x) / (x * (-x).exp()) - 1.0).abs() < 2e-13);
        }
    }

    #[test]
    fn at_the_ends() {
        assert_eq!(
            [0.5, 1.0, 2.0].map(|a| density(a, 0.0)),
            [INFINITY, 1.0, 0.0]
        );
        assert_eq!([0.5, 1.0, 2.0].map(|a| density(a, INFINITY)), [0.0; 3]);
        assert!((density(3.0, 2.0_f64) - 2.0 * (-2.0_f64).exp()).abs() < 1e-15); // x² e⁻ˣ / 2
    }

    #[test]
    fn slopes_where_the_density_underflows() {
        let slope = |a: f64, x: f64| {
            let density = GammaDensity { shape: a };
            density.slope(x, density.value(x))
        };
        assert_eq!(density(3.0, 1e-200), 0.0); // x² / 2
        assert!((slope(3.0, 1e-200) / 1e-200 - 1.0).abs() < 1e-12); // x
        assert_eq!([1.5, 2.0, 3.0].map(|a| slope(a, 0.0)), [INFINITY, 1.0, 0.0]);
        assert_eq!(density(2.0, 5e-324), 5e-324);
        assert_eq!(slope(1.0, 0.0), -1.0);
    }
}
