//! The secant method.

use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, finite, tolerance_from};

/// A root of a smooth function, by following the lines through its last two points.
///
/// ```math
/// x_{k+1} = x_k - f(x_k) \, \frac{x_k - x_{k-1}}{f(x_k) - f(x_{k-1})}
/// ```
///
/// [Newton's](crate::newton) method with a difference in place of the slope: no derivative is needed, and a step costs one evaluation. Near a simple
/// root $`|e_{k+1}| \approx C |e_k|^{\varphi}`$ with the golden ratio $`\varphi = 1.618`$, so two steps, which cost as much as one of
/// Newton's with its slope, gain more digits. Far from a root it may wander; [`brent`](crate::brent) cannot.
///
/// The error estimate is the last step. It ends when that is at most `tolerance`, or one unit in the last place of x.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the measured order is 1.618 | `the_secant_has_the_order_of_the_golden_ratio` |
/// | one step for a line | `the_secant_needs_one_step_for_a_line` |
///
/// # Errors
///
/// [`CalculusError::FlatSlope`] where two points have the same value; [`CalculusError::NonFinite`] if a value or iterate is not finite;
/// [`CalculusError::DidNotConverge`] after 100 steps; [`CalculusError::Domain`] if a start or the tolerance is not finite, or the tolerance
/// negative.
///
/// # Examples
///
/// ```
/// use gradus_calculus::secant;
///
/// let root = secant(|x| x * x - 2.0, 1.0, 2.0, 1e-12)?;
/// assert!((root.value - 2.0_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// W. H. Press et al., *Numerical Recipes*, 3rd ed., 2007, §9.2.
pub fn secant(
    f: impl Fn(f64) -> f64,
    first: f64,
    second: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let tolerance = tolerance_from(tolerance)?;
    let (mut before, mut x) = (finite("first", first)?, finite("second", second)?);
    let (mut value_before, mut value) = (evaluate(&f, before)?, evaluate(&f, x)?);
    let mut size = f64::INFINITY;
    for _ in 0..MAX_STEPS {
        if value == 0.0 {
            let (value, error) = (x, 0.0);
            return Ok(Estimate { value, error });
        }
        let quotient = value / value_before;
        // The quotient of the values, or its reciprocal, whichever is at most 1: a difference of values might overflow.
        let step = if quotient.abs() <= 1.0 {
            (x - before) * (quotient / (quotient - 1.0))
        } else {
            (x - before) / (1.0 - 1.0 / quotient)
        };
        if value == value_before {
            return Err(CalculusError::FlatSlope { at: x });
        }
        (before, value_before, x) = (x, value, x - step);
        size = step.abs();
        if size <= tolerance || size <= f64::EPSILON * x.abs() {
            let (value, error) = (x, size);
            return Ok(Estimate { value, error });
        }
        value = evaluate(&f, x)?;
    }
    Err(CalculusError::DidNotConverge {
        iterations: MAX_STEPS,
        residual: size,
    })
}

/// As many steps as Newton's method may make.
const MAX_STEPS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_by_hand() {
        // From 1 and 2 with −1 and 2 the line meets the axis at 4/3.
        let once = secant(|x| x * x - 2.0, 1.0, 2.0, 1.0).unwrap();
        assert!((once.value - 4.0 / 3.0).abs() < 1e-15 && (once.error - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(secant(|x| x, 1.0, 0.0, 0.0).unwrap().error, 0.0);
    }

    #[test]
    fn what_has_no_secant_is_refused() {
        let flat = secant(|x| x * x, -1.0, 1.0, 1e-9);
        assert_eq!(flat, Err(CalculusError::FlatSlope { at: 1.0 }));
        assert!(secant(|x| x, f64::NAN, 1.0, 0.0).is_err());
        assert!(secant(|x| x, 0.5, 1.0, -1.0).is_err());
        assert!(secant(|x| 1.0 / x, 0.0, 1.0, 0.0).is_err());
    }
}
