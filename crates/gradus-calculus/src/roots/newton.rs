//! Newton's method, plain and safeguarded.

use super::brent::close;
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, finite, tolerance_from};

/// A root of a smooth function, by following its tangents.
///
/// ```math
/// x_{k+1} = x_k - \frac{f(x_k)}{f'(x_k)}
/// ```
///
/// Near a simple root the number of right digits doubles with each step,
/// $`|x_{k+1} - x| \le C |x_k - x|^2`$ with $`C \approx |f'' / 2f'|`$; far from it the iteration may wander or
/// run away. Where the root can be enclosed, [`safeguarded_newton`] cannot fail.
///
/// The error estimate is the sum of all steps that would follow if they went on to shrink as the last one did,
///
/// ```math
/// \text{error} = \frac{|s_k|}{1 - q}, \qquad q = \left| \frac{s_k}{s_{k-1}} \right|
/// ```
///
/// and the iteration ends when it is at most `tolerance`, or the step one unit in the last place of x. At a simple
/// root q tends to 0, at a root of multiplicity m to $`(m-1)/m`$; steps that do not shrink lead to no root.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert e_{k+1} \rvert \le C \lvert e_k \rvert^2`$ | `newton_converges_quadratically` |
/// | the measured order is 2 | `newton_has_order_two` |
/// | one step for a line | `newton_needs_one_step_for_a_line` |
/// | the error estimate covers the error at multiple roots | `newton_knows_its_error_at_multiple_roots` |
///
/// # Errors
///
/// [`CalculusError::FlatSlope`] with the iterate, also where value and slope are zero all around it, as those of
/// $`e^{-x^2}`$ are far from 0; [`CalculusError::NonFinite`] if value, slope or iterate is not
/// finite; [`CalculusError::DidNotConverge`] after 100 steps; [`CalculusError::Domain`] if the start or the
/// tolerance is not finite, or the tolerance negative.
///
/// # Examples
///
/// ```
/// use gradus_calculus::newton;
///
/// let root = newton(|x| x * x - 2.0, |x| 2.0 * x, 1.0, 1e-12)?;
/// assert!((root.value - 2.0_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// W. H. Press et al., *Numerical Recipes*, 3rd ed., 2007, §9.4.
#[doc(alias = "Newton-Raphson")]
pub fn newton(
    f: impl Fn(f64) -> f64,
    slope: impl Fn(f64) -> f64,
    start: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let tolerance = tolerance_from(tolerance)?;
    let mut x = finite("start", start)?;
    let mut last = f64::INFINITY;
    for _ in 0..MAX_STEPS {
        let (value, slope) = (evaluate(&f, x)?, evaluate(&slope, x)?);
        if slope == 0.0 {
            return at_flat(&f, x, value, tolerance);
        }
        let step = value / slope;
        let next = x - step;
        let size = step.abs();
        let shrinks = size < last;
        let error = if shrinks {
            size / (1.0 - size / last)
        } else {
            size
        };
        // The first step does not tell whether steps shrink; below one unit, rounding decides whether they do.
        let is_near = last.is_finite() && shrinks && error <= tolerance;
        if value == 0.0 || is_near || size <= f64::EPSILON * x.abs() {
            return Ok(Estimate { value: next, error });
        }
        (x, last) = (next, size);
    }
    Err(CalculusError::DidNotConverge {
        iterations: MAX_STEPS,
        residual: last,
    })
}

/// Where the slope is zero: a multiple root if the value is zero too, unless both are for want of small numbers.
fn at_flat(
    f: impl Fn(f64) -> f64,
    x: f64,
    value: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let is_zero_beside = |side: f64| evaluate(&f, side).map(|value| value == 0.0);
    if value != 0.0 || is_zero_beside(x - tolerance)? || is_zero_beside(x + tolerance)? {
        return Err(CalculusError::FlatSlope { at: x });
    }
    Ok(Estimate {
        value: x,
        error: 0.0,
    })
}

/// A root of a smooth function between two points of different sign: Newton's method that falls back on
/// bisection.
///
/// ```math
/// x_{k+1} = \begin{cases}
/// x_k - f(x_k) / f'(x_k) & \text{if it stays in the bracket, and three steps halve it} \\
/// \text{the middle of the bracket} & \text{otherwise}
/// \end{cases}
/// ```
///
/// As sure as [`bisect`](crate::bisect) and, near the root, as fast as [`newton`]. A slope that is zero,
/// infinite or NaN only costs a bisection. It ends when the bracket is at most `tolerance` long, or has no machine
/// number inside; the answer is its better end, and the error its length, not the length of the last step: for
/// $`e^x - 1`$, Newton's steps from 245 are 1 long, and the root is far. Without a slope there is
/// [`brent`](crate::brent).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the sign changes within the error | `safeguarded_newton_encloses_a_sign_change` |
/// | agrees with bisection | `safeguarded_newton_agrees_with_bisection` |
/// | needs fewer evaluations | `safeguarded_newton_is_faster_than_bisection` |
///
/// # Errors
///
/// [`CalculusError::NoSignChange`]; [`CalculusError::Domain`] if an end or the tolerance is not finite, or the
/// tolerance negative; [`CalculusError::NonFinite`] with the point at which `f` is not finite.
///
/// # Examples
///
/// ```
/// use gradus_calculus::{newton, safeguarded_newton};
///
/// // From 3, the tangents of the arc tangent lead away from its root.
/// let slope = |x: f64| 1.0 / (1.0 + x * x);
/// assert!(newton(f64::atan, slope, 3.0, 1e-12).is_err());
/// let root = safeguarded_newton(f64::atan, slope, -2.0, 3.0, 1e-12)?;
/// assert!(root.value.abs() < 1e-12);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// W. H. Press et al., *Numerical Recipes*, 3rd ed., 2007, §9.4, routine `rtsafe`.
pub fn safeguarded_newton(
    f: impl Fn(f64) -> f64,
    slope: impl Fn(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    close(f, low, high, tolerance, |bracket, _| {
        let (x, value) = bracket.best();
        x - value / slope(x)
    })
}

/// From a good start, Newton's method needs ten steps; a hundred halvings reach a double root too.
const MAX_STEPS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_of_zero_is_an_error_for_newton_only() {
        let (f, slope) = (|x: f64| x * x - 1.0, |x: f64| 2.0 * x);
        let error = newton(f, slope, 0.0, 1e-9);
        assert_eq!(error, Err(CalculusError::FlatSlope { at: 0.0 }));
        let root = safeguarded_newton(|x: f64| x.powi(3) - 8.0, |x| 3.0 * x * x, -6.0, 6.0, 1e-9);
        assert!((root.unwrap().value - 2.0).abs() < 1e-9);
    }

    #[test]
    fn slow_steps_are_no_root() {
        let root = safeguarded_newton(f64::exp_m1, f64::exp, -10.0, 500.0, 1.0).unwrap();
        assert!(
            root.value.abs() <= root.error && root.error <= 1.0,
            "{root:?}"
        );
        let error = newton(|x| (-x).exp(), |x| -(-x).exp(), 0.0, 2.0).unwrap_err();
        assert!(
            matches!(error, CalculusError::DidNotConverge { .. }),
            "{error}"
        );
    }

    #[test]
    fn a_multiple_root_is_as_near_as_the_error_says() {
        let root = newton(|x| x.powi(3), |x| 3.0 * x * x, 1.0, 1e-6).unwrap();
        assert!(
            root.value.abs() <= root.error && root.error <= 1e-6,
            "{root:?}"
        );
        let root = newton(|x| x.powi(3), |x| 3.0 * x * x, 0.0, 1e-6).unwrap();
        assert_eq!(root.value, 0.0);
    }

    #[test]
    fn poles_and_underflow_are_no_roots() {
        let pole = newton(|x| 1.0 / x, |x| -1.0 / (x * x), 1e-13, 1e-9).unwrap_err();
        assert!(
            matches!(pole, CalculusError::DidNotConverge { .. }),
            "{pole}"
        );
        let bell = |x: f64| (-x * x).exp();
        for start in [27.3, 27.29, 30.0] {
            let error = newton(bell, |x| -2.0 * x * bell(x), start, 1e-6).unwrap_err();
            assert!(
                matches!(error, CalculusError::FlatSlope { .. }),
                "{start}: {error}"
            );
        }
    }

    #[test]
    fn a_cycle_ends_at_the_bound() {
        // Newton's classic cycle 0 → 1 → 0 → …
        let (f, slope) = (
            |x: f64| x.powi(3) - 2.0 * x + 2.0,
            |x: f64| 3.0 * x * x - 2.0,
        );
        let error = newton(f, slope, 0.0, 1e-9).unwrap_err();
        assert!(
            matches!(error, CalculusError::DidNotConverge { iterations: 100, residual } if residual == 1.0)
        );
        let root = safeguarded_newton(f, slope, -3.0, 1.0, 1e-12).unwrap();
        assert!((root.value + 1.7692923542386314).abs() < 1e-12);
    }

    #[test]
    fn infinite_and_wrong_slopes_only_cost_bisections() {
        let root = safeguarded_newton(f64::cbrt, |_| f64::INFINITY, -1.0, 3.0, 1e-12).unwrap();
        assert!(root.value.abs() <= 1e-12);
        for wrong in [0.0, f64::NAN, -5.0, 1e-300] {
            let root = safeguarded_newton(|x| x - 0.3, |_| wrong, -1.0, 3.0, 1e-12).unwrap();
            assert!((root.value - 0.3).abs() <= 2e-12, "{wrong}: {root:?}");
        }
    }

    #[test]
    fn what_is_not_finite_is_an_error() {
        assert!(newton(|x| x, |_| 1.0, f64::NAN, 1e-9).is_err());
        assert!(newton(|x| x, |_| f64::NAN, 1.0, 1e-9).is_err());
        assert!(newton(f64::ln, |x| 1.0 / x, 10.0, 1e-9).is_err());
        assert!(newton(|x| x, |_| 1.0, 1.0, f64::NAN).is_err());
        assert!(safeguarded_newton(|x| x, |_| 1.0, 1.0, 2.0, 1e-9).is_err());
    }

    #[test]
    fn zero_tolerance_reaches_the_last_bit() {
        let root = newton(|x| x * x - 2.0, |x| 2.0 * x, 1.0, 0.0).unwrap();
        assert!((root.value - 2.0_f64.sqrt()).abs() <= f64::EPSILON);
        let root = safeguarded_newton(|x| x * x - 2.0, |x| 2.0 * x, 0.0, 9.0, 0.0).unwrap();
        assert!((root.value - 2.0_f64.sqrt()).abs() <= f64::EPSILON);
    }
}
