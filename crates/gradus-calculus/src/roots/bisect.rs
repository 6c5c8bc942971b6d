//! Bisection.

use super::bracket::{Bracket, Start};
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, tolerance_from};

/// A root of a continuous function between two points of different sign, by halving the interval.
///
/// ```math
/// f(a) \, f(b) < 0 \implies f(x) = 0 \text{ for some } x \in (a, b),
/// \qquad |x - x_k| \le \frac{b - a}{2^{k+1}}
/// ```
///
/// Slow and sure: each evaluation gains one bit, whatever the function looks like. (Where it is not continuous, the
/// sign may change at a jump or a pole, and that place is found.) The interval is halved
/// until it is at most `tolerance` long or has no machine number inside; the answer is its middle, the error
/// half its length, and the sign changes within. With `tolerance = 0` the root is enclosed by neighbors.
/// The ends may come in either order.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the sign changes within the error | `bisection_encloses_a_sign_change` |
/// | each evaluation halves the interval | `bisection_halves` |
///
/// # Errors
///
/// [`CalculusError::NoSignChange`]; [`CalculusError::Domain`] if an end or the tolerance is not finite, or the
/// tolerance negative; [`CalculusError::NonFinite`] with the point at which `f` is not finite.
///
/// # Examples
///
/// ```
/// use gradus_calculus::bisect;
///
/// let root = bisect(|x| x * x - 2.0, 1.0, 2.0, 1e-12)?;
/// assert!((root.value - 2.0_f64.sqrt()).abs() <= root.error && root.error <= 1e-12);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// W. H. Press et al., *Numerical Recipes*, 3rd ed., 2007, §9.1.
pub fn bisect(
    f: impl Fn(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let tolerance = tolerance_from(tolerance)?;
    let mut bracket = match Bracket::between(&f, low, high)? {
        Start::Bracket(bracket) => bracket,
        Start::Root(value) => return Ok(Estimate { value, error: 0.0 }),
    };
    while bracket.is_longer_than(tolerance) {
        let middle = bracket.middle();
        let value = evaluate(&f, middle)?;
        if value == 0.0 {
            return Ok(Estimate {
                value: middle,
                error: 0.0,
            });
        }
        bracket.replace(middle, value);
    }
    Ok(Estimate {
        value: bracket.middle(),
        error: bracket.radius(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_tolerance_ends_at_neighbors() {
        let root = bisect(|x| x * x - 2.0, 0.0, 2.0, 0.0).unwrap();
        assert!((root.value - 2.0_f64.sqrt()).abs() <= f64::EPSILON);
        assert!(root.error <= f64::EPSILON);
    }

    #[test]
    fn ends_of_any_size_and_order_are_taken() {
        let root = bisect(|x| x - 1.0, f64::MAX, -f64::MAX, 0.0).unwrap();
        assert_eq!(root.value, 1.0);
        let falling = bisect(|x| 3.0 - x, 0.0, 4.5, 1e-9).unwrap();
        assert!((falling.value - 3.0).abs() <= falling.error);
        let tiny = bisect(|x| x - 1e-320, -1e300, 1e300, 0.0).unwrap();
        assert!((tiny.value - 1e-320).abs() <= tiny.error && tiny.error <= 5e-324);
    }

    #[test]
    fn a_root_at_an_end_is_taken() {
        let exact = |value| Ok(Estimate { value, error: 0.0 });
        assert_eq!(bisect(|x| x, 0.0, 1.0, 1e-3), exact(0.0));
        assert_eq!(bisect(|x| x - 1.0, 0.0, 1.0, 1e-3), exact(1.0));
        assert_eq!(bisect(|x| x - 1.0, 0.0, 2.0, 1e-3), exact(1.0));
    }

    #[test]
    fn without_sign_change_there_is_no_answer() {
        let error = bisect(|x| x * x + 1.0, -1.0, 2.0, 1e-3);
        let (low, high, at_low, at_high) = (-1.0, 2.0, 2.0, 5.0);
        let expected = CalculusError::NoSignChange {
            low,
            high,
            at_low,
            at_high,
        };
        assert_eq!(error, Err(expected));
    }

    #[test]
    fn what_is_not_finite_is_an_error() {
        assert!(bisect(|x| x, f64::NAN, 1.0, 1e-3).is_err());
        assert!(bisect(|x| x, -1.0, f64::INFINITY, 1e-3).is_err());
        assert!(bisect(|x| x, -1.0, 1.0, f64::NAN).is_err());
        assert!(bisect(|x| x, -1.0, 1.0, -1.0).is_err());
        let pole = bisect(|x| 1.0 / x, -1.0, 1.0, 1e-3).unwrap_err();
        assert!(matches!(pole, CalculusError::NonFinite { at: 0.0, .. }));
    }
}
