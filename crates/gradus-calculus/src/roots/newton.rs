//! Newton's method, plain and safeguarded.

use super::bisect::{Bracket, Start};
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
/// run away. Where the root can be enclosed, [`safeguarded_newton`] cannot fail. The iteration ends when a
/// step is at most `tolerance`, or one unit in the last place of x; that step is the error estimate, and a
/// cautious one, since the next one would be its square.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert e_{k+1} \rvert \le C \lvert e_k \rvert^2`$ | `newton_converges_quadratically` |
/// | the measured order is 2 | `newton_has_order_two` |
/// | one step for a line | `newton_needs_one_step_for_a_line` |
///
/// # Errors
///
/// [`CalculusError::FlatSlope`] with the iterate; [`CalculusError::NonFinite`] if value, slope or iterate is not
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
    let tolerance = tolerance_from(tolerance, 0.0)?;
    let mut x = finite("start", start)?;
    let mut step = f64::INFINITY;
    for _ in 0..MAX_STEPS {
        let (value, slope) = (evaluate(&f, x)?, evaluate(&slope, x)?);
        if value == 0.0 {
            return Ok(Estimate {
                value: x,
                error: 0.0,
            });
        }
        if slope == 0.0 {
            return Err(CalculusError::FlatSlope { at: x });
        }
        step = value / slope;
        let next = x - step;
        if step.abs() <= tolerance.max(f64::EPSILON * x.abs()) {
            return Ok(Estimate {
                value: next,
                error: step.abs(),
            });
        }
        x = next;
    }
    Err(CalculusError::DidNotConverge {
        iterations: MAX_STEPS,
        residual: step.abs(),
    })
}

/// A root of a smooth function between two points of different sign: Newton's method that falls back on
/// bisection.
///
/// ```math
/// x_{k+1} = \begin{cases}
/// x_k - f(x_k) / f'(x_k) & \text{if it stays in the bracket and at least halves the step} \\
/// \text{the middle of the bracket} & \text{otherwise}
/// \end{cases}
/// ```
///
/// As sure as [`bisect`](crate::bisect) and, near the root, as fast as [`newton`]. A slope that is zero,
/// infinite or NaN only costs a bisection. It ends when a step is at most `tolerance`, or one unit in the last
/// place of x; the error is that step if it is Newton's, half the length of the bracket if it is a bisection.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | agrees with bisection | `safeguarded_newton_agrees_with_bisection` |
/// | needs fewer evaluations | `safeguarded_newton_is_faster_than_bisection` |
///
/// # Errors
///
/// [`CalculusError::NoSignChange`]; [`CalculusError::Domain`] if an end or the tolerance is not finite, or the
/// tolerance negative; [`CalculusError::NonFinite`] with the point at which `f` is not finite;
/// [`CalculusError::DidNotConverge`] after 4300 steps, twice what bisection needs for any two ends.
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
    let tolerance = tolerance_from(tolerance, 0.0)?;
    let mut bracket = match Bracket::between(&f, low, high)? {
        Start::Bracket(bracket) => bracket,
        Start::Root(value) => return Ok(Estimate { value, error: 0.0 }),
    };
    let mut x = bracket.middle();
    let mut last_step = bracket.radius();
    for _ in 0..MAX_SAFE_STEPS {
        let value = evaluate(&f, x)?;
        if value == 0.0 {
            return Ok(Estimate {
                value: x,
                error: 0.0,
            });
        }
        bracket.replace(x, value);
        let newton_step = value / slope(x);
        let follows = bracket.contains(x - newton_step) && 2.0 * newton_step.abs() <= last_step;
        let next = if follows {
            x - newton_step
        } else {
            bracket.middle()
        };
        last_step = (next - x).abs();
        if last_step <= tolerance.max(f64::EPSILON * x.abs()) {
            let error = if follows { last_step } else { bracket.radius() };
            return Ok(Estimate { value: next, error });
        }
        x = next;
    }
    Err(CalculusError::DidNotConverge {
        iterations: MAX_SAFE_STEPS,
        residual: last_step,
    })
}

/// From a good start, Newton's method needs ten steps; a hundred halvings reach a double root too.
const MAX_STEPS: usize = 100;

/// Twice the 2098 halvings from the range of f64 down to its least number, and some.
const MAX_SAFE_STEPS: usize = 4300;

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
