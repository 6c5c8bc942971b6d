//! The derivatives of the logarithm of the gamma function.

use super::stirling::chebyshev;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::PI;

/// The digamma function, the slope of the logarithm of the gamma function.
///
/// ```math
/// \psi(x) = (\ln \Gamma)'(x) = -\gamma + \sum_{k=0}^\infty \left( \frac{1}{k + 1} - \frac{1}{x + k} \right),
/// \qquad \psi' = \psi_1
/// ```
///
/// The mean of the logarithm of a gamma-distributed number with shape $`x`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\psi(x + 1) = \psi(x) + 1/x`$ | `digamma_of_the_successor_adds_a_reciprocal` |
/// | $`\psi(1 - x) - \psi(x) = \pi \cot(\pi x)`$ | `digamma_is_reflected_by_the_cotangent` |
/// | $`\ln x - 1/x < \psi(x) < \ln x - 1/(2x)`$ | `digamma_lies_below_the_logarithm` |
/// | $`\psi = (\ln \Gamma)'`$, $`\psi' = \psi_1`$ | `slopes_of_the_gamma_family_are_derivatives` |
///
/// # Numerics
///
/// On $`[1, 2]`$ as $`(x - x_0)`$ times a Chebyshev series, with the root $`x_0 = 1.4616\dots`$ carried as a sum of two
/// numbers, so the relative error is small around it too; up to 10 by the recurrence, whose terms are positive;
/// beyond by the asymptotic series. Relative error below $`4\varepsilon`$ for $`x > 0`$. For $`x < 0`$ by
/// reflection, with an error below $`5\varepsilon`$ of the larger summand: four of $`\psi(1 - x)`$, and one of their sum.
/// $`\psi(\pm 0) = \mp\infty`$; NaN at the other poles and at $`-\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::digamma;
///
/// let euler = -digamma(1.0_f64);
/// assert!((euler - 0.577_215_664_901_532_9).abs() < 1e-15);
/// assert!((digamma(4.0_f64) - (1.0 + 1.0 / 2.0 + 1.0 / 3.0 - euler)).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §5.2, 5.5, 5.11, <https://dlmf.nist.gov/5>.
#[doc(alias = "psi")]
#[inline]
pub fn digamma<R: Real>(x: R) -> R {
    x.apply(Polygamma { order: 0 })
}

/// The trigamma function, the slope of the digamma function.
///
/// ```math
/// \psi_1(x) = \sum_{k=0}^\infty \frac{1}{(x + k)^2}
/// ```
///
/// The variance of the logarithm of a gamma-distributed number with shape $`x`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\psi_1(x + 1) = \psi_1(x) - 1/x^2`$ | `trigamma_of_the_successor_loses_a_square` |
/// | $`\psi_1(x) + \psi_1(1 - x) = \pi^2 / \sin^2(\pi x)`$ | `trigamma_is_reflected_by_the_sine` |
/// | $`\psi_1 = \psi'`$ | `slopes_of_the_gamma_family_are_derivatives` |
///
/// # Numerics
///
/// As [`polygamma`]. $`+\infty`$ at the poles $`0, -1, -2, \dots`$; NaN at $`-\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::trigamma;
/// use std::f64::consts::PI;
///
/// assert!((trigamma(1.0_f64) - PI * PI / 6.0).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §5.15, <https://dlmf.nist.gov/5.15>.
#[inline]
pub fn trigamma<R: Real>(x: R) -> R {
    x.apply(Polygamma { order: 1 })
}

/// The polygamma functions, the derivatives of the digamma function.
///
/// ```math
/// \psi_n(x) = \psi^{(n)}(x) = (-1)^{n + 1} \, n! \sum_{k=0}^\infty \frac{1}{(x + k)^{n + 1}}, \qquad \psi_n' = \psi_{n + 1}
/// ```
///
/// `order` is $`n`$: 0 for digamma, 1 for trigamma. They are the slopes of each other, so functions that contain
/// $`\ln \Gamma`$ can be differentiated again and again.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\psi_n(x + 1) = \psi_n(x) + (-1)^n \, n! / x^{n + 1}`$ | `polygamma_of_the_successor_loses_a_power` |
/// | $`\psi_n' = \psi_{n + 1}`$ | `slopes_of_the_gamma_family_are_derivatives` |
///
/// # Numerics
///
/// The terms up to $`x + k \ge n + 11`$, smallest first, and the Euler–Maclaurin formula for the rest: relative
/// error below $`8\varepsilon`$ for $`x > 0`$ and $`n \le 10`$, growing as $`n \varepsilon`$ beyond. Below 0 by
/// reflection. At the poles $`+\infty`$ for odd $`n`$; for even $`n`$ $`\mp\infty`$ at $`\pm 0`$ and NaN at the other
/// poles. The slope of order 255, which the order of the next cannot name, is NaN.
///
/// # Examples
///
/// ```
/// use gradus_numeric::polygamma;
///
/// let apery = 1.202_056_903_159_594_3; // ζ(3)
/// assert!((polygamma(2, 1.0_f64) + 2.0 * apery).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §5.15 and 25.11.5, <https://dlmf.nist.gov/5.15>.
#[inline]
pub fn polygamma<R: Real>(order: u8, x: R) -> R {
    x.apply(Polygamma { order })
}

/// The row of [`polygamma`](crate::polygamma), hence of `digamma` and `trigamma`.
#[derive(Clone, Copy, Debug)]
pub struct Polygamma {
    /// How many times the digamma function is differentiated.
    pub order: u8,
}
impl Unary for Polygamma {
    fn value(self, x: f64) -> f64 {
        match (self.order, x > 0.0) {
            (0, true) => digamma_of_positive(x),
            (0, false) => digamma_by_reflection(x),
            (n, true) => -sign(n) * zeta_term(n, x),
            (n, false) => -sign(n) * zeta_term_by_reflection(n, x),
        }
    }
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        match self.order.checked_add(1) {
            Some(order) => x.apply(Self { order }),
            None => R::from_f64(f64::NAN),
        }
    }
}

/// $`(-1)^n`$.
fn sign(n: u8) -> f64 {
    if n.is_multiple_of(2) { 1.0 } else { -1.0 }
}

fn digamma_of_positive(x: f64) -> f64 {
    if x < 1.0 {
        return digamma_of_positive(1.0 + x) - 1.0 / x;
    }
    if x >= 10.0 {
        let z = 1.0 / (x * x);
        let series = ASYMPTOTIC.iter().rev().fold(0.0, |sum, &c| sum * z + c) * z;
        return x.ln() - (0.5 / x + series);
    }
    let (mut x, mut sum) = (x, 0.0);
    while x > 2.0 {
        x -= 1.0;
        sum += 1.0 / x;
    }
    sum + ((x - ROOT) - ROOT_LOW) * chebyshev(&DIGAMMA_OVER_ROOT, x - 1.0)
}

/// $`\psi(1 - x) - \pi \cot(\pi x)`$ for $`x \le 0`$, with the cotangent of the distance from the nearest pole.
fn digamma_by_reflection(x: f64) -> f64 {
    let distance = x - x.round();
    if x == 0.0 {
        -1.0 / x
    } else if distance == 0.0 {
        f64::NAN
    } else {
        digamma_of_positive(1.0 - x) - PI / (PI * distance).tan()
    }
}

/// $`n! \sum_k (x + k)^{-n - 1} = (-1)^{n + 1} \psi_n(x)`$ for $`n \ge 1`$, $`x > 0`$.
fn zeta_term(n: u8, x: f64) -> f64 {
    let order = f64::from(n);
    let steps = (order + 11.0 - x).ceil().max(0.0);
    let mut sum = euler_maclaurin(n, x + steps);
    let mut k = steps;
    while k > 0.0 {
        k -= 1.0;
        sum += factorial_over_power(n, x + k) / (x + k);
    }
    sum
}

/// The sum from `t` on.
///
/// ```math
/// \frac{n!}{t^n} \left( \frac1n + \frac{1}{2t} + \frac1t \sum_{j \ge 1} \frac{B_{2j}}{(2j)!}
/// \frac{(n + 1) \cdots (n + 2j - 1)}{t^{2j - 1}} \right)
/// ```
fn euler_maclaurin(n: u8, t: f64) -> f64 {
    let order = f64::from(n);
    let (mut sum, mut product, mut j) = (0.5, (order + 1.0) / t, 1.0);
    for c in BERNOULLI_OVER_FACTORIAL {
        sum += c * product;
        product *= (order + 2.0 * j) / t * ((order + 2.0 * j + 1.0) / t);
        j += 1.0;
    }
    factorial_over_power(n, t) * (1.0 / order + sum / t)
}

/// $`n! / t^n`$.
fn factorial_over_power(n: u8, t: f64) -> f64 {
    (1..=n).map(|j| f64::from(j) / t).product()
}

/// The sum over all whole $`k`$ minus what belongs to $`1 - x`$, for $`x \le 0`$.
fn zeta_term_by_reflection(n: u8, x: f64) -> f64 {
    let odd = -sign(n); // (−1)ⁿ⁺¹
    let distance = x - x.round();
    if x.is_nan() || x.is_infinite() || (distance == 0.0 && odd < 0.0 && x != 0.0) {
        return f64::NAN;
    }
    if distance == 0.0 {
        return if odd < 0.0 { 1.0 / x } else { f64::INFINITY };
    }
    let near = distance.abs();
    let all = zeta_term(n, near) + odd * zeta_term(n, 1.0 - near);
    let mirrored = if distance < 0.0 { odd } else { 1.0 };
    mirrored * all - odd * zeta_term(n, 1.0 - x)
}

/// The positive root of $`\psi`$; mpmath at 60 digits.
const ROOT: f64 = 1.4616321449683622;
/// The root minus `ROOT`.
const ROOT_LOW: f64 = 9.549995429965697e-17;

/// $`B_{2k} / 2k`$, $`k = 1, 2, \dots`$; ten terms leave less than $`10^{-17}`$ at 10.
const ASYMPTOTIC: [f64; 10] = [
    1.0 / 12.0,
    -1.0 / 120.0,
    1.0 / 252.0,
    -1.0 / 240.0,
    1.0 / 132.0,
    -691.0 / 32760.0,
    1.0 / 12.0,
    -3617.0 / 8160.0,
    43867.0 / 14364.0,
    -174611.0 / 6600.0,
];

/// $`B_{2j} / (2j)!`$, $`j = 1, 2, \dots`$
const BERNOULLI_OVER_FACTORIAL: [f64; 11] = [
    0.08333333333333333,
    -0.001388888888888889,
    3.306878306878307e-05,
    -8.267195767195768e-07,
    2.08767569878681e-08,
    -5.284190138687493e-10,
    1.3382536530684679e-11,
    -3.3896802963225827e-13,
    8.586062056277845e-15,
    -2.174868698558062e-16,
    5.5090028283602295e-18,
];

/// Chebyshev coefficients of $`\psi(1 + x) / (1 + x - x_0)`$ on $`[0, 1]`$; mpmath at 60 digits, by the cosine sum
/// over 64 points.
const DIGAMMA_OVER_ROOT: [f64; 23] = [
    0.983570260441567,
    -0.2270640863346444,
    0.03336889902393011,
    -0.005320077271596548,
    0.0008788656937820505,
    -0.00014773492650606044,
    2.5060543468359146e-05,
    -4.2721034029993324e-06,
    7.302769272465923e-07,
    -1.2502886813559594e-07,
    2.1425009322359472e-08,
    -3.673295918565179e-09,
    6.299717236108931e-10,
    -1.080593028883266e-10,
    1.853735192053638e-11,
    -3.18023536582553e-12,
    5.456147570322795e-13,
    -9.360993131036438e-14,
    1.606064636295075e-14,
    -2.7555431377438815e-15,
    4.727736178601912e-16,
    -8.11148420346509e-17,
    1.391707769474154e-17,
];

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 8.0 * f64::EPSILON * b.abs()
    }

    #[test]
    fn values_by_hand() {
        let euler = 0.577_215_664_901_532_9;
        assert!(close(digamma(1.0), -euler) && close(digamma(2.0), 1.0 - euler));
        assert!(close(digamma(0.5), -euler - 4.0_f64.ln()));
        assert!((digamma(-0.5) - (2.0 - euler - 4.0_f64.ln())).abs() < 2e-15);
        assert!(close(trigamma(0.5), PI * PI / 2.0));
        assert!(close(trigamma(-0.5), PI * PI / 2.0 + 4.0));
        assert!(close(polygamma(3, 0.5), PI.powi(4)));
        assert!(close(polygamma(2, -0.5), polygamma(2, 0.5) + 16.0)); // ψ₂(x) = ψ₂(x + 1) − 2 / x³
        assert!(digamma(ROOT).abs() < 1e-16);
    }

    #[test]
    fn poles_and_limits() {
        assert_eq!(
            [0.0, -0.0, INFINITY].map(digamma),
            [-INFINITY, INFINITY, INFINITY]
        );
        assert_eq!(
            [0.0, -0.0, -3.0, INFINITY].map(trigamma),
            [INFINITY, INFINITY, INFINITY, 0.0]
        );
        assert_eq!([0.0, -0.0].map(|x| polygamma(2, x)), [-INFINITY, INFINITY]);
        for x in [-1.0, -1e15, -INFINITY, f64::NAN] {
            assert!(
                digamma(x).is_nan() && polygamma(2, x).is_nan(),
                "digamma({x})"
            );
        }
        assert!(trigamma(-INFINITY).is_nan() && trigamma(f64::NAN).is_nan());
    }

    #[test]
    fn nothing_underflows_or_overflows_on_the_way() {
        assert!(close(trigamma(1e300), 1e-300));
        assert!(close(digamma(1e-300), -1e300));
        assert!(polygamma(255, 1e3_f64).is_finite());
        assert!(Polygamma { order: 255 }.slope(1.0_f64, 0.0).is_nan());
    }
}
