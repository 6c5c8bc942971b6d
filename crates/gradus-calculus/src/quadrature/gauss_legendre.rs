//! Gauss's quadrature with any number of points.

use super::span::Span;
use crate::error::CalculusError;
use crate::evaluation::{evaluate, in_range};
use gradus_numeric::CompensatedSum;
use std::f64::consts::PI;

/// The integral over one finite interval by Gauss's rule with n `points`.
///
/// ```math
/// \int_a^b f(x)\,dx \approx \frac{b-a}{2} \sum_{i=1}^{n} w_i \, f\!\left(\tfrac{a+b}{2} + \tfrac{b-a}{2}\, t_i\right),
/// \qquad P_n(t_i) = 0, \quad w_i = \frac{2}{(1 - t_i^2) \, P_n'(t_i)^2}
/// ```
///
/// with the Legendre polynomial $`P_n`$. Points and weights are 2n numbers, and the rule is exact for all polynomials of degree
/// $`2 n - 1`$, which have as many coefficients: no rule with n points does better.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exact for polynomials of degree $`2n - 1`$ | `gauss_legendre_is_exact_up_to_its_degree` |
/// | not exact for $`P_n^2`$, whose integral it takes for 0 | `gauss_legendre_is_not_exact_beyond_its_degree` |
/// | a constant times the length, also of far narrow, huge and tiny intervals | `rules_take_intervals_of_any_place_and_width` |
///
/// # Numerics
///
/// The roots of $`P_n`$ are found by Newton's method from Tricomi's guess, with the recurrence for value and slope: $`O(n^2)`$ operations.
/// Weights have fifteen digits for ten points; for a thousand, at least twelve. It tells no error:
/// [`gauss_kronrod`](crate::gauss_kronrod) and [`integrate`](crate::integrate) do. An end is evaluated only where it is the number nearest
/// to a point: on an interval of a few machine numbers.
///
/// # Errors
///
/// [`CalculusError::Domain`] if an end is not finite, or for no points or more than 1000; [`CalculusError::NonFinite`] with the point at
/// which `f` is not finite; [`CalculusError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::gauss_legendre;
///
/// // Two points, at ±1/√3: exact for cubics.
/// let area = gauss_legendre(|x| x * x * x + x * x, -1.0, 1.0, 2)?;
/// assert!((area - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// C. F. Gauss, *Methodus nova integralium valores per approximationem inveniendi* (1814); W. H. Press et al., *Numerical Recipes*,
/// 3rd ed., 2007, §4.6.
pub fn gauss_legendre(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    points: usize,
) -> Result<f64, CalculusError> {
    let span = Span::new(a, b)?;
    if points == 0 || points > MOST {
        return Err(CalculusError::Domain {
            name: "points",
            value: points as f64,
            domain: "1 to 1000",
        });
    }
    let (center, mut sum) = (f64::midpoint(a, b), CompensatedSum::default());
    for i in 0..points {
        // halves of a node and of a weight, since that of a length may be no number
        let (node, weight) = node(points, i);
        let x = center + span.unit * (span.length * (0.5 * node));
        sum.add(span.length * (0.5 * weight) * evaluate(&f, x)?);
    }
    in_range(span.unit * sum.value())
}

/// Root i of $`P_n`$ from the right, and its weight.
fn node(n: usize, i: usize) -> (f64, f64) {
    let mut t = (PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
    if 2 * i + 1 == n {
        t = 0.0; // the one in the middle, exactly
    }
    for _ in 0..STEPS {
        let (value, slope) = legendre(n, t);
        let step = value / slope;
        t -= step;
        if step.abs() <= f64::EPSILON {
            break;
        }
    }
    let (value, slope) = legendre(n, t);
    let square = (1.0 - t) * (1.0 + t);
    // The weight of the root itself, of which t is the rounded one: next to an end that is much to a weight.
    let moved = 2.0 * t * (value / slope) / square;
    (t, 2.0 / (square * slope * slope) * (1.0 + moved))
}

/// $`P_n(t)`$ and $`P_n'(t)`$, by $`(k + 1) P_{k+1} = (2 k + 1) t P_k - k P_{k-1}`$.
fn legendre(n: usize, t: f64) -> (f64, f64) {
    let (mut before, mut last) = (1.0, t);
    for k in 1..n {
        let k = k as f64;
        (before, last) = (last, ((2.0 * k + 1.0) * t * last - k * before) / (k + 1.0));
    }
    let slope = n as f64 * (before - t * last) / ((1.0 - t) * (1.0 + t));
    (last, slope)
}

/// The most points: the outermost weights then still have twelve digits, the others more.
const MOST: usize = 1000;

/// Steps of Newton's method, of which the guess needs three or four.
const STEPS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_weights_by_hand() {
        let (one, whole) = node(1, 0);
        assert!(one.abs() < 1e-16 && (whole - 2.0).abs() < 1e-15);
        let (t, w) = node(2, 0);
        assert!((t - 1.0 / 3.0_f64.sqrt()).abs() < 1e-15 && (w - 1.0).abs() < 1e-15);
        let (t, w) = node(3, 0);
        assert!((t - 0.6_f64.sqrt()).abs() < 1e-15 && (w - 5.0 / 9.0).abs() < 1e-15);
        assert!(node(3, 1).0.abs() < 1e-16 && (node(3, 1).1 - 8.0 / 9.0).abs() < 1e-15);
    }

    /// mpmath, 40 digits; the roots are so near to 1 that their rounding changes the weight by 2e-11.
    #[test]
    fn outermost_weights_of_many_points_keep_twelve_digits() {
        for (i, weight) in [(0, 7.413_338_416_432_072e-6), (1, 1.725_676_977_373_919e-5)] {
            let (_, found) = node(1000, i);
            assert!((found / weight - 1.0).abs() < 5e-12, "{i}: {found:e}");
        }
    }

    #[test]
    fn what_makes_no_rule_is_refused() {
        assert!(gauss_legendre(|x| x, 0.0, 1.0, 0).is_err());
        assert!(gauss_legendre(|x| x, 0.0, 1.0, 1001).is_err());
        assert!(gauss_legendre(|x| x, 0.0, f64::NAN, 3).is_err());
        let pole = gauss_legendre(|x| 1.0 / x, -1.0, 1.0, 1);
        assert!(matches!(pole, Err(CalculusError::NonFinite { .. })));
        let many = gauss_legendre(f64::exp, 0.0, 1.0, 1000).unwrap();
        assert!((many - 1.0_f64.exp_m1()).abs() < 1e-12);
    }
}
