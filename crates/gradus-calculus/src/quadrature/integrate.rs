//! Adaptive quadrature over finite and infinite intervals.

use super::gauss_kronrod::{Panel, ROUNDING, panel};
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, in_range, tolerance_from};
use gradus_numeric::compensated_sum;

/// The integral of a function over an interval, finite or infinite.
///
/// ```math
/// \int_a^b f(x)\,dx, \qquad \text{error} \le \text{tolerance} \cdot \int_a^b |f(x)|\,dx
/// ```
///
/// The interval whose error estimate is greatest is halved, again and again, and each half gets a 21-point
/// rule ([`gauss_kronrod`](crate::gauss_kronrod)), until the estimates add up to less than the tolerance
/// allows. So the points gather where the function is difficult. The tolerance is relative to the integral
/// of the magnitude: it can be met even where positive and negative parts cancel, and does not change when
/// `f` is multiplied by a constant.
///
/// An infinite end is brought to a finite place by $`x = a + (1-t)/t`$, $`dx = -dt / t^2`$. If `b < a`, the
/// integral is the negative of the one from `b` to `a`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\int_a^b f' = f(b) - f(a)`$ | `the_integral_of_a_derivative_is_the_difference` |
/// | $`\int_a^b + \int_b^c = \int_a^c`$ | `integrals_over_adjacent_intervals_add` |
/// | $`\int_a^b = -\int_b^a`$, to the bit | `exchanging_the_ends_changes_the_sign` |
/// | $`\int (\alpha f + g) = \alpha \int f + \int g`$ | `integration_is_linear` |
/// | $`f \le g \implies \int f \le \int g`$ | `integration_keeps_order` |
/// | $`\int 2^k f = 2^k \int f`$, to the bit | `scaling_by_powers_of_two_is_exact` |
/// | $`\int_{-\infty}^\infty f(x - m)\,dx`$ does not depend on m | `shifting_a_function_over_the_whole_line_keeps_its_integral` |
/// | the error estimate covers the error | `integrate_knows_its_error` |
/// | evaluations are bounded | `evaluations_are_bounded` |
///
/// # Numerics
///
/// Ends are never evaluated, so $`\int_0^1 x^{-1/2}\,dx`$ is found; a singularity or a jump inside is
/// narrowed down by halving, at 42 evaluations a halving and at most 1000 halvings. A function of which every
/// one of the first 21 points shows 0 has the integral 0: split the interval at a narrow peak.
///
/// # Errors
///
/// [`CalculusError::Domain`] if an end is NaN, or `tolerance` is below $`100 \varepsilon`$ (rounding leaves no
/// less) or not finite; [`CalculusError::NonFinite`] with the point at which `f` is not finite;
/// [`CalculusError::DidNotConverge`] after 1000 halvings, as for $`\int_0^1 dx/x`$;
/// [`CalculusError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::integrate;
///
/// let area = integrate(|x| x * x, 0.0, 3.0, 1e-12)?;
/// assert!((area.value - 9.0).abs() <= 1e-12 * 9.0);
///
/// let bell = integrate(|x| (-x * x / 2.0).exp(), f64::NEG_INFINITY, f64::INFINITY, 1e-12)?;
/// assert!((bell.value.powi(2) - 2.0 * std::f64::consts::PI).abs() < 1e-11);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// R. Piessens et al., *QUADPACK*, Springer 1983, §3 (routines QAG and QAGI),
/// <https://doi.org/10.1007/978-3-642-61786-7>.
#[doc(alias = "quadrature")]
pub fn integrate(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let tolerance = tolerance_from(tolerance, 2.0 * ROUNDING)?;
    let (a, b) = (not_nan("a", a)?, not_nan("b", b)?);
    if a > b {
        return forward(f, b, a, tolerance).map(negative);
    }
    forward(f, a, b, tolerance)
}

/// The integral from `a` to `b`, with $`a \le b`$.
fn forward(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let f = |x| evaluate(&f, x);
    match (a.is_finite(), b.is_finite()) {
        _ if a == b => Ok(Estimate {
            value: 0.0,
            error: 0.0,
        }),
        (true, true) => adaptive(f, a, b, tolerance),
        (true, false) => adaptive(|t| Ok(f(a + outward(t))? / t / t), 0.0, 1.0, tolerance),
        (false, true) => adaptive(|t| Ok(f(b - outward(t))? / t / t), 0.0, 1.0, tolerance),
        (false, false) => {
            let both_sides = |x: f64| Ok(f(x)? + f(-x)?);
            adaptive(|t| Ok(both_sides(outward(t))? / t / t), 0.0, 1.0, tolerance)
        }
    }
}

/// The way from the finite end, $`(1-t)/t`$: from 0 at $`t = 1`$ to infinity at $`t = 0`$.
fn outward(t: f64) -> f64 {
    (1.0 - t) / t
}

/// Halves the worst panel until the errors add up to little enough.
fn adaptive(
    f: impl Fn(f64) -> Result<f64, CalculusError>,
    a: f64,
    b: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let mut panels = vec![panel(&f, a, b)?];
    while total(&panels, |p| p.error)? > tolerance * total(&panels, |p| p.magnitude)? {
        let worst = worst(&panels);
        let Panel { a, b, .. } = panels[worst];
        let middle = 0.5 * a + 0.5 * b;
        let can_be_halved = a < middle && middle < b;
        if panels.len() > MAX_HALVINGS || !can_be_halved {
            return Err(CalculusError::DidNotConverge {
                iterations: panels.len() - 1,
                residual: total(&panels, |p| p.error)?,
            });
        }
        panels[worst] = panel(&f, a, middle)?;
        panels.push(panel(&f, middle, b)?);
    }
    Ok(Estimate {
        value: total(&panels, |p| p.value)?,
        error: total(&panels, |p| p.error)?,
    })
}

/// The sum over all panels. (A thousand additions cost less than one panel.)
fn total(panels: &[Panel], of: fn(&Panel) -> f64) -> Result<f64, CalculusError> {
    let terms: Vec<f64> = panels.iter().map(of).collect();
    in_range(compensated_sum(&terms))
}

/// Where the error is greatest; of equals, the first.
fn worst(panels: &[Panel]) -> usize {
    let better = |best: usize, i: usize| {
        if panels[i].error > panels[best].error {
            i
        } else {
            best
        }
    };
    (0..panels.len()).fold(0, better)
}

fn not_nan(name: &'static str, value: f64) -> Result<f64, CalculusError> {
    if value.is_nan() {
        return Err(CalculusError::Domain { name, value });
    }
    Ok(value)
}

fn negative(estimate: Estimate) -> Estimate {
    Estimate {
        value: -estimate.value,
        ..estimate
    }
}

/// How often an interval may be halved in all.
const MAX_HALVINGS: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    const INFINITY: f64 = f64::INFINITY;

    fn value(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
        integrate(f, a, b, 1e-12).unwrap().value
    }

    #[test]
    fn the_half_circle_has_area_half_pi() {
        let area = value(|x| (1.0 - x * x).sqrt(), -1.0, 1.0);
        assert!((area - PI / 2.0).abs() < 1e-12);
    }

    #[test]
    fn singular_ends_are_integrated() {
        assert!((value(|x| x.sqrt().recip(), 0.0, 1.0) - 2.0).abs() < 2e-12);
        assert!((value(f64::ln, 0.0, 1.0) + 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_jump_is_found() {
        let step = |x: f64| f64::from(u8::from(x > 1.0 / 3.0));
        assert!((value(step, 0.0, 1.0) - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn all_four_kinds_of_interval_agree() {
        let cauchy = |x: f64| 1.0 / (1.0 + x * x);
        assert!((value(cauchy, 0.0, 1.0) - PI / 4.0).abs() < 1e-12);
        assert!((value(cauchy, 1.0, INFINITY) - PI / 4.0).abs() < 1e-12);
        assert!((value(cauchy, -INFINITY, -1.0) - PI / 4.0).abs() < 1e-12);
        assert!((value(cauchy, -INFINITY, INFINITY) - PI).abs() < 1e-11);
        assert!((value(cauchy, INFINITY, -INFINITY) + PI).abs() < 1e-11);
    }

    #[test]
    fn an_empty_interval_has_integral_zero() {
        assert_eq!(value(|_| f64::NAN, 2.0, 2.0), 0.0);
        assert_eq!(value(|_| f64::NAN, INFINITY, INFINITY), 0.0);
        assert_eq!(value(|_| 0.0, 0.0, INFINITY), 0.0);
    }

    #[test]
    fn divergent_integrals_do_not_converge() {
        for (a, b) in [(0.0, 1.0), (1.0, INFINITY)] {
            let error = integrate(|x| 1.0 / x, a, b, 1e-10).unwrap_err();
            assert!(
                matches!(error, CalculusError::DidNotConverge { .. }),
                "{error}"
            );
        }
    }

    #[test]
    fn the_point_that_is_not_finite_is_named_in_the_original_variable() {
        let error = integrate(|x| 1.0 / (x - 1.0), 0.0, INFINITY, 1e-10).unwrap_err();
        let value = INFINITY;
        assert_eq!(error, CalculusError::NonFinite { at: 1.0, value });
    }

    #[test]
    fn a_tolerance_below_rounding_is_refused() {
        for tolerance in [0.0, -1.0, 1e-15, f64::NAN, INFINITY] {
            let error = integrate(|x| x, 0.0, 1.0, tolerance).unwrap_err();
            assert!(matches!(
                error,
                CalculusError::Domain {
                    name: "tolerance",
                    ..
                }
            ));
        }
        assert!(integrate(|x| x, f64::NAN, 1.0, 1e-9).is_err());
    }

    #[test]
    fn an_integral_beyond_the_range_is_an_error() {
        assert_eq!(
            integrate(|_| 1e308, 0.0, 1e3, 1e-9),
            Err(CalculusError::Overflow)
        );
    }
}
