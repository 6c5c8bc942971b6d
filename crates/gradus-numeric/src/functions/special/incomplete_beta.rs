//! The regularized incomplete beta function, the beta law's distribution function.

use super::beta_density::BetaDensity;
use super::continued_fraction::fraction;
use super::incomplete_gamma::ln_pair;
use super::ln_beta::ln_beta;
use super::stirling::{
    correction, exp_m1_minus, ln_1p_minus, ln_gamma_1p, ln_gamma_step, ln_gamma_step_minus,
    reciprocal_gamma, reciprocal_gamma_1p,
};
use super::tail;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;
use std::f64::consts::PI;

/// The regularized incomplete beta function: the probability that a beta draw is at most x.
///
/// ```math
/// I_x(a, b) = \frac{1}{\mathrm{B}(a, b)} \int_0^x t^{a - 1} (1 - t)^{b - 1} \, dt, \qquad
/// \frac{\partial I_x}{\partial x} = \frac{x^{a - 1} (1 - x)^{b - 1}}{\mathrm{B}(a, b)}
/// ```
///
/// $`I_p(k, n - k + 1)`$ is the probability of at least $`k`$ successes in $`n`$ trials; Student's and Fisher's laws are
/// the same function of other arguments. The slopes in $`a`$ and $`b`$ have no closed form, so the two are
/// constants.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`I_x(a, b) + I_{1 - x}(b, a) = 1`$, in $`[0, 1]`$ | `beta_regularized_and_its_mirror_sum_to_one` |
/// | $`I_{1/2}(a, a) = \tfrac12`$ | `a_symmetric_beta_has_half_of_its_mass_below_one_half` |
/// | $`I_x(a, 1) = x^a`$ | `beta_regularized_with_one_is_a_power` |
/// | $`I_x(a + 1, b) = I_x(a, b) - x^a (1 - x)^b / (a \mathrm{B}(a, b))`$ | `beta_regularized_loses_a_term_as_the_shape_grows` |
/// | never falls | `the_incomplete_functions_never_fall` |
/// | the slope is the derivative | `slopes_of_the_incomplete_functions_are_derivatives` |
///
/// # Numerics
///
/// The side of the mean that does not hold the larger part is computed without subtraction, from $`x^a (1 - x)^b / \mathrm{B}(a, b)`$ times
///
/// - a continued fraction, if one of $`a, b`$ is below 4000;
/// - otherwise an integral over the log-odds $`v`$ between $`x`$ and the draw, by quadrature in constant time;
/// - a series for $`a < 1`$ and small $`x`$ (or the mirror image), whose complement is exact too.
///
/// Relative error for shapes up to $`10^8`$, equal and far apart: of the order of $`10^{-14}`$ around the mean.
/// In the tails it grows as $`\varepsilon \lvert \ln I \rvert`$, for the exponent of the power is rounded; the
/// [table](crate#accuracy) says how much of both was found.
///
/// 0 at $`x = 0`$, 1 at $`x = 1`$; a law with $`a = 0`$ or $`b = \infty`$ has all its mass at 0, with $`b = 0`$ or
/// $`a = \infty`$ at 1. NaN where both happen, outside of $`[0, 1]`$ and for negative shapes.
///
/// # Examples
///
/// ```
/// use gradus_numeric::beta_regularized;
///
/// assert!((beta_regularized(1e8, 1e8, 0.5_f64) - 0.5).abs() < 1e-15);
/// assert!((beta_regularized(2.0, 2.0, 0.25_f64) - 0.15625).abs() < 1e-16); // 3x² − 2x³
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §8.17, <https://dlmf.nist.gov/8.17>;
/// A. R. Didonato and A. H. Morris, *Algorithm 708*, ACM Trans. Math. Softw. 18 (1992), 360–373,
/// <https://doi.org/10.1145/131766.131776> (the division into cases and the continued fraction).
#[doc(alias = "betainc")]
#[inline]
pub fn beta_regularized<R: Real>(a: f64, b: f64, x: R) -> R {
    x.apply(BetaRegularized { a, b })
}

/// The regularized incomplete beta function and its complement, each with all its digits, at x with y $`= 1 - x`$ given.
///
/// ```math
/// (I_x(a, b), I_y(b, a))
/// ```
///
/// For callers that know $`1 - x`$ better than the subtraction does, for example for Student's law, where it is $`t^2 / (\nu + t^2)`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::beta_pq;
///
/// let (p, q) = beta_pq(1.0, 2.0, 1.0, 1e-30); // (1 − y²), y²
/// assert!(p == 1.0 && (q / 1e-60 - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn beta_pq(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    both(a, b, x, y)
}

/// The logarithms of both sides, finite where these underflow.
///
/// ```math
/// (\ln I_x(a, b), \ln I_y(b, a))
/// ```
///
/// # Numerics
///
/// As [`ln_gamma_pq`](crate::ln_gamma_pq).
///
/// # Examples
///
/// ```
/// use gradus_numeric::ln_beta_pq;
///
/// let (ln_p, _) = ln_beta_pq(1e4, 1.0, 0.25, 0.75); // ¼ to the 10 000
/// assert!((ln_p / (1e4 * 0.25_f64.ln()) - 1.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn ln_beta_pq(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let (p, q) = both(a, b, x, y);
    let open = a > 0.0 && b > 0.0 && x > 0.0 && y > 0.0 && a.max(b) <= HUGE;
    if p.min(q) >= f64::MIN_POSITIVE || !open {
        return ln_pair(p, q);
    }
    if p <= q {
        let ln = ln_lower(a, b, x, y);
        (ln, -ln.exp())
    } else {
        let ln = ln_lower(b, a, y, x);
        (-ln.exp(), ln)
    }
}

/// The logarithm of the lower side, far below the mean.
fn ln_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let factor = if a.min(b) >= LARGE {
        lower_integral(a, b, x, y)
    } else if a < 1.0 {
        return a * x.ln() - a.ln() - ln_beta(a, b); // the leading term: x is below 10⁻³⁰⁰
    } else {
        lower_fraction(a, b, x, y)
    };
    ln_weight(a, b, x, y) + factor.ln()
}

/// The row of [`beta_regularized`](crate::beta_regularized).
#[derive(Clone, Copy, Debug)]
pub struct BetaRegularized {
    /// The shape at 0.
    pub a: f64,
    /// The shape at 1.
    pub b: f64,
}
impl Unary for BetaRegularized {
    fn value(self, x: f64) -> f64 {
        both(self.a, self.b, x, 1.0 - x).0
    }
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        x.apply(BetaDensity {
            a: self.a,
            b: self.b,
        })
    }
}

/// $`(I, 1 - I)`$, each relatively exact, at `x` with `y` $`= 1 - x`$.
pub(super) fn both(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let all_at_zero = a == 0.0 || b.is_infinite();
    let all_at_one = b == 0.0 || a.is_infinite();
    if !(a >= 0.0 && b >= 0.0 && x >= 0.0 && y >= 0.0) || (all_at_zero && all_at_one) {
        (f64::NAN, f64::NAN)
    } else if y == 0.0 || (all_at_zero && x > 0.0) {
        (1.0, 0.0)
    } else if x == 0.0 || all_at_one {
        if all_at_zero { (1.0, 0.0) } else { (0.0, 1.0) }
    } else if a.max(b) > HUGE {
        of_huge_shapes(a, b, x, y)
    } else {
        inside(a, b, x, y)
    }
}

/// By smaller shapes.
fn of_huge_shapes(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if a > b {
        return swap(of_huge_shapes(b, a, y, x));
    }
    let (a, b, scale) = shrunk(a, b);
    let x = (x / scale).min(1.0);
    both(a, b, x, 1.0 - x)
}

/// Smaller shapes for $`a \le b`$ and a factor $`s`$, for which $`x / s`$ has the law of $`x`$.
///
/// Of two huge shapes a multiple is the same point. Beside one, $`b x`$ has the law of a gamma variable with shape $`a`$,
/// whatever $`b`$.
pub(super) fn shrunk(a: f64, b: f64) -> (f64, f64, f64) {
    if a > STEEP {
        (a * SHRINK, b * SHRINK, 1.0)
    } else {
        (a, b * SHRINK, SHRINK)
    }
}

fn inside(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    with_weight(a, b, x, y, || weight(a, b, x, y))
}

/// $`(I, 1 - I)`$ for shapes that are not huge, inside of the interval, with what [`weight`] gives.
pub(super) fn with_weight(a: f64, b: f64, x: f64, y: f64, weight: impl Fn() -> f64) -> (f64, f64) {
    let from_zero = |factor: fn(f64, f64, f64, f64) -> f64| {
        with_complement(times(weight(), || factor(a, b, x, y)))
    };
    let from_one = |factor: fn(f64, f64, f64, f64) -> f64| {
        swap(with_complement(times(weight(), || factor(b, a, y, x))))
    };
    if a.min(b) >= LARGE {
        if mean_excess(a, b, x, y) <= 0.0 {
            from_zero(lower_integral)
        } else {
            from_one(lower_integral)
        }
    } else if a < 1.0 && x * b.max(1.0) <= 0.7 {
        near_zero(a, b, x)
    } else if b < 1.0 && y * a.max(1.0) <= 0.7 {
        swap(near_zero(b, a, y))
    } else if a >= 1.0 && (b < 1.0 || mean_excess(a, b, x, y) <= 0.0) {
        from_zero(lower_fraction)
    } else {
        from_one(lower_fraction)
    }
}

/// The product; 0 where the first factor underflows, whatever the other one.
fn times(weight: f64, factor: impl Fn() -> f64) -> f64 {
    if weight == 0.0 {
        0.0
    } else {
        weight * factor()
    }
}

fn with_complement(p: f64) -> (f64, f64) {
    let p = p.min(1.0);
    (p, 1.0 - p)
}

pub(super) fn swap((p, q): (f64, f64)) -> (f64, f64) {
    (q, p)
}

/// $`b x - a y`$, the distance of $`x`$ from the mean times $`a + b`$.
///
/// From the smaller of $`x`$ and $`y`$: the larger one is a rounded complement, which would cost
/// $`\varepsilon a`$ of a number of the size $`\sqrt a`$.
fn mean_excess(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x > y {
        return -mean_excess(b, a, y, x);
    }
    let (bx, ax) = (b * x, a * x);
    let head = bx - a;
    let roundings = (bx - (head + a)) + b.mul_add(x, -bx) + a.mul_add(x, -ax);
    head + ax + roundings
}

/// $`x^a y^b / \mathrm{B}(a, b)`$.
pub(super) fn weight(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if a > b {
        weight(b, a, y, x)
    } else if a >= 10.0 {
        weight_of_large(a, b, x, y)
    } else if b >= 10.0 {
        let exponent = b * ln_of_complement(x, y) + ln_gamma_step_minus(b, a);
        let (base, reciprocal) = (x * (a + b), reciprocal_gamma(a));
        let decay = exponent.exp();
        let product = base.powf(a) * decay * reciprocal;
        // a decay below the normal numbers has lost digits, and the power may lift it
        if decay.is_normal() && product > 0.0 && product.is_finite() {
            product
        } else {
            (a * base.ln() + exponent + reciprocal.ln()).exp()
        }
    } else {
        x.powf(a) * y.powf(b) * reciprocal_gamma(a) * gamma_quotient(b, a)
    }
}

/// $`\Gamma(b + a) / \Gamma(b)`$ for shapes below 10.
///
/// The rounding error $`e`$ of the sum $`c`$ would cost $`\psi(c) e`$, with $`\psi(c) \approx \ln c - 1 / (2c)`$ up to 8 roundings of the result.
fn gamma_quotient(b: f64, a: f64) -> f64 {
    let c = b + a;
    let e = a.min(b) - (c - a.max(b));
    let made_good = 1.0 + (e * c.ln() - 0.5 * (e / c));
    reciprocal_gamma(b) / reciprocal_gamma(c) * made_good
}

/// $`\ln(x^a y^b / \mathrm{B}(a, b))`$.
fn ln_weight(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if a > b {
        ln_weight(b, a, y, x)
    } else if a >= 10.0 {
        let c = a + b;
        0.5 * (a / c * b / (2.0 * PI)).ln() + exponent_of_large(a, b, x, y)
    } else if b >= 10.0 {
        let exponent = b * ln_of_complement(x, y) + ln_gamma_step_minus(b, a);
        a * (x * (a + b)).ln() + exponent + reciprocal_gamma(a).ln()
    } else {
        a * ln_of_complement(y, x) + b * ln_of_complement(x, y) - ln_beta(a, b)
    }
}

/// By Stirling's formula, whose exponent vanishes at the mean.
fn weight_of_large(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let height = a / (a + b) * b / (2.0 * PI);
    let exponent = exponent_of_large(a, b, x, y);
    let decay = exponent.exp();
    if decay.is_normal() {
        height.sqrt() * decay
    } else {
        (0.5 * height.ln() + exponent).exp() // the height may lift it
    }
}

fn exponent_of_large(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let c = a + b;
    let excess = mean_excess(a, b, x, y);
    let exponent =
        a * ln_ratio_minus(x * (c / a), excess / a) + b * ln_ratio_minus(y * (c / b), -excess / b);
    let corrections = correction(a) + (correction(b) - correction(c));
    exponent - corrections
}

/// $`\ln r - t`$ with $`r = 1 + t`$, from the one of the two that has more digits.
fn ln_ratio_minus(ratio: f64, t: f64) -> f64 {
    if (0.4..=2.5).contains(&ratio) {
        ln_1p_minus(t)
    } else {
        ratio.ln() - t
    }
}

/// $`\ln y`$ for $`y = 1 - x`$.
fn ln_of_complement(x: f64, y: f64) -> f64 {
    if x < 0.5 { (-x).ln_1p() } else { y.ln() }
}

/// What the lower side is in units of [`weight`], for `x` below the mean or `b < 1`: with $`\lambda = a y - b x`$,
///
/// ```math
/// I = \frac{x^a y^b}{\mathrm{B}(a, b)} \cfrac{1}{\beta_0 + \cfrac{\alpha_1}{\beta_1 + \cfrac{\alpha_2}{\beta_2 + \cdots}}},
/// \qquad \alpha_n = \frac{(a + n - 1) (a + b + n - 1)}{(a + 2n - 1)^2} \, n (b - n) x^2, \qquad
/// \beta_n = n + \frac{n (b - n) x}{a + 2n - 1} + \frac{a + n}{a + 2n + 1} (\lambda + 1 + n (1 + y))
/// ```
///
/// The fraction of Didonato and Morris (`BFRAC` there). The small difference $`\lambda`$ enters as such; DLMF 8.17.22
/// has to find it in $`1 - x`$ and loses as many digits as the larger shape has. It exceeds −1, so that $`\beta_0 > 0`$:
/// below the mean it is positive, and for `b < 1` the series takes the rest.
fn lower_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let lambda = -mean_excess(a, b, x, y);
    fraction(a / (a + 1.0) * (lambda + 1.0), |n| {
        let odd = a + 2.0 * n - 1.0;
        let share = n * (b - n) * x / odd;
        let alpha = share * ((a + n - 1.0) / odd * (a + b + n - 1.0) * x);
        let beta = n + share + (a + n) / (odd + 2.0) * (lambda + 1.0 + n * (1.0 + y));
        (alpha, beta)
    })
}

/// $`(I, 1 - I)`$ for $`a < 1`$ and $`x \max(b, 1) \le 0.7`$, from $`I = (1 + u)(1 + s)`$.
///
/// ```math
/// u = \frac{x^a}{a \mathrm{B}(a, b)} - 1, \qquad
/// s = \sum_{n \ge 1} \frac{a}{a + n} \frac{(1 - b) \cdots (n - b)}{n!} x^n
/// ```
fn near_zero(a: f64, b: f64, x: f64) -> (f64, f64) {
    let (mut s, mut term, mut n) = (0.0, a, 0.0);
    for _ in 0..MOST_STEPS {
        n += 1.0;
        term *= (n - b) / n * x;
        s += term / (a + n);
        if term.abs() <= TINY * a * (a + n) * 0.01 {
            break;
        }
    }
    if a >= 0.25 && b < 10.0 {
        let p = x.powf(a) * reciprocal_gamma_1p(a) * gamma_quotient(b, a) * (1.0 + s);
        if p <= 0.5 {
            return (p.max(0.0), 1.0 - p);
        }
    }
    // by the logarithm, which keeps the digits of the complement, and of a power that hardly falls
    let exponent = if b < 10.0 {
        a * x.ln() + (ln_gamma_step(b, a) - ln_gamma_1p(a))
    } else {
        a * (x * (a + b)).ln() + (ln_gamma_step_minus(b, a) - ln_gamma_1p(a))
    };
    let u = exponent.exp_m1();
    let p = (exponent.exp() * (1.0 + s)).clamp(0.0, 1.0);
    let q = if p > 0.5 {
        (-u - (1.0 + u) * s).clamp(0.0, 1.0)
    } else {
        1.0 - p
    };
    (p, q)
}

/// What the lower side is in units of [`weight`], for `x` below the mean.
///
/// With $`t / (1 - t) = e^{-v} x / y`$ and $`\kappa = a y - b x`$, $`I = w \int_0^\infty e^{-h(v)} \, dv`$ where
///
/// ```math
/// h(v) = \kappa v + (a + b) \left( \ln(1 + x (e^{-v} - 1)) + x v \right)
///      = \kappa v + (a + b) \left( \ln(1 + y (e^v - 1)) - y v \right)
/// ```
fn lower_integral(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let (slope, c) = (-mean_excess(a, b, x, y), a + b);
    let (share, sign) = if x <= 0.5 { (x, -1.0) } else { (y, 1.0) };
    tail::integral(slope, c * x * y, |v| {
        let v = sign * v;
        sign * slope * v + c * (ln_1p_minus(share * v.exp_m1()) + share * exp_m1_minus(v))
    })
}

/// From these shapes on the quadrature takes less time than the fraction, which needs a hundred steps at the mean.
const LARGE: f64 = 4000.0;
/// Shapes beyond could overflow.
pub(super) const HUGE: f64 = 1e300;
/// The law of two shapes from here on is a point, for all 53 digits.
const STEEP: f64 = 1e40;
/// 2⁻¹⁰.
const SHRINK: f64 = 1.0 / 1024.0;
/// No series needs as many steps; a few hundred at most.
const MOST_STEPS: usize = 5000;
/// Terms below are not seen.
const TINY: f64 = f64::EPSILON / 4.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::special::incomplete_gamma::{gamma_p, gamma_pq};

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn ends_and_outside() {
        for (a, b) in [
            (1e-300, 2.0),
            (0.5, 0.5),
            (1.0, 3.0),
            (1e5, 1e-5),
            (1e8, 1e8),
            (1e300, 1e308),
        ] {
            assert_eq!(
                [0.0, 1.0].map(|x| beta_regularized(a, b, x)),
                [0.0, 1.0],
                "{a} {b}"
            );
        }
        for (a, b, x) in [
            (-1.0, 1.0, 0.5),
            (1.0, -1.0, 0.5),
            (1.0, 1.0, -0.1),
            (1.0, 1.0, 1.1),
            (0.0, 0.0, 0.5),
            (INFINITY, INFINITY, 0.5),
            (f64::NAN, 1.0, 0.5),
            (1.0, 1.0, f64::NAN),
        ] {
            assert!(beta_regularized(a, b, x).is_nan(), "{a} {b} {x}");
        }
    }

    #[test]
    fn points_of_mass() {
        assert_eq!(
            [0.0, 0.5, 1.0].map(|x| beta_regularized(0.0, 2.0, x)),
            [1.0; 3]
        );
        assert_eq!(
            [0.0, 0.5, 1.0].map(|x| beta_regularized(2.0, 0.0, x)),
            [0.0, 0.0, 1.0]
        );
        assert_eq!(beta_regularized(2.0, INFINITY, 0.5), 1.0);
        assert_eq!(beta_regularized(INFINITY, 2.0, 0.5), 0.0);
    }

    #[test]
    fn polynomials() {
        for x in [1e-100, 1e-5, 0.25, 0.5, 0.9, 1.0 - 1e-10_f64] {
            let close = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 4e-15, "{x}: {a} {b}");
            close(beta_regularized(1.0, 1.0, x), x);
            close(beta_regularized(2.0, 2.0, x), x * x * (3.0 - 2.0 * x));
            close(both(1.0, 3.0, x, 1.0 - x).1, (1.0 - x).powi(3));
        }
    }

    /// statrs#434: −1.147 there.
    #[test]
    fn a_large_symmetric_law_has_its_median_at_one_half() {
        for a in [1e-3, 1.0, 99.0, 101.0, 1e5, 1e8, 1e300] {
            assert!(
                (beta_regularized(a, a, 0.5) - 0.5_f64).abs() < 1e-14,
                "{a}: {}",
                beta_regularized(a, a, 0.5)
            );
        }
    }

    #[test]
    fn one_huge_shape_leaves_a_gamma_law() {
        for (a, bx) in [(2.0, 3.0), (0.5, 0.25), (1e10, 1.00001e10), (50.0, 20.0)] {
            let expected = gamma_p(a, bx);
            for b in [1e299, 1e301, 1e307, f64::MAX] {
                let p = beta_regularized(a, b, bx / b);
                assert!(
                    (p / expected - 1.0).abs() < 1e-9,
                    "{a} {b} {bx}: {p} {expected}"
                );
                assert_eq!(beta_regularized(b, a, bx / b), 0.0);
            }
        }
        // where the exponential alone is below the normal numbers
        for (a, bx) in [(9.9, 731.0), (9.9, 720.0), (40.0, 760.0), (90.0, 850.0)] {
            let (b, expected) = (7e298, gamma_pq(a, bx).1);
            let q = both(a, b, bx / b, 1.0).1;
            assert!(
                (q / expected - 1.0).abs() < 1e-11,
                "{a} {bx}: {q:e} {expected:e}"
            );
        }
        assert_eq!(beta_regularized(1e10, 1e307, 5e-324), 0.0);
        assert_eq!(beta_regularized(2.0, 1e301, 0.5), 1.0);
    }

    #[test]
    fn a_tiny_probability_of_a_small_shape_keeps_its_digits() {
        let p = beta_regularized(0.5, 1.0, 1e-80);
        assert!((p / 1e-40_f64 - 1.0).abs() < 1e-13, "{p}"); // √x
    }
}
