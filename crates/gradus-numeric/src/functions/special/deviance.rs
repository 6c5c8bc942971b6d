//! The exponent of the gamma, Poisson and binomial laws.

use super::stirling::ln_1p_minus;
use crate::scalars::function::Binary;
use crate::scalars::real::Real;

/// How far x is from m, as the exponent of a Poisson or gamma law counts it.
///
/// ```math
/// D(x, m) = x \ln \frac xm + m - x \ge 0, \qquad D(m, m) = 0, \qquad
/// \frac{\partial D}{\partial x} = \ln \frac xm, \quad \frac{\partial D}{\partial m} = 1 - \frac xm
/// ```
///
/// Half of the deviance of one count. With [`stirling_error`](crate::stirling_error) it writes the density of a family
/// so that nothing cancels: $`e^{-m} m^k / k! = e^{-\delta(k) - D(k, m)} / \sqrt{2 \pi k}`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D \ge 0`$, 0 only at $`x = m`$ | `deviance_is_a_distance` |
/// | $`D(c x, c m) = c D(x, m)`$ | `deviance_is_homogeneous` |
///
/// # Numerics
///
/// $`-x \left( \ln(1 + t) - t \right)`$ with $`t = (m - x) / x`$, by the series of $`\ln(1 + t) - t`$ where x and m are near each other:
/// a few ULP. $`D(0, m) = m`$; $`+\infty`$ for $`m = 0 < x`$ and where one of the two is infinite; NaN below 0.
/// The slopes at $`(0, 0)`$ are $`(0, 0)`$, the sub-gradient of least norm.
///
/// # Examples
///
/// ```
/// use gradus_numeric::deviance;
///
/// assert_eq!([deviance(3.0, 3.0), deviance(0.0, 3.0)], [0.0, 3.0]);
/// // x ln(x / m) + m − x, as it stands, has no digit left here
/// assert!((deviance(1e8 + 1.0, 1e8_f64) / 0.5e-8 - 1.0).abs() < 1e-8);
/// ```
///
/// # References
///
/// C. Loader, *Fast and accurate computation of binomial probabilities* (2000), §4.
#[doc(alias = "bd0")]
#[inline]
pub fn deviance<R: Real>(x: R, m: R) -> R {
    x.apply2(m, Deviance)
}

/// The row of [`deviance`](crate::deviance).
#[derive(Clone, Copy, Debug)]
pub struct Deviance;
impl Binary for Deviance {
    fn value(self, x: f64, m: f64) -> f64 {
        if !(x >= 0.0 && m >= 0.0) {
            f64::NAN
        } else if x == 0.0 {
            m + 0.0 // never −0
        } else if x.is_infinite() || m.is_infinite() || m == 0.0 {
            f64::INFINITY
        } else if x < 0.4 * m || x > 2.5 * m {
            x * ln_quotient(x, m) + (m - x)
        } else {
            0.0 - x * ln_1p_minus((m - x) / x) // never −0
        }
    }
    fn slopes<R: Real>(self, x: R, m: R, _y: R) -> (R, R) {
        if x.to_f64() == 0.0 && m.to_f64() == 0.0 {
            let zero = R::from_f64(0.0); // the sub-gradient of least norm: no deviance is negative
            return (zero, zero);
        }
        ((x / m).ln(), (m - x) / m)
    }
}

/// $`\ln(x / m)`$, also where the quotient overflows.
fn ln_quotient(x: f64, m: f64) -> f64 {
    let quotient = x / m;
    if quotient.is_normal() {
        quotient.ln()
    } else {
        x.ln() - m.ln()
    }
}
