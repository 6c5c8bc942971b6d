//! The density of the beta law, the slope of the regularized incomplete beta function.

use super::gamma_density::at_zero;
use super::incomplete_beta::{HUGE, shrunk, weight};
use super::stirling::{ln_ratio, times_exp};
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// $`f_{a,b}(x) = x^{a - 1} (1 - x)^{b - 1} / \mathrm{B}(a, b)`$, with the slope
///
/// ```math
/// f_{a,b}' = f_{a,b} \cdot \left( \frac{a - 1}{x} - \frac{b - 1}{1 - x} \right)
///          = (a + b - 1) (f_{a - 1,b} - f_{a,b - 1})
/// ```
///
/// the second form where the density underflows, as for the gamma law.
#[derive(Clone, Copy, Debug)]
pub(super) struct BetaDensity {
    pub(super) a: f64,
    pub(super) b: f64,
}
impl Unary for BetaDensity {
    fn value(self, x: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        if !(a >= 0.0 && b >= 0.0 && (0.0..=1.0).contains(&x)) {
            f64::NAN
        } else if a == 0.0 || b == 0.0 || a.is_infinite() || b.is_infinite() {
            0.0 // all of the law is at one end
        } else if x == 0.0 {
            at_zero(a, b)
        } else if x == 1.0 {
            at_zero(b, a)
        } else if a.max(b) > HUGE {
            of_huge_shapes(a, b, x)
        } else {
            inside(a, b, x)
        }
    }

    fn slope<R: Real>(self, x: R, y: R) -> R {
        let (a, b) = (self.a, self.b);
        let zero = R::from_f64(0.0);
        if y.to_f64() != 0.0 {
            // one quotient: each of two terms may overflow where their difference does not
            let z = R::from_f64(1.0) - x;
            let (c, d) = (a - 1.0, b - 1.0);
            return match (c == 0.0, d == 0.0) {
                (true, true) => zero,
                (true, false) => y * R::from_f64(-d) / z,
                (false, true) => y * R::from_f64(c) / x,
                (false, false) => y * (R::from_f64(c) * z - R::from_f64(d) * x) / x / z,
            };
        }
        if a == 0.0 || b == 0.0 || a.max(b) > HUGE {
            return zero; // of a step
        }
        let of_smaller = |a: f64, b: f64| {
            if a > 0.0 && b > 0.0 {
                R::from_f64(self.a + self.b - 1.0) * x.apply(Self { a, b })
            } else {
                zero
            }
        };
        of_smaller(a - 1.0, b) - of_smaller(a, b - 1.0)
    }
}

/// Relative to the value at the mean.
fn inside(a: f64, b: f64, x: f64) -> f64 {
    let (m, n) = (a / (a + b), b / (a + b));
    if m == 0.0 || n == 0.0 {
        // the mean underflows, and nothing is relative to it
        return weight(a, b, x, 1.0 - x) / x / (1.0 - x);
    }
    let term = |power: f64, x: f64, mean: f64, difference: f64| {
        if power == 0.0 {
            0.0
        } else {
            power * ln_ratio(x, mean, difference)
        }
    };
    let exponent = term(a - 1.0, x, m, x - m) + term(b - 1.0, 1.0 - x, n, m - x);
    times_exp(weight(a, b, m, n) / (m * n), exponent)
}

/// By smaller shapes, for which the law is narrower by a factor, or as narrow as no number shows.
fn of_huge_shapes(a: f64, b: f64, x: f64) -> f64 {
    if a > b {
        return of_huge_shapes(b, a, 1.0 - x);
    }
    let (a, b, scale) = shrunk(a, b);
    let x = x / scale;
    if x < 1.0 {
        BetaDensity { a, b }.value(x) / scale
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    const INFINITY: f64 = f64::INFINITY;

    fn density(a: f64, b: f64, x: f64) -> f64 {
        BetaDensity { a, b }.value(x)
    }

    fn slope(a: f64, b: f64, x: f64) -> f64 {
        let density = BetaDensity { a, b };
        density.slope(x, density.value(x))
    }

    #[test]
    fn far_from_the_mean_all_digits_are_kept() {
        for x in [1e-5, 1e-20, 1e-200, 1e-300_f64] {
            let y = 1.0 / (PI * (x * (1.0 - x)).sqrt()); // the arcsine law
            assert!((density(0.5, 0.5, x) / y - 1.0).abs() < 2e-13);
            assert!((density(2.0, 2.0, x) / (6.0 * x * (1.0 - x)) - 1.0).abs() < 2e-13);
        }
    }

    #[test]
    fn at_the_ends() {
        assert_eq!(
            [0.5, 1.0, 2.0].map(|a| density(a, 1.0, 0.0)),
            [INFINITY, 1.0, 0.0]
        );
        assert_eq!([1.0, 2.0].map(|b| density(1.0, b, 0.0)), [1.0, 2.0]);
        assert!((density(2.0, 2.0, 0.5_f64) - 1.5).abs() < 1e-15);
    }

    #[test]
    fn slopes_of_polynomials() {
        for x in [0.0, 1e-310, 0.25, 0.5, 1.0] {
            let cubic = 6.0 - 12.0 * x; // of 6 x (1 − x)
            assert!((slope(2.0, 2.0, x) - cubic).abs() < 1e-12, "{x:e}");
            assert_eq!(slope(1.0, 1.0, x), 0.0);
            assert!(
                (slope(1.0, 3.0, x) + 6.0 * (1.0 - x)).abs() < 1e-12,
                "{x:e}"
            ); // of 3 (1 − x)²
        }
        assert!((slope(3.0, 1.0, 1e-200) / 6e-200 - 1.0).abs() < 1e-12); // of 3 x²
    }

    #[test]
    fn shapes_at_the_end_of_the_numbers() {
        // b x has a gamma law beside a huge shape
        for b in [1e299, 1e301, f64::MAX] {
            let y = density(2.0, b, 3.0 / b) / b; // 3 e⁻³
            assert!(
                (y / (3.0 * (-3.0_f64).exp()) - 1.0).abs() < 1e-9,
                "{b:e}: {y}"
            );
        }
        // a → 0: a / x, but for the other power
        let y = density(1e-310, 1.0, 1e-8);
        assert!((y / (1e-310 / 1e-8) - 1.0).abs() < 1e-12, "{y:e}");
        assert_eq!(density(5e-324, 1e300, 0.5), 0.0);
        assert_eq!(density(1e300, 5e-324, 0.5), 0.0);
    }
}
