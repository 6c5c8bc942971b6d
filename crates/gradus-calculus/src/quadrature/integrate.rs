//! Adaptive quadrature over finite and infinite intervals.

use super::adaptive::Adaptive;
use super::chart::Chart;
use super::rule::UNIT;
use super::tolerance::Tolerance;
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::in_range;

/// The integral of a function over an interval, finite or infinite.
///
/// ```math
/// \int_a^b f(x)\,dx, \qquad \text{error} \le \text{tolerance} \cdot \int_a^b |f(x)|\,dx
/// ```
///
/// The interval is cut where the function is difficult, and each part gets a 21-point rule
/// ([`gauss_kronrod`](crate::gauss_kronrod)), until the error estimates add up to less than the tolerance
/// allows. The tolerance is relative to the integral of the magnitude: it can be met even where positive and
/// negative parts cancel, and does not change when `f` is multiplied by a constant. For an absolute tolerance, and
/// for break points inside, there is [`integrate_through`].
///
/// An estimate that is too small is a wrong answer. So the function is asked again where the rule did not look:
///
/// - between the nodes, until no two points are farther apart than a hundredth of the interval: a bell
///   $`\exp(-(x-c)^2/w^2)`$ as narrow as a thousandth of the interval is seen, wherever it lies;
/// - beyond the outermost nodes, at distances from both ends that shrink by a factor of 32;
/// - at the seams of neighboring parts, where their polynomials must agree.
///
/// Ends are never evaluated. Towards an end where the function grows like a power of the distance, it is asked at
/// distances that shrink by a factor of 4, and the rest is integrated as the power law through these points. If the
/// contributions do not shrink on the way, the integral diverges and is refused.
///
/// An infinite interval is cut at the distance $`s = \max(1, |a|)`$ from its end, and what lies beyond is brought to
/// a finite place by $`x = a + s/t`$. Each of the two sides of the whole line must converge on its own. If `b < a`,
/// the integral is the negative of the one from `b` to `a`.
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
/// | the error estimate covers the error | `integrate_knows_its_error`, `integrate_is_honest` |
/// | what diverges is refused | `divergent_integrals_are_refused` |
/// | evaluations are bounded | `evaluations_are_bounded` |
///
/// # Numerics
///
/// The error of a part is the larger of two witnesses: the last coefficients of the function by orthogonal
/// polynomials on the nodes, which do not fall if the nodes do not resolve it, and QUADPACK's estimate from two rules.
/// Of 40 000 random integrands (smooth, with a kink, a jump, a bell, algebraic ends, oscillating), 11 have an error
/// of more than 3 estimates, and 1.2 % are refused, because their ends are too singular for the tolerance. A smooth
/// function costs at least 115 evaluations, most of them for the search between the nodes.
///
/// Values near the largest number are summed in a unit of $`2^{64}`$, in a second run: only an integral that is too large itself
/// overflows.
///
/// What is not seen: a feature narrower than a thousandth of the interval between two points, and a bell of width 1
/// beyond $`|x| \approx 150`$ on an infinite interval. Give a break point near it.
///
/// A singularity at 0 is seen down to $`10^{-144}`$ of the interval, but at another end `a` only to
/// $`\varepsilon |a|`$, where the distances of machine numbers from `a` begin to be few. For an exponent near −1 at a
/// tight tolerance, measure from the end: $`\int_a^b f(x)\,dx = \int_0^{b-a} f(a + d)\,dd`$, with `f` written by the
/// distance d.
///
/// # Errors
///
/// [`CalculusError::Domain`] if an end is NaN, or `tolerance` is below $`100 \varepsilon`$ (rounding leaves no
/// less) or not finite; [`CalculusError::NonFinite`] with the point at which `f` is not finite;
/// [`CalculusError::Divergent`] with the point towards which contributions do not shrink, as for
/// $`\int_0^1 dx/x`$; [`CalculusError::DidNotConverge`] after 1000 cuts, or where machine numbers are too few to go on;
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
///
/// // Singular at the end 1; and x over the whole line, which has no integral though its halves cancel.
/// let singular = integrate(|x| 1.0 / (1.0 - x).sqrt(), 0.0, 1.0, 1e-10)?;
/// assert!((singular.value - 2.0).abs() <= singular.error);
/// assert!(integrate(|x| x, f64::NEG_INFINITY, f64::INFINITY, 1e-10).is_err());
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// R. Piessens et al., *QUADPACK*, Springer 1983, §3, <https://doi.org/10.1007/978-3-642-61786-7>; P. Gonnet,
/// *A review of error estimation in adaptive quadrature*, ACM Computing Surveys 44 (2012), article 22,
/// <https://doi.org/10.1145/2333112.2333117>, whose remedy is to compare polynomials, not numbers; J. Berntsen and
/// T. O. Espelid, *Error estimation in automatic quadrature routines*, ACM TOMS 17 (1991), 233–252,
/// <https://doi.org/10.1145/108556.108575>, for the coefficients as null rules.
#[doc(alias = "quadrature")]
pub fn integrate(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let tolerance = Tolerance {
        absolute: 0.0,
        relative: tolerance,
    };
    integrate_through(f, &[a, b], tolerance)
}

/// The integral of a function from the first to the last of given points, with those between as break points.
///
/// ```math
/// \int_{p_0}^{p_n} f(x)\,dx = \sum_{i=1}^{n} \int_{p_{i-1}}^{p_i} f(x)\,dx,
/// \qquad \text{error} \le \max\Bigl(\text{absolute},\ \text{relative} \cdot \int |f|\Bigr)
/// ```
///
/// As [`integrate`], which is the case of two points. A break point is an end of both its neighbors, so it is never
/// evaluated: put one at each jump, kink or singularity that you know, and near a narrow peak. The points go up or go
/// down; the first and the last may be infinite. Fewer than two points enclose nothing, and the integral is 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | break points do not change the integral | `break_points_keep_the_integral` |
/// | the absolute tolerance is kept | `the_absolute_tolerance_is_kept` |
///
/// # Errors
///
/// As for [`integrate`], and [`CalculusError::Domain`] if the points are not in order, or the tolerances are negative.
///
/// # Examples
///
/// ```
/// use gradus_calculus::{Tolerance, integrate, integrate_through};
///
/// // A singularity inside: 2 (√0.3 + √0.7).
/// let f = |x: f64| 1.0 / (x - 0.3).abs().sqrt();
/// assert!(integrate(f, 0.0, 1.0, 1e-10).is_err());
/// let area = integrate_through(f, &[0.0, 0.3, 1.0], Tolerance::default())?;
/// assert!((area.value - 2.0 * (0.3_f64.sqrt() + 0.7_f64.sqrt())).abs() <= area.error);
///
/// // An integral that is small beside others need not be exact to its last digit.
/// let absolute = Tolerance { absolute: 1e-6, relative: 0.0 };
/// let tail = integrate_through(|x| (-x).exp(), &[10.0, f64::INFINITY], absolute)?;
/// assert!((tail.value - (-10.0_f64).exp()).abs() <= 1e-6);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// R. Piessens et al., *QUADPACK*, Springer 1983, routine QAGP, <https://doi.org/10.1007/978-3-642-61786-7>.
pub fn integrate_through(
    f: impl Fn(f64) -> f64,
    points: &[f64],
    tolerance: Tolerance,
) -> Result<Estimate, CalculusError> {
    let tolerance = tolerance.checked()?;
    if let Some(&value) = points.iter().find(|point| point.is_nan()) {
        return out_of_order(value);
    }
    if points.first() > points.last() {
        let upwards: Vec<f64> = points.iter().rev().copied().collect();
        return upward(&f, &upwards, tolerance).map(|integral| Estimate {
            value: -integral.value,
            ..integral
        });
    }
    upward(&f, points, tolerance)
}

/// The integral through points that should rise.
fn upward(
    f: &dyn Fn(f64) -> f64,
    points: &[f64],
    tolerance: Tolerance,
) -> Result<Estimate, CalculusError> {
    match in_pieces(f, points, tolerance) {
        // Sums of values near the largest number overflow, though the integral need not.
        Err(CalculusError::Overflow) => {
            let absolute = tolerance.absolute / UNIT;
            let smaller = in_pieces(
                &|x| f(x) / UNIT,
                points,
                Tolerance {
                    absolute,
                    ..tolerance
                },
            )?;
            Ok(Estimate {
                value: in_range(smaller.value * UNIT)?,
                error: in_range(smaller.error * UNIT)?,
            })
        }
        found => found,
    }
}

/// The integral, piece by piece between the points.
fn in_pieces(
    f: &dyn Fn(f64) -> f64,
    points: &[f64],
    tolerance: Tolerance,
) -> Result<Estimate, CalculusError> {
    let mut charts = Vec::new();
    for pair in points.windows(2) {
        if pair[0] > pair[1] {
            return out_of_order(pair[1]);
        }
        if pair[0] < pair[1] {
            charts.extend(Chart::cover(f, pair[0], pair[1]));
        }
    }
    Adaptive::new(charts)?.refine(tolerance)
}

fn out_of_order(value: f64) -> Result<Estimate, CalculusError> {
    Err(CalculusError::Domain {
        name: "point",
        value,
        domain: "numbers that only rise or only fall from point to point",
    })
}

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
    fn divergent_integrals_are_refused_at_their_end() {
        let inverse = |x: f64| 1.0 / x;
        for (a, b, at) in [(0.0, 1.0, 0.0), (1.0, INFINITY, INFINITY), (-1.0, 0.0, 0.0)] {
            for tolerance in [0.1, 1e-10] {
                let error = integrate(inverse, a, b, tolerance);
                assert_eq!(error, Err(CalculusError::Divergent { at }));
            }
        }
    }

    #[test]
    fn halves_that_only_cancel_are_refused() {
        let functions: [fn(f64) -> f64; 4] =
            [|x| x, f64::tanh, |x| x / (1.0 + x * x), |x| x.sin() / x];
        for (i, f) in functions.into_iter().enumerate() {
            let error = integrate(f, -INFINITY, INFINITY, 1e-2).unwrap_err();
            assert!(
                matches!(error, CalculusError::Divergent { .. }),
                "{i}: {error}"
            );
        }
        let error = integrate(f64::cos, 0.0, INFINITY, 1e-3);
        assert_eq!(error, Err(CalculusError::Divergent { at: INFINITY }));
    }

    #[test]
    fn poles_inside_are_refused() {
        for tolerance in [0.1, 1e-2, 1e-6] {
            for f in [
                f64::tan,
                |x: f64| 1.0 / (x - 0.3),
                |x: f64| 1.0 / (x - 0.3).abs(),
            ] {
                let answer = integrate(f, 0.0, 2.0, tolerance);
                assert!(answer.is_err(), "{tolerance}: {answer:?}");
            }
        }
    }

    /// The answer is within its error, and the error within the tolerance.
    fn finds(f: impl Fn(f64) -> f64, (a, b): (f64, f64), tolerance: f64, truth: f64) {
        let found = integrate(f, a, b, tolerance).unwrap();
        let off = (found.value - truth).abs();
        assert!(
            off <= found.error && found.error <= 2.0 * tolerance * truth.abs(),
            "{found:?}"
        );
    }

    #[test]
    fn kinks_and_jumps_are_seen() {
        let kink = |x: f64| (x - 0.499).abs().exp();
        finds(kink, (0.0, 1.0), 1e-10, 1.297_444_190_121_66);
        let step = |x: f64| if x > 0.999 { 2.0 } else { 1.0 };
        finds(step, (0.0, 1.0), 1e-10, 1.001);
        let fast = |x: f64| (2513.77 * x).cos();
        let found = integrate(fast, 0.0, 1.0, 0.0278).unwrap();
        assert!((found.value - 2513.77_f64.sin() / 2513.77).abs() <= found.error);
    }

    #[test]
    fn narrow_peaks_are_seen() {
        let bell = |x: f64| (-(x - 100.0) * (x - 100.0) / 2.0).exp();
        finds(bell, (-INFINITY, INFINITY), 1e-10, (2.0 * PI).sqrt());
        for i in 0..400 {
            let (center, width) = (
                f64::from(i) / 400.0,
                10_f64.powf(-3.0 * f64::from(i % 37) / 36.0),
            );
            let peak = |x: f64| 1.0 + width / (width * width + (x - center) * (x - center));
            let truth = 1.0 + ((1.0 - center) / width).atan() + (center / width).atan();
            finds(peak, (0.0, 1.0), 1e-9, truth);
        }
    }

    #[test]
    fn singular_ends_may_be_anywhere() {
        finds(|x| 1.0 / (1.0 - x).sqrt(), (0.0, 1.0), 1e-10, 2.0);
        finds(|x| 1.0 / (x - 1.0).sqrt(), (1.0, 2.0), 1e-10, 2.0);
        finds(|x| 1.0 / (1.0 - x * x).sqrt(), (-1.0, 1.0), 1e-10, PI);
        finds(|x| (1.0 - x).powf(-0.9), (0.0, 1.0), 1e-9, 10.0);
        finds(
            |x| x.powf(-0.5) * (-x).exp(),
            (0.0, INFINITY),
            1e-10,
            PI.sqrt(),
        );
    }

    #[test]
    fn a_nearly_divergent_end_is_found() {
        finds(|x| x.powf(-0.999), (0.0, 1.0), 1e-2, 1000.0);
        assert!(integrate(|x| x.powf(-0.999), 0.0, 1.0, 1e-12).is_err());
    }

    #[test]
    fn layers_at_an_end_are_seen() {
        finds(|x| (-(1.0 - x) / 1e-5).exp(), (0.0, 1.0), 1e-9, 1e-5);
        let step = |x: f64| if x > 0.99999 { 2.0 } else { 1.0 };
        finds(step, (0.0, 1.0), 1e-10, 1.00001);
    }

    #[test]
    fn break_points_may_fall_and_must_not_turn() {
        let step = |x: f64| if x > 1.0 { 2.0 } else { 1.0 };
        let down = integrate_through(step, &[3.0, 1.0, 0.0], Tolerance::default()).unwrap();
        assert!((down.value + 5.0).abs() <= down.error);
        let nothing = Estimate {
            value: 0.0,
            error: 0.0,
        };
        assert_eq!(
            integrate_through(step, &[], Tolerance::default()),
            Ok(nothing)
        );
        assert_eq!(
            integrate_through(step, &[1.0, 1.0], Tolerance::default()),
            Ok(nothing)
        );
        for points in [[0.0, 2.0, 1.0], [0.0, f64::NAN, 1.0]] {
            let error = integrate_through(step, &points, Tolerance::default());
            assert!(matches!(
                error,
                Err(CalculusError::Domain { name: "point", .. })
            ));
        }
    }

    #[test]
    fn intervals_of_any_length_are_taken() {
        let area = integrate(|x| x.abs() / 1e308 / 1e308, -1.5e308, 1.5e308, 1e-9).unwrap();
        assert!((area.value - 2.25).abs() <= area.error);
        let (a, b) = (1.0, 1.0 + 4.0 * f64::EPSILON);
        let tiny = integrate(f64::exp, a, b, 1e-9).unwrap();
        assert!((tiny.value / (b - a) - 1.0_f64.exp()).abs() < 1e-9);
    }

    #[test]
    fn the_point_that_is_not_finite_is_named_in_the_original_variable() {
        let error = integrate(|x| 1.0 / (x - 0.5), 0.0, INFINITY, 1e-10).unwrap_err();
        let value = INFINITY;
        assert_eq!(error, CalculusError::NonFinite { at: 0.5, value });
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
    fn values_near_the_largest_number_have_an_integral() {
        finds(|_| 1e308, (0.0, 1.0), 1e-9, 1e308);
        finds(|x| f64::MAX * x * x, (0.0, 1.0), 1e-9, f64::MAX / 3.0);
        finds(|x| 1.5e308 * (-x).exp(), (0.0, INFINITY), 1e-9, 1.5e308);
        let odd = integrate(|x| f64::MAX * x, -1.0, 1.0, 1e-9).unwrap();
        assert!(
            odd.value.abs() <= odd.error && odd.error <= 1e299,
            "{odd:?}"
        );
    }

    #[test]
    fn an_integral_beyond_the_range_is_an_error() {
        assert_eq!(
            integrate(|_| 1e308, 0.0, 1e3, 1e-9),
            Err(CalculusError::Overflow)
        );
    }
}
