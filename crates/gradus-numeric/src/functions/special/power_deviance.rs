//! The exponent of laws whose variance is a power of their mean.

use super::deviance::deviance;
use crate::scalars::function::Binary;
use crate::scalars::real::Real;

/// How far x is from m, as the exponent of a law counts it whose variance grows like a power of its mean.
///
/// ```math
/// D_q(x, m) = \int_m^x \frac{x - t}{t^q}\, dt = \frac{x^{2 - q}}{(1 - q)(2 - q)} - \frac{x m^{1 - q}}{1 - q} + \frac{m^{2 - q}}{2 - q} \ge 0,
/// \qquad \frac{\partial D_q}{\partial x} = \frac{x^{1 - q} - m^{1 - q}}{1 - q}, \quad \frac{\partial D_q}{\partial m} = \frac{m - x}{m^q}
/// ```
///
/// where $`q \ge 0`$ is `power`: $`\tfrac12 (x - m)^2`$ for 0 (normal), [`deviance`] for 1 (Poisson), $`\ln \frac mx + \frac xm - 1`$
/// for 2 (gamma), $`(x - m)^2 / (2 x m^2)`$ for 3 (inverse Gaussian). Half of the deviance of a Tweedie family. It is the Bregman divergence of
/// $`x^{2 - q} / ((1 - q)(2 - q))`$, and the β-divergence with $`\beta = 2 - q`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D_q \ge 0`$, 0 only at $`x = m`$ | `power_deviance_is_a_distance` |
/// | $`D_q(c x, c m) = c^{2 - q} D_q(x, m)`$ | `power_deviance_is_homogeneous` |
/// | the closed forms of 0, 1, 2 and 3, also for powers beside them | `power_deviance_is_continuous_in_its_power` |
/// | near $`x = m`$ it is the sum $`\frac{(x - m)^2}{2 m^q} \bigl(1 - \frac{q}{3} \frac{x - m}{m} + \dots\bigr)`$ | `power_deviance_keeps_its_digits_near_the_mean` |
/// | slopes are derivatives | `slopes_of_the_power_deviance_are_derivatives` |
///
/// # Numerics
///
/// $`x^b \bigl( \varphi(b) - \varphi(a) \bigr)`$ with $`a = 1 - q`$, $`b = 2 - q`$, $`\varphi(c) = (r^c - 1) / c`$ and $`r = m / x`$, whose bracket
/// is a series in $`\ln r`$ where x and m are near each other. The three terms of the definition would cancel there, and for powers
/// near 1 and 2 everywhere. $`D_q(0, 0) = 0`$; $`+\infty`$ where one of the two is infinite, for $`m = 0 < x`$ and $`q \ge 1`$, and for
/// $`x = 0 < m`$ and $`q \ge 2`$; NaN for $`q < 0`$, and for negative numbers unless $`q = 0`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::power_deviance;
///
/// assert_eq!(power_deviance(2.0, 4.0, 0.0), 2.0); // ½ (2 − 4)²
/// assert!((power_deviance(2.0, 4.0_f64, 3.0) - 4.0 / 64.0).abs() < 1e-16); // (2 − 4)² / (2 · 2 · 4²)
/// // (x − m)² / 2, of which the three terms leave no digit
/// assert!((power_deviance(1.0 + 1e-9, 1.0_f64, 1.5) / 0.5e-18 - 1.0).abs() < 1e-6);
/// ```
///
/// # References
///
/// B. Jørgensen, *Exponential dispersion models*, J. R. Statist. Soc. B 49 (1987), 127–162, section 4,
/// <https://doi.org/10.1111/j.2517-6161.1987.tb01685.x>; A. Basu, I. R. Harris, N. L. Hjort and M. C. Jones, *Robust and efficient estimation by
/// minimising a density power divergence*, Biometrika 85 (1998), 549–559.
#[doc(alias = "Tweedie deviance")]
#[doc(alias = "beta divergence")]
#[inline]
pub fn power_deviance<R: Real>(x: R, m: R, power: f64) -> R {
    x.apply2(m, PowerDeviance { power })
}

/// The row of [`power_deviance`](crate::power_deviance).
///
/// # Examples
///
/// ```
/// use gradus_numeric::Binary;
/// use gradus_numeric::functions::PowerDeviance;
///
/// assert_eq!(PowerDeviance { power: 2.0 }.slopes(1.0, 2.0, 0.0), (-0.5, 0.25)); // 1 / m − 1 / x, (m − x) / m²
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PowerDeviance {
    /// $`q \ge 0`$: the variance grows like $`m^q`$.
    pub power: f64,
}

impl Binary for PowerDeviance {
    fn value(self, x: f64, m: f64) -> f64 {
        let q = self.power;
        if q == 0.0 {
            0.5 * (x - m) * (x - m)
        } else if !(x >= 0.0 && m >= 0.0 && q > 0.0) {
            f64::NAN
        } else if x.is_infinite() || m.is_infinite() {
            f64::INFINITY
        } else if x == m {
            0.0
        } else if q == 1.0 {
            deviance(x, m)
        } else if q == 2.0 && m < SCALE {
            deviance(m, x) / m // ln(m / x) + x / m − 1
        } else {
            of_power(x, m, q)
        }
    }

    fn slopes<R: Real>(self, x: R, m: R, _y: R) -> (R, R) {
        let q = self.power;
        if q == 0.0 {
            (x - m, m - x)
        } else if x.to_f64() == 0.0 && m.to_f64() == 0.0 {
            let zero = R::from_f64(0.0); // the sub-gradient of least norm
            (zero, zero)
        } else {
            // (m − x) / m first: no power of m overflows then unless the slope does
            let (at_m, change) = (m.powf(1.0 - q), (m - x) / m);
            let ln = if change.to_f64().abs() < 0.5 {
                (-change).ln_1p()
            } else {
                x.ln() - m.ln()
            };
            let a = R::from_f64(1.0 - q);
            let of_x = if q == 1.0 {
                ln
            } else {
                at_m * (a * ln).exp_m1() / a
            };
            (of_x, change * at_m)
        }
    }
}

/// $`x^b \bigl( \varphi(b) - \varphi(a) \bigr)`$ for $`x \ne m`$.
fn of_power(x: f64, m: f64, q: f64) -> f64 {
    let (a, b) = (1.0 - q, 2.0 - q);
    if x == 0.0 {
        return if b > 0.0 {
            m.powf(b) / b
        } else {
            f64::INFINITY
        };
    }
    let quotient = Quotient::new(m, x);
    let gap = quotient.gap(a, b);
    let value = x.powf(b) * gap;
    if value.is_normal() {
        return value;
    }
    // one factor overflows or underflows, and the other may make up for it
    let ln_r = quotient.ln;
    let ln_gap = if gap.is_finite() {
        gap.ln()
    } else if ln_r > 0.0 {
        b * ln_r - b.ln()
    } else {
        a * ln_r - (-a).ln()
    };
    (b * x.ln() + ln_gap).exp()
}

/// $`r = m / x`$ and its logarithm, which does not overflow and is exact near 0.
struct Quotient {
    r: f64,
    ln: f64,
}

impl Quotient {
    fn new(m: f64, x: f64) -> Self {
        let r = m / x;
        let ln = if (0.5..2.0).contains(&r) {
            ((m - x) / x).ln_1p()
        } else if r.is_normal() {
            r.ln()
        } else {
            m.ln() - x.ln()
        };
        Self { r, ln }
    }

    /// $`\varphi(b) - \varphi(a) = \sum_{k \ge 2} (b^{k - 1} - a^{k - 1}) \frac{(\ln r)^k}{k!}`$ for $`b = a + 1`$, which never falls below 0.
    fn gap(&self, a: f64, b: f64) -> f64 {
        if self.ln.abs() * a.abs().max(b.abs()) < NEAR {
            // both terms are nearly ln r, and little would be left of their difference
            let (mut sum, mut difference, mut power_of_a, mut factor) = (0.0, 1.0, a, self.ln);
            for k in 2..=TERMS {
                factor *= self.ln / f64::from(k);
                sum += difference * factor;
                difference = b * difference + power_of_a; // b − a is 1
                power_of_a *= a;
            }
            sum
        } else if a.abs() < 1.0 {
            self.phi(b) - self.phi(a)
        } else {
            // by parts, for with large exponents the difference would cancel also far from 0
            let rise = if self.ln.abs() < 1.0 {
                self.power(a) * self.ln.exp_m1()
            } else {
                self.power(b) - self.power(a)
            };
            (rise - self.phi(b)) / a
        }
    }

    /// $`(r^c - 1) / c`$, and its limit $`\ln r`$.
    fn phi(&self, c: f64) -> f64 {
        let exponent = c * self.ln;
        if c == 0.0 {
            self.ln
        } else if exponent.abs() < 1.0 {
            exponent.exp_m1() / c
        } else {
            (self.power(c) - 1.0) / c
        }
    }

    /// $`r^c`$.
    fn power(&self, c: f64) -> f64 {
        if self.r.is_normal() {
            self.r.powf(c)
        } else {
            (c * self.ln).exp()
        }
    }
}

/// Below, 20 terms of the series have all digits.
const NEAR: f64 = 0.5;
const TERMS: u32 = 21;
/// Up to it m times a logarithm does not overflow.
const SCALE: f64 = 1e300;

#[cfg(test)]
mod tests {
    use super::power_deviance;

    #[test]
    fn powers_that_overflow_alone() {
        let of = power_deviance::<f64>;
        assert!((of(1e-100, 2e-100, 5.0) / 1e300 - 11.0 / 192.0).abs() < 1e-13);
        assert_eq!(of(1e-100, 2e-100, 6.0), f64::INFINITY); // 10⁴⁰⁰, and no perfect score
        assert_eq!(of(1e-320, 2e-320, 3.0), f64::INFINITY);
        assert!((of(1e-300, 1e300, 1.5) / 2e150 - 1.0).abs() < 1e-12); // √m / ½
        assert_eq!(of(1e-100, 1e-100, 6.0), 0.0);
        assert_eq!(of(1.0, 1e-10, 50.0), f64::INFINITY);
        let far = 616.0 * std::f64::consts::LN_10 - 1.0;
        assert!((of(1e-308, 1e308, 2.0) / far - 1.0).abs() < 1e-14);
    }

    #[test]
    fn edges() {
        let of = power_deviance::<f64>;
        for q in [0.0, 0.5, 1.0, 1.5, 2.0, 3.0] {
            assert_eq!(of(0.0, 0.0, q), 0.0);
            assert!(of(f64::NAN, 1.0, q).is_nan() && of(1.0, f64::NAN, q).is_nan());
            assert_eq!(of(1.0, f64::INFINITY, q), f64::INFINITY);
            assert_eq!(of(-1.0, 1.0, q).is_nan(), q > 0.0);
            assert_eq!(of(1.0, 0.0, q).is_infinite(), q >= 1.0);
            assert_eq!(of(0.0, 1.0, q).is_infinite(), q >= 2.0);
        }
        assert!((of(4.0, 0.0, 0.5) - 8.0 / 0.75).abs() < 1e-14); // x^b / (a b)
        assert_eq!(of(0.0, 4.0, 1.5), 4.0); // 2 √m
        assert!(of(1.0, 2.0, -1.0).is_nan() && of(1.0, 2.0, f64::NAN).is_nan());
    }
}
