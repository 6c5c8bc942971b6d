//! The regularized incomplete gamma functions: the gamma law's distribution function and its complement.

use super::continued_fraction::fraction;
use super::gamma_density::GammaDensity;
use super::polynomial::nearest_whole;
use super::scaled_tail::scaled_tail;
use super::stirling::{
    correction, exp_m1_minus, ln_1p_minus, ln_gamma_1p, reciprocal_gamma_1p, times_exp,
};
use super::tail;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::FRAC_2_SQRT_PI;

/// The lower regularized incomplete gamma function: the probability that a gamma draw is at most x.
///
/// ```math
/// P(a, x) = \frac{1}{\Gamma(a)} \int_0^x t^{a - 1} e^{-t} \, dt, \qquad
/// \frac{\partial P}{\partial x} = \frac{x^{a - 1} e^{-x}}{\Gamma(a)}
/// ```
///
/// `a` is the shape of the law. $`P(\tfrac k2, \tfrac x2)`$ is the $`\chi^2`$ distribution function with
/// $`k`$ degrees of freedom, and $`P(n, x)`$ the probability of at least $`n`$ events where $`x`$ are expected.
/// The slope in $`a`$ has no closed form, so the shape is a constant.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`P + Q = 1`$, both in $`[0, 1]`$ | `gamma_p_and_q_sum_to_one` |
/// | $`P(a + 1, x) = P(a, x) - x^a e^{-x} / \Gamma(a + 1)`$ | `gamma_p_loses_a_term_as_the_shape_grows` |
/// | $`P(1, x) = 1 - e^{-x}`$, $`P(\tfrac12, x) = \operatorname{erf} \sqrt x`$ | `gamma_p_of_one_and_one_half_are_elementary` |
/// | never falls | `the_incomplete_functions_never_fall` |
/// | the slope is the derivative | `slopes_of_the_incomplete_functions_are_derivatives` |
///
/// # Numerics
///
/// With $`D = x^a e^{-x} / \Gamma(a + 1)`$, whichever of the two is not near one is computed without subtraction:
///
/// - $`x \le \max(a, 1)`$: $`P = D \left( 1 + \frac{x}{a + 1} + \frac{x^2}{(a + 1)(a + 2)} + \cdots \right)`$;
/// - beyond, $`Q`$ by its continued fraction, or the sum of the second law for whole shapes and halves below 20;
/// - $`a = \tfrac12`$: $`\operatorname{erf} \sqrt x`$ and its complement;
/// - $`a < 1`$ and $`x \le 1`$: $`Q`$ by the series of $`1 - P`$, exact where $`P`$ rounds to one;
/// - $`a \ge 100`$: the side away from the mean by quadrature in $`v = \lvert \ln(t / x) \rvert`$,
///   $`a D \int_0^\infty e^{-\lvert x - a \rvert v - x (e^{\pm v} - 1 \mp v)} \, dv`$, in constant time for every $`a`$.
///
/// Relative error for shapes up to $`10^8`$: of the order of $`10^{-14}`$ around the mean. In the tails
/// it grows as $`\varepsilon \lvert \ln P \rvert`$, for the exponent of $`D`$ is rounded; the [table](crate#accuracy) says
/// how much of both was found.
///
/// $`P(a, 0) = 0`$, $`P(a, \infty) = 1`$; $`P(0, x) = 1`$ for $`x > 0`$ and $`P(\infty, x) = 0`$ for $`x < \infty`$;
/// NaN for negative arguments, $`P(0, 0)`$ and $`P(\infty, \infty)`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::gamma_p;
///
/// assert!((gamma_p(1.0, 2.0_f64) - (1.0 - (-2.0_f64).exp())).abs() < 1e-15); // exponential law
/// assert!((gamma_p(1e8, 1e8_f64) - 0.500_013_298_076_013).abs() < 1e-14);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §8.2, 8.7, 8.9, <https://dlmf.nist.gov/8>.
#[doc(alias = "gammainc")]
#[inline]
pub fn gamma_p<R: Real>(a: f64, x: R) -> R {
    x.apply(GammaP { shape: a })
}

/// The upper regularized incomplete gamma function: the probability that a gamma draw exceeds x.
///
/// ```math
/// Q(a, x) = \frac{1}{\Gamma(a)} \int_x^\infty t^{a - 1} e^{-t} \, dt = 1 - P(a, x)
/// ```
///
/// For large $`x`$, where $`P`$ rounds to one, it still has all its digits.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`P + Q = 1`$, both in $`[0, 1]`$ | `gamma_p_and_q_sum_to_one` |
/// | $`Q(n, x) = e^{-x} \sum_{k < n} x^k / k!`$ (Poisson) | `gamma_q_counts_poisson_events` |
/// | never rises | `the_incomplete_functions_never_fall` |
/// | the slope is the derivative | `slopes_of_the_incomplete_functions_are_derivatives` |
///
/// # Numerics
///
/// As [`gamma_p`].
///
/// # Examples
///
/// ```
/// use gradus_numeric::gamma_q;
///
/// assert!((gamma_q(1.0, 700.0_f64) / (-700.0_f64).exp() - 1.0).abs() < 1e-14);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §8.2, 8.9, <https://dlmf.nist.gov/8>.
#[doc(alias = "gammaincc")]
#[inline]
pub fn gamma_q<R: Real>(a: f64, x: R) -> R {
    x.apply(GammaQ { shape: a })
}

/// Both regularized incomplete gamma functions, each with all its digits.
///
/// ```math
/// (P(a, x), Q(a, x)), \qquad P + Q = 1
/// ```
///
/// As [`gamma_p`] and [`gamma_q`], for the price of one.
///
/// # Examples
///
/// ```
/// use gradus_numeric::gamma_pq;
///
/// let (p, q) = gamma_pq(1.0, 1e-20);
/// assert_eq!((p, q), (1e-20, 1.0));
/// ```
#[must_use]
pub fn gamma_pq(a: f64, x: f64) -> (f64, f64) {
    both(a, x)
}

/// The logarithms of both regularized incomplete gamma functions, finite where these underflow.
///
/// ```math
/// (\ln P(a, x), \ln Q(a, x))
/// ```
///
/// # Numerics
///
/// Where both are normal numbers, $`\ln`$ of the smaller one and $`\ln(1 - {}`$it$`)`$; beyond, the logarithm of the factor in
/// front of series, fraction or quadrature is added to that of theirs. Relative error of some ULP.
///
/// # Examples
///
/// ```
/// use gradus_numeric::ln_gamma_pq;
///
/// assert_eq!(ln_gamma_pq(1.0, 1e4), (0.0, -1e4)); // e^−10000 underflows
/// ```
#[must_use]
pub fn ln_gamma_pq(a: f64, x: f64) -> (f64, f64) {
    let (p, q) = both(a, x);
    if p.min(q) >= f64::MIN_POSITIVE || !inside(a, x) {
        return ln_pair(p, q);
    }
    let (below, factor) = if a >= LARGE {
        (x < a, a * tail_integral(a, x))
    } else if x > a.max(1.0) {
        (false, a * legendre_fraction(a, x))
    } else {
        (true, series(a, x))
    };
    let ln = ln_weight(a, x) + factor.ln();
    if below {
        (ln, -ln.exp())
    } else {
        (-ln.exp(), ln)
    }
}

/// Whether there is a law with this shape and x is inside of its support.
fn inside(a: f64, x: f64) -> bool {
    a > 0.0 && a.is_finite() && x > 0.0 && x.is_finite()
}

/// The logarithms of two complements.
pub(super) fn ln_pair(p: f64, q: f64) -> (f64, f64) {
    if p <= q {
        (p.ln(), (-p).ln_1p())
    } else {
        ((-q).ln_1p(), q.ln())
    }
}

/// The row of [`gamma_p`](crate::gamma_p).
#[derive(Clone, Copy, Debug)]
pub struct GammaP {
    /// The first argument $`a`$.
    pub shape: f64,
}
impl Unary for GammaP {
    fn value(self, x: f64) -> f64 {
        both(self.shape, x).0
    }
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        x.apply(GammaDensity { shape: self.shape })
    }
}

/// The row of [`gamma_q`](crate::gamma_q).
#[derive(Clone, Copy, Debug)]
pub struct GammaQ {
    /// The first argument $`a`$.
    pub shape: f64,
}
impl Unary for GammaQ {
    fn value(self, x: f64) -> f64 {
        both(self.shape, x).1
    }
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        -x.apply(GammaDensity { shape: self.shape })
    }
}

/// $`(P, Q)`$, each relatively exact.
pub(super) fn both(a: f64, x: f64) -> (f64, f64) {
    if !(a >= 0.0 && x >= 0.0) || (a == 0.0 && x == 0.0) || (a.is_infinite() && x.is_infinite()) {
        (f64::NAN, f64::NAN)
    } else if x == 0.0 || a.is_infinite() {
        (0.0, 1.0)
    } else if a == 0.0 || x.is_infinite() {
        (1.0, 0.0)
    } else {
        with_weight(a, x, || weight(a, x))
    }
}

/// $`(P, Q)`$ inside of the domain, with what [`weight`] gives.
pub(super) fn with_weight(a: f64, x: f64, weight: impl Fn() -> f64) -> (f64, f64) {
    if a >= LARGE {
        by_quadrature(a, x, a * weight())
    } else if a == 0.5 && x < 0.2 {
        let p = libm::erf(x.sqrt());
        (p, 1.0 - p)
    } else if x > a.max(1.0) || a == 0.5 {
        let q = upper(a, x, weight).min(1.0);
        (1.0 - q, q)
    } else {
        let p = (weight() * series(a, x)).min(1.0);
        if a < 1.0 && p > 0.5 {
            (p, complement(a, x))
        } else {
            (p, 1.0 - p)
        }
    }
}

/// $`Q`$ for $`x > \max(a, 1)`$.
fn upper(a: f64, x: f64, weight: impl Fn() -> f64) -> f64 {
    let (whole, rest) = nearest_whole(a);
    if a < CLOSED && rest == 0.0 {
        upper_sum(1.0, 1.0, whole - 1, x)
    } else if a < CLOSED && rest.abs() == 0.5 {
        let first = 2.0 * scaled_tail((2.0 * x).sqrt()); // eˣ erfc √x
        upper_sum(0.5, first, whole - usize::from(rest < 0.0), x)
    } else {
        a * weight() * legendre_fraction(a, x)
    }
}

/// $`Q(a_0 + n, x)`$ from $`e^x Q(a_0, x)`$ for $`a_0`$ = ½ or 1, a sum of positive terms.
///
/// ```math
/// e^x Q(a_0 + n, x) = e^x Q(a_0, x) + \sum_{k = 0}^{n - 1} \frac{x^{a_0 + k}}{\Gamma(a_0 + k + 1)}
/// ```
fn upper_sum(start: f64, first: f64, n: usize, x: f64) -> f64 {
    if x > BEYOND {
        return 0.0; // no power of the sum lifts e⁻ˣ; it may overflow
    }
    let (mut sum, mut shape) = (first, start);
    let mut term = if start == 0.5 {
        FRAC_2_SQRT_PI * x.sqrt()
    } else {
        x
    };
    for _ in 0..n {
        sum += term;
        shape += 1.0;
        term *= x / shape;
    }
    times_exp(sum, -x)
}

/// $`D(a, x) = x^a e^{-x} / \Gamma(a + 1)`$.
///
/// From 20 on by Stirling's formula, whose exponent $`a (\ln \tfrac xa - \tfrac{x - a}{a})`$ does not cancel.
pub(super) fn weight(a: f64, x: f64) -> f64 {
    if a < 20.0 {
        if x > BEYOND {
            return 0.0; // no power lifts e⁻ˣ; it may overflow
        }
        return times_exp(x.powf(a) * reciprocal_gamma_1p(a), -x);
    }
    stirling_exponent(a, x).exp() / (2.0 * std::f64::consts::PI * a).sqrt()
}

/// $`\ln D(a, x)`$.
fn ln_weight(a: f64, x: f64) -> f64 {
    if a < 20.0 {
        return a * x.ln() - x + reciprocal_gamma_1p(a).ln();
    }
    stirling_exponent(a, x) - 0.5 * (2.0 * std::f64::consts::PI * a).ln()
}

/// $`a (\ln \tfrac xa - \tfrac{x - a}{a}) - \delta(a)`$.
fn stirling_exponent(a: f64, x: f64) -> f64 {
    let excess = (x - a) / a;
    let exponent = if x < 0.4 * a {
        (x / a).ln() - excess
    } else {
        ln_1p_minus(excess)
    };
    a * exponent - correction(a)
}

/// $`1 + \frac{x}{a + 1} + \frac{x^2}{(a + 1)(a + 2)} + \cdots`$ for $`x \le \max(a, 1)`$.
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut n) = (1.0, 1.0, a);
    for _ in 0..MOST_STEPS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term <= sum * TINY {
            break;
        }
    }
    sum
}

/// $`1 - P`$ for $`a < 1`$, $`x \le 1`$, from $`P = (1 + u)(1 + s)`$ with small $`u`$ and $`s`$.
///
/// ```math
/// u = \frac{x^a}{\Gamma(a + 1)} - 1, \qquad s = \sum_{n \ge 1} \frac{a}{a + n} \frac{(-x)^n}{n!}
/// ```
fn complement(a: f64, x: f64) -> f64 {
    let u = (a * x.ln() - ln_gamma_1p(a)).exp_m1();
    let (mut s, mut term, mut n) = (0.0, a, 0.0);
    while term != 0.0 && n < 30.0 {
        n += 1.0;
        term *= -x / n;
        s += term / (a + n);
    }
    (-u - (1.0 + u) * s).clamp(0.0, 1.0)
}

/// $`\cfrac{1}{x + 1 - a - \cfrac{1 (1 - a)}{x + 3 - a - \cfrac{2 (2 - a)}{x + 5 - a - \cdots}}}`$, DLMF 8.9.2.
fn legendre_fraction(a: f64, x: f64) -> f64 {
    let first = x + 1.0 - a;
    fraction(first, |n| (n * (a - n), first + 2.0 * n))
}

/// The smaller side of the mean by quadrature.
fn by_quadrature(a: f64, x: f64, weight: f64) -> (f64, f64) {
    if weight == 0.0 {
        return if x < a { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let side = (weight * tail_integral(a, x)).min(1.0);
    if x < a {
        (side, 1.0 - side)
    } else {
        (1.0 - side, side)
    }
}

/// $`\int_0^\infty e^{-\lvert x - a \rvert v - x (e^{\pm v} - 1 \mp v)} \, dv`$.
fn tail_integral(a: f64, x: f64) -> f64 {
    let (slope, sign) = ((x - a).abs(), if x < a { -1.0 } else { 1.0 });
    tail::integral(slope, x, |v| slope * v + x * exp_m1_minus(sign * v))
}

/// Below this shape, whole ones and halves have sums of a few terms.
const CLOSED: f64 = 20.0;
/// From here on $`Q`$ is 0 in double precision for all shapes below [`CLOSED`].
const BEYOND: f64 = 2000.0;
/// From this shape on the quadrature takes fewer steps than series and fraction.
const LARGE: f64 = 100.0;
/// No series needs as many steps; a few hundred at most.
const MOST_STEPS: usize = 2000;
/// Terms below are not seen.
const TINY: f64 = f64::EPSILON / 4.0;

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn limits_and_outside() {
        for a in [1e-300, 0.5, 1.0, 1.5, 10.0, 19.9, 30.0, 1e5, 1e300] {
            assert_eq!((gamma_p(a, 0.0), gamma_q(a, 0.0)), (0.0, 1.0));
            assert_eq!((gamma_p(a, INFINITY), gamma_q(a, INFINITY)), (1.0, 0.0));
            assert_eq!((gamma_p(a, f64::MAX), gamma_q(a, f64::MAX)), (1.0, 0.0));
        }
        assert_eq!((gamma_p(0.0, 1.0), gamma_p(INFINITY, 1.0)), (1.0, 0.0));
        for (a, x) in [
            (0.0, 0.0),
            (INFINITY, INFINITY),
            (-1.0, 1.0),
            (1.0, -1.0),
            (f64::NAN, 1.0),
            (1.0, f64::NAN),
        ] {
            assert!(gamma_p(a, x).is_nan() && gamma_q(a, x).is_nan(), "{a} {x}");
        }
    }

    /// Where x^a overflows, e^(−x) is still zero.
    #[test]
    fn a_power_that_overflows_is_no_probability() {
        for (a, x) in [(1.01, 1e306), (2.0, 1e155), (10.0, 1e31), (19.9, 1e16)] {
            assert_eq!((gamma_p(a, x), gamma_q(a, x)), (1.0, 0.0), "{a} {x}");
        }
        assert_eq!(
            (gamma_p(10.0, 1e31_f32), gamma_q(10.0, 1e31_f32)),
            (1.0, 0.0)
        );
    }

    #[test]
    fn the_exponential_law() {
        for x in [1e-300, 1e-10, 0.5, 1.0, 2.0, 30.0, 700.0_f64] {
            let (p, q) = both(1.0, x);
            assert!((p / -(-x).exp_m1() - 1.0).abs() < 4e-15, "{x}: {p}");
            assert!((q / (-x).exp() - 1.0).abs() < 4e-15, "{x}: {q}");
        }
    }

    #[test]
    fn a_tiny_shape_keeps_the_digits_of_its_upper_tail() {
        // Q(a, 1) → a E₁(1), E₁(1) = 0.21938393439552029
        assert!((gamma_q(1e-100, 1.0) / 0.219_383_934_395_520_3e-100 - 1.0_f64).abs() < 1e-14);
    }
}
