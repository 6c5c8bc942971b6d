//! The inverses of the incomplete gamma and beta functions: quantiles of the gamma and beta laws.

use super::beta_density::BetaDensity;
use super::gamma::ln_gamma;
use super::gamma_density::GammaDensity;
use super::incomplete_beta::{self, shrunk, swap};
use super::incomplete_gamma;
use super::ln_beta::ln_beta;
use super::normal::normal_quantile;
use super::stirling::ln_gamma_1p;
use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The inverse of the lower regularized incomplete gamma function: the quantile of a gamma law.
///
/// ```math
/// P(a, x) = p, \qquad \frac{\partial x}{\partial p} = \frac{\Gamma(a)}{x^{a - 1} e^{-x}}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`P(a, P^{-1}(a, p)) = p`$ | `gamma_p_undoes_its_inverse` |
/// | found for shapes from $`10^{-300}`$ to $`10^{300}`$ | `quantiles_of_any_shape_are_found` |
/// | $`P^{-1}(1, p) = -\ln(1 - p)`$ | `gamma_p_inverse_of_one_is_a_logarithm` |
/// | the slope is the derivative | `slopes_of_the_quantiles_are_derivatives` |
///
/// # Numerics
///
/// Halley's iteration on the logarithm of the smaller of $`P`$ and $`Q`$ as a function of $`\ln x`$, of which the second derivative costs nothing
/// more. Both are concave (the law of $`\ln x`$ has a log-concave density), so that Newton's iteration, which replaces it far from the root, comes
/// to one side of the root after its first step and stays there; a bracket guards both against rounding. It ends with the step after which the
/// third power of the step is not seen: usually the first, second or third, of 100 at most.
/// The result is as good as the function and its condition allow: for shapes up to $`10^8`$,
/// $`\lvert P(a, x) - p \rvert \le 4 \varepsilon p (1 + \lvert \ln p \rvert + \kappa)`$ ([measured](crate#accuracy)) with
/// the condition $`\kappa = \frac xp \frac{\partial P}{\partial x}`$, the relative change of $`P`$ by that of $`x`$.
///
/// 0 at $`p = 0`$ (and where the quantile underflows, as for tiny shapes), $`+\infty`$ at 1; 0 everywhere for
/// $`a = 0`$ and $`+\infty`$ for $`a = \infty`$. NaN outside of $`[0, 1]`$ and for negative shapes.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{gamma_p, gamma_p_inverse};
///
/// let median = gamma_p_inverse(1.0, 0.5_f64);
/// assert!((median - std::f64::consts::LN_2).abs() < 1e-15);
/// assert!((gamma_p(3.0, gamma_p_inverse(3.0, 0.9_f64)) - 0.9).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §8.12, <https://dlmf.nist.gov/8.12>; M. Bagnoli and T.
/// Bergstrom, *Log-concave probability and its applications*, Economic Theory 26 (2005), 445–469,
/// <https://doi.org/10.1007/s00199-004-0514-4>, theorems 1 and 3.
#[doc(alias = "gammaincinv")]
#[inline]
pub fn gamma_p_inverse<R: Real>(a: f64, p: R) -> R {
    p.apply(GammaPInverse { shape: a })
}

/// The inverse of the upper regularized incomplete gamma function: what a gamma draw exceeds with probability q.
///
/// ```math
/// Q(a, x) = q
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q(a, Q^{-1}(a, q)) = q`$ | `gamma_q_undoes_its_inverse` |
/// | the slope is the derivative | `slopes_of_the_quantiles_are_derivatives` |
///
/// # Numerics
///
/// As [`gamma_p_inverse`]; it keeps the digits of a `q` so small that $`1 - q`$ rounds to one.
///
/// # Examples
///
/// ```
/// use gradus_numeric::gamma_q_inverse;
///
/// assert!((gamma_q_inverse(1.0, 1e-300_f64) / (300.0 * 10.0_f64.ln()) - 1.0).abs() < 1e-15);
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §8.12, <https://dlmf.nist.gov/8.12>.
#[doc(alias = "gammainccinv")]
#[inline]
pub fn gamma_q_inverse<R: Real>(a: f64, q: R) -> R {
    q.apply(GammaQInverse { shape: a })
}

/// The inverse of the regularized incomplete beta function: the quantile of a beta law.
///
/// ```math
/// I_x(a, b) = p, \qquad \frac{\partial x}{\partial p} = \frac{\mathrm{B}(a, b)}{x^{a - 1} (1 - x)^{b - 1}}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`I(a, b, I^{-1}(a, b, p)) = p`$ | `beta_regularized_undoes_its_inverse` |
/// | found for shapes from $`10^{-300}`$ to $`10^{300}`$ | `quantiles_of_any_shape_are_found` |
/// | found far below the median | `quantiles_of_a_long_tail_are_found` |
/// | $`I^{-1}(a, 1, p) = p^{1/a}`$ | `beta_inverse_with_one_is_a_power` |
/// | the slope is the derivative | `slopes_of_the_quantiles_are_derivatives` |
///
/// # Numerics
///
/// As [`gamma_p_inverse`], as a function of the log-odds $`\ln(x / (1 - x))`$, with $`x`$ and $`1 - x`$ carried
/// side by side. 0 at $`p = 0`$, 1 at $`p = 1`$; NaN outside of $`[0, 1]`$ and unless both shapes are positive and
/// finite.
///
/// # Examples
///
/// ```
/// use gradus_numeric::beta_regularized_inverse;
///
/// assert!((beta_regularized_inverse(2.0, 2.0, 0.15625_f64) - 0.25).abs() < 1e-15); // 3x² − 2x³
/// ```
///
/// # References
///
/// NIST *Digital Library of Mathematical Functions*, §8.17, <https://dlmf.nist.gov/8.17>.
#[doc(alias = "betaincinv")]
#[inline]
pub fn beta_regularized_inverse<R: Real>(a: f64, b: f64, p: R) -> R {
    p.apply(BetaRegularizedInverse { a, b })
}

/// The x with $`P(a, x) = p`$ and $`Q(a, x) = q`$, from the smaller of two numbers that sum to one.
///
/// As [`gamma_p_inverse`] and [`gamma_q_inverse`], for callers that hold both tails.
///
/// # Examples
///
/// ```
/// use gradus_numeric::gamma_pq_inverse;
///
/// assert!((gamma_pq_inverse(1.0, 1.0, 1e-100) / (100.0 * 10.0_f64.ln()) - 1.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn gamma_pq_inverse(a: f64, p: f64, q: f64) -> f64 {
    gamma_root(a, p, q)
}

/// The x and $`y = 1 - x`$ with $`I_x(a, b) = p`$ and $`I_y(b, a) = q`$, from the smaller of two numbers that sum to one.
///
/// As [`beta_regularized_inverse`]; it keeps the digits of a point next to 1.
///
/// # Examples
///
/// ```
/// use gradus_numeric::beta_pq_inverse;
///
/// let (x, y) = beta_pq_inverse(1.0, 2.0, 1.0, 1e-60);
/// assert!(x == 1.0 && (y / 1e-30 - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn beta_pq_inverse(a: f64, b: f64, p: f64, q: f64) -> (f64, f64) {
    beta_root(a, b, p, q)
}

/// The row of [`gamma_p_inverse`](crate::gamma_p_inverse).
#[derive(Clone, Copy, Debug)]
pub struct GammaPInverse {
    /// The first argument $`a`$.
    pub shape: f64,
}
impl Unary for GammaPInverse {
    fn value(self, p: f64) -> f64 {
        gamma_root(self.shape, p, 1.0 - p)
    }
    fn slope<R: Real>(self, _p: R, y: R) -> R {
        R::from_f64(1.0) / y.apply(GammaDensity { shape: self.shape })
    }
}

/// The row of [`gamma_q_inverse`](crate::gamma_q_inverse).
#[derive(Clone, Copy, Debug)]
pub struct GammaQInverse {
    /// The first argument $`a`$.
    pub shape: f64,
}
impl Unary for GammaQInverse {
    fn value(self, q: f64) -> f64 {
        gamma_root(self.shape, 1.0 - q, q)
    }
    fn slope<R: Real>(self, _q: R, y: R) -> R {
        R::from_f64(-1.0) / y.apply(GammaDensity { shape: self.shape })
    }
}

/// The row of [`beta_regularized_inverse`](crate::beta_regularized_inverse).
#[derive(Clone, Copy, Debug)]
pub struct BetaRegularizedInverse {
    /// The shape at 0.
    pub a: f64,
    /// The shape at 1.
    pub b: f64,
}
impl Unary for BetaRegularizedInverse {
    fn value(self, p: f64) -> f64 {
        beta_root(self.a, self.b, p, 1.0 - p).0
    }
    fn slope<R: Real>(self, _p: R, y: R) -> R {
        R::from_f64(1.0)
            / y.apply(BetaDensity {
                a: self.a,
                b: self.b,
            })
    }
}

/// The root of $`P(a, x) = p`$, $`Q(a, x) = q`$, whichever is smaller.
fn gamma_root(a: f64, p: f64, q: f64) -> f64 {
    if !(a >= 0.0 && p >= 0.0 && q >= 0.0) {
        return f64::NAN;
    }
    if p == 0.0 || a == 0.0 {
        return 0.0;
    }
    if q == 0.0 || a.is_infinite() {
        return f64::INFINITY;
    }
    let start = if a < 1.0 {
        ((ln_of(p, q) + ln_gamma_1p(a)) / a).exp() // P = xᵃ / Γ(a + 1) for small x
    } else {
        of_cubes(a, p, q)
    };
    if start == 0.0 {
        return 0.0;
    }
    root(
        start,
        |x, step| x * step.exp(),
        |x| {
            let weight = incomplete_gamma::weight(a, x);
            let sides = if x > 0.0 && x.is_finite() {
                incomplete_gamma::with_weight(a, x, || weight)
            } else {
                incomplete_gamma::both(a, x)
            };
            Local::of((p, q), sides, a * weight, (a - x, -x))
        },
    )
}

/// A point near the quantile of the gamma law with $`a \ge 1`$: the cube root of a draw is nearly normal (E. B. Wilson and M. M. Hilferty, 1931);
/// far below by the leading power.
fn of_cubes(a: f64, p: f64, q: f64) -> f64 {
    let root = 1.0 - 1.0 / (9.0 * a) + z_score(p, q) / (3.0 * a.sqrt());
    if root > 0.3 {
        a * root * root * root
    } else {
        ((p.ln() + ln_gamma(a + 1.0)) / a).exp()
    }
}

/// $`x`$ and $`y = 1 - x`$ with $`I_x(a, b) = p`$, $`1 - I_x(a, b) = q`$, whichever is smaller.
fn beta_root(a: f64, b: f64, p: f64, q: f64) -> (f64, f64) {
    if !(a > 0.0 && b > 0.0 && p >= 0.0 && q >= 0.0) || a.is_infinite() || b.is_infinite() {
        return (f64::NAN, f64::NAN);
    }
    if p == 0.0 {
        return (0.0, 1.0);
    }
    if q == 0.0 {
        return (1.0, 0.0);
    }
    if a.max(b) > incomplete_beta::HUGE {
        return beta_root_of_huge_shapes(a, b, p, q);
    }
    let start = if p <= 0.5 && a < 1.0 {
        (p.ln() + a.ln() + ln_beta(a, b)) / a // I = xᵃ / (a B) for small x
    } else if p >= 0.5 && b < 1.0 {
        -(q.ln() + b.ln() + ln_beta(a, b)) / b
    } else {
        let middle = of_cumulants(a, b, z_score(p, q));
        if middle.is_nan() {
            0.0 // of the smallest shapes: infinities, or no spread of infinite width
        } else {
            middle.clamp(-600.0, 600.0)
        }
    };
    let start = move_odds((0.5, 0.5), start.clamp(-FARTHEST, FARTHEST));
    if start.0 == 0.0 || start.1 == 0.0 {
        return start;
    }
    root(start, move_odds, |(x, y)| {
        let weight = incomplete_beta::weight(a, b, x, y);
        let sides = if x > 0.0 && y > 0.0 {
            incomplete_beta::with_weight(a, b, x, y, || weight)
        } else {
            incomplete_beta::both(a, b, x, y)
        };
        let bend = -(a + b) * x * y;
        Local::of((p, q), sides, weight, (a * y - b * x, bend))
    })
}

/// The log-odds of a beta draw at the normal quantile z, by Cornish's and Fisher's expansion from their cumulants.
///
/// The n-th cumulant is $`\psi^{(n - 1)}(a) + (-1)^n \psi^{(n - 1)}(b)`$; for a start, $`\psi(a) \approx \ln(a + \tfrac12) - \tfrac1a`$ and the derivatives of that
/// are near enough.
fn of_cumulants(a: f64, b: f64, z: f64) -> f64 {
    let (u, v) = (1.0 / a, 1.0 / b);
    let (s, t) = (1.0 / (a + 0.5), 1.0 / (b + 0.5));
    let mean = (t / s).ln() - u + v;
    let variance = s + u * u + t + v * v;
    let deviation = variance.sqrt();
    if z.abs() > 4.0 || variance > 1e60 {
        return mean + z * deviation; // the expansion diverges, or its powers overflow
    }
    let third = (t * t + 2.0 * v * v * v) - (s * s + 2.0 * u * u * u);
    let fourth = 2.0 * (s * s * s + t * t * t) + 6.0 * (u.powi(4) + v.powi(4));
    // one quotient after the other: the square of a tiny variance underflows
    let (skewness, kurtosis) = (third / variance / deviation, fourth / variance / variance);
    let square = z * z;
    let bent = skewness * (square - 1.0) / 6.0
        + z * (kurtosis * (square - 3.0) / 24.0
            - skewness * skewness * (2.0 * square - 5.0) / 36.0);
    mean + (z + bent) * deviation
}

/// By smaller shapes.
fn beta_root_of_huge_shapes(a: f64, b: f64, p: f64, q: f64) -> (f64, f64) {
    if a > b {
        return swap(beta_root_of_huge_shapes(b, a, q, p));
    }
    let (a, b, scale) = shrunk(a, b);
    let x = scale * beta_root(a, b, p, q).0;
    (x, 1.0 - x)
}

/// Multiplies the odds $`x / y`$ of two numbers that sum to one by $`e^s`$.
fn move_odds((x, y): (f64, f64), step: f64) -> (f64, f64) {
    const UNDERFLOWS: f64 = 700.0;
    if step.abs() > UNDERFLOWS {
        return move_odds(move_odds((x, y), 0.5 * step), 0.5 * step);
    }
    let shrink = (-step.abs()).exp();
    let (x, y) = if step > 0.0 {
        (x, y * shrink)
    } else {
        (x * shrink, y)
    };
    (x / (x + y), y / (x + y))
}

/// $`\ln p`$ of two numbers that sum to one: where p rounds to 1, q still tells how far below it is.
fn ln_of(p: f64, q: f64) -> f64 {
    if p <= q { p.ln() } else { (-q).ln_1p() }
}

/// $`\ln(a / b)`$, with the digits of a small difference and those of a small quotient.
fn ln_ratio(a: f64, b: f64) -> f64 {
    let change = (a - b) / b;
    if change.abs() < 0.5 {
        change.ln_1p()
    } else {
        (a / b).ln()
    }
}

/// The normal quantile, from the smaller tail.
fn z_score(p: f64, q: f64) -> f64 {
    if p <= q {
        normal_quantile(p)
    } else {
        -normal_quantile(q)
    }
}

/// A rising function that should be 0, the logarithm of a probability over what it should be, at a point.
struct Local {
    residual: f64,
    slope: f64,
    bend: f64,  // the second derivative over the slope
    third: f64, // a bound of c² / 4 − d / 6 with that c and the third derivative d over the slope
}

impl Local {
    /// From the smaller side of `wanted`. `weight` is the slope of the left probability, and the right one falls as fast; `change` are the
    /// first two derivatives of its logarithm.
    fn of((p, q): (f64, f64), (left, right): (f64, f64), weight: f64, change: (f64, f64)) -> Self {
        let (residual, slope, bend) = if p <= q {
            let slope = weight / left;
            (ln_ratio(left, p), slope, change.0 - slope)
        } else {
            let slope = weight / right;
            (-ln_ratio(right, q), slope, change.0 + slope)
        };
        let third = bend * bend / 12.0 + (change.1.abs() + slope * bend.abs()) / 6.0;
        Self {
            residual,
            slope,
            bend,
            third,
        }
    }

    /// How far Newton's method goes from here to the root, and Halley's; the latter where the bend is small on this way.
    fn step(&self) -> f64 {
        let newton = -self.residual / self.slope;
        let bent = 0.5 * self.bend * newton;
        if bent.abs() < 0.5 {
            newton / (1.0 + bent)
        } else {
            newton
        }
    }

    /// Whether nothing is left to be done after a step of Halley's, whose error is the third power of the step, times a constant; over a long step
    /// it is no constant.
    fn is_last(&self, step: f64) -> bool {
        let length = step.abs();
        self.residual.abs() <= 2.0 * f64::EPSILON
            || length <= 1.0 && length * self.third * length * length <= 0.25 * f64::EPSILON
    }
}

/// Halley's iteration for a rising function, guarded by a bracket; positions are counted from the start.
fn root<S: Copy>(start: S, advance: impl Fn(S, f64) -> S, f: impl Fn(S) -> Local) -> S {
    let (mut origin, mut offset, mut position, mut stride) = (start, 0.0, 0.0, 1.0);
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..MOST_STEPS {
        let state = advance(origin, offset);
        let local = f(state);
        // Where numbers end there is no slope, and no way back.
        if local.slope > 0.0 && local.slope.is_finite() {
            (origin, offset) = (state, 0.0);
        }
        if local.residual < 0.0 {
            low = position;
        } else {
            high = position;
        }
        let direct = local.step();
        let inside = (low..=high).contains(&(position + direct));
        let step = if direct.is_finite() && inside {
            direct
        } else if low.is_finite() && high.is_finite() {
            0.5 * (low + high) - position
        } else {
            stride *= 2.0;
            if local.residual < 0.0 {
                stride
            } else {
                -stride
            }
        };
        let step = step.clamp(-FARTHEST, FARTHEST);
        offset += step;
        position += step;
        if step.abs() <= f64::EPSILON || (step == direct && local.is_last(step)) {
            break;
        }
    }
    advance(origin, offset)
}

/// The logarithm of a number, and of odds, goes no further from one end of the numbers to the other.
const FARTHEST: f64 = 1500.0;
/// One to three steps are usual; bisection alone would take 60.
const MOST_STEPS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::special::incomplete_beta::beta_regularized;

    const INFINITY: f64 = f64::INFINITY;

    /// What bounds the error of a step next to the start is no bound of it where a step of 33 or 145 ends.
    #[test]
    fn a_long_step_is_not_the_last() {
        for (a, b, p) in [
            (1.0, 4e-51, 6e-249),
            (1.045, 0.103, 4.36e-11),
            (1.0275, 0.1055, 4.39e-11),
        ] {
            let found = beta_regularized(a, b, beta_regularized_inverse(a, b, p));
            assert!((found / p - 1.0).abs() < 1e-14, "{a} {b} {p:e}: {found:e}");
        }
    }

    /// A probability far below what is wanted keeps the digits of their quotient.
    #[test]
    fn quotients_near_and_far_from_one() {
        assert_eq!(ln_ratio(1.0 + f64::EPSILON, 1.0), f64::EPSILON.ln_1p());
        assert_eq!(ln_ratio(1e-9, 1.0), 1e-9_f64.ln());
        assert_eq!(ln_ratio(0.0, 1.0), -INFINITY);
    }

    #[test]
    fn ends_and_outside() {
        for a in [1e-300, 0.18, 1.0, 50.0, 1e8] {
            assert_eq!([0.0, 1.0].map(|p| gamma_p_inverse(a, p)), [0.0, INFINITY]);
            assert_eq!([0.0, 1.0].map(|q| gamma_q_inverse(a, q)), [INFINITY, 0.0]);
            assert_eq!(
                [0.0, 1.0].map(|p| beta_regularized_inverse(a, 2.0, p)),
                [0.0, 1.0]
            );
        }
        for p in [-0.1, 1.1, INFINITY, f64::NAN] {
            assert!(gamma_p_inverse(1.0, p).is_nan() && gamma_q_inverse(1.0, p).is_nan());
            assert!(beta_regularized_inverse(1.0, 1.0, p).is_nan());
        }
        assert!(
            gamma_p_inverse(-1.0, 0.5_f64).is_nan()
                && beta_regularized_inverse(0.0, 1.0, 0.5_f64).is_nan()
        );
    }

    #[test]
    fn an_upper_tail_as_small_as_the_shape() {
        // Q(a, x) = a E₁(x) and 1 − I_x(a, b) = a (ln(1/x) + …) for such a
        for a in [1e-290, 1e-250, 1e-100, 1e-19] {
            for share in [1e-3, 0.5, 3.0, 40.0, 600.0, 631.0] {
                let q = a * share;
                let x = gamma_pq_inverse(a, 1.0 - q, q); // the rounding of 1 − q is no part of the question
                let (_, found) = incomplete_gamma::both(a, x);
                assert!((found / q - 1.0).abs() < 1e-12, "{a:e} {share}: {x:e}");
                let (x, y) = beta_pq_inverse(a, 2.0, 1.0, q);
                let (_, found) = incomplete_beta::both(a, 2.0, x, y);
                assert!((found / q - 1.0).abs() < 1e-12, "{a:e} {share}: {x:e}");
                assert_eq!(beta_pq_inverse(2.0, a, q, 1.0), (y, x));
            }
            assert!(gamma_pq_inverse(a, 1.0, 1e3 * a) < f64::MIN_POSITIVE);
        }
    }

    /// statrs#373: NaN there. The law has shape and rate 0.18.
    #[test]
    fn the_quartile_of_a_gamma_law_with_small_shape() {
        let quartile = gamma_p_inverse(0.18, 0.25) / 0.18;
        assert!((quartile - 1.6167e-3_f64).abs() < 5e-8, "{quartile}");
    }

    #[test]
    fn a_quantile_that_underflows_is_zero() {
        assert_eq!(gamma_p_inverse(1e-5, 0.1), 0.0); // 10^−100000
        assert_eq!(beta_regularized_inverse(1e-5, 2.0, 0.1), 0.0);
        assert_eq!(beta_regularized_inverse(2.0, 1e-5, 0.9), 1.0);
        // Found by steps beyond the smallest number, not from the start.
        for (a, b, p) in [(1e-5, 0.5, 0.9), (1e-7, 2.0, 0.7), (2.4e-8, 0.5, 0.8)] {
            assert!(beta_regularized_inverse(a, b, p) < f64::MIN_POSITIVE);
            assert_eq!(beta_regularized_inverse(b, a, 1.0 - p), 1.0);
        }
    }

    #[test]
    fn the_least_and_the_largest_shapes_have_quantiles() {
        for tiny in [1e-300, 1e-308, 5e-324] {
            for p in [0.1, 0.5, 0.7] {
                // Nearly all of the mass is at one end.
                assert_eq!(beta_regularized_inverse(1.0, tiny, p), 1.0, "{tiny} {p}");
                assert!(beta_regularized_inverse(tiny, 1.0, p) < f64::MIN_POSITIVE);
            }
        }
        for p in [0.1, 0.5, 0.7] {
            assert_eq!(beta_regularized_inverse(f64::MAX, f64::MAX, p), 0.5);
            let point = beta_regularized_inverse(1e300, f64::MAX, p) * (f64::MAX / 1e300);
            assert!((point - 1.0).abs() < 1e-7, "{point}");
        }
        assert_eq!(
            [0.0, 1.0].map(|p| beta_regularized_inverse(1e300, f64::MAX, p)),
            [0.0, 1.0]
        );
    }

    /// Beside a huge shape, b x has a gamma law.
    #[test]
    fn one_huge_shape_leaves_a_gamma_law() {
        for (a, p) in [(2.0, 0.1), (2.0, 0.9), (0.3, 0.5), (1e10, 0.7)] {
            let expected = gamma_p_inverse(a, p);
            for b in [1e301, 1e307, f64::MAX] {
                let x = beta_regularized_inverse(a, b, p) * b;
                assert!((x / expected - 1.0).abs() < 1e-13, "{a} {b} {p}: {x}");
                let y = 1.0 - beta_regularized_inverse(b, a, p);
                assert_eq!(y, 0.0, "{a} {b} {p}");
            }
        }
        assert_eq!(beta_regularized_inverse(5e-324, 1e307, 0.5), 0.0);
        assert_eq!(beta_regularized_inverse(1e307, 5e-324, 0.5), 1.0);
    }

    #[test]
    fn quantiles_in_closed_form() {
        let close = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 8.0 * f64::EPSILON, "{a} {b}");
        close(gamma_p_inverse(1.0, 0.75), 4.0_f64.ln());
        close(gamma_q_inverse(1.0, 1e-100), 100.0 * 10.0_f64.ln());
        close(beta_regularized_inverse(1.0, 1.0, 0.3), 0.3);
        close(beta_regularized_inverse(1e8, 1e8, 0.5), 0.5);
        close(beta_regularized_inverse(2.0, 1.0, 1e-200), 1e-100);
    }
}
