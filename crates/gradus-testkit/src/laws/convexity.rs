//! Convex functions and their subgradients.

use crate::comparisons::Violation;
use crate::comparisons::{at_least, at_most};

/// A convex function, tried on a chord.
///
/// ```math
/// f\bigl(t x + (1 - t) y\bigr) \le t f(x) + (1 - t) f(y), \qquad 0 \le t \le 1
/// ```
///
/// `tolerance` is relative to $`t|f(x)| + (1-t)|f(y)|`$, or to 1 if that is larger.
///
/// # Errors
///
/// [`Violation::Within`] if the function lies above its chord.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::convexity;
///
/// convexity(|x| x[0].exp(), &[-1.0], &[2.0], 0.25, 1e-15)?;
/// assert!(convexity(|x| x[0].sin(), &[0.0], &[3.0], 0.5, 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn convexity(
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
    y: &[f64],
    t: f64,
    tolerance: f64,
) -> Result<(), Violation> {
    let between: Vec<f64> = x
        .iter()
        .zip(y)
        .map(|(x, y)| t * x + (1.0 - t) * y)
        .collect();
    let (left, right) = (t * f(x), (1.0 - t) * f(y));
    let scale = (left.abs() + right.abs()).max(1.0);
    at_most(f(&between), left + right + tolerance * scale)
        .map_err(|v| v.within("f(tx + (1−t)y) ≤ t f(x) + (1−t) f(y)"))
}

/// A subgradient of a convex function, tried on two points: `x` may be a kink.
///
/// ```math
/// f(y) \ge f(x) + \langle g(x),\, y - x \rangle
/// ```
///
/// `tolerance` is relative to the sum of the magnitudes of all terms.
///
/// # Errors
///
/// [`Violation::Within`] if the tangent at `x` lies above the function at `y`.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::subgradient;
///
/// let relu = |x: &[f64]| (x[0].max(0.0), vec![if x[0] > 0.0 { 1.0 } else { 0.0 }]);
/// subgradient(relu, &[0.0], &[1.0], 1e-15)?;
/// let wrong = |x: &[f64]| (x[0].max(0.0), vec![-1.0]);
/// assert!(subgradient(wrong, &[0.0], &[-1.0], 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn subgradient(
    value_and_gradient: impl Fn(&[f64]) -> (f64, Vec<f64>),
    x: &[f64],
    y: &[f64],
    tolerance: f64,
) -> Result<(), Violation> {
    let ((fx, g), (fy, _)) = (value_and_gradient(x), value_and_gradient(y));
    if g.len() != x.len() {
        return Err(Violation::LengthMismatch {
            left: g.len(),
            right: x.len(),
        });
    }
    let terms = || g.iter().zip(x.iter().zip(y)).map(|(g, (x, y))| g * (y - x));
    let scale = fx.abs() + fy.abs() + terms().map(f64::abs).sum::<f64>();
    at_least(fy, fx + terms().sum::<f64>() - tolerance * scale)
        .map_err(|v| v.within("f(y) ≥ f(x) + ⟨g, y − x⟩"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_convex_is_found() {
        let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
        let (x, y) = ([1.0, 2.0], [-3.0, 0.5]);
        assert_eq!(convexity(square, &x, &y, 0.3, 1e-15), Ok(()));
        assert!(convexity(|x| -square(x), &x, &y, 0.3, 1e-15).is_err());
        assert!(convexity(|x| -1e-9 * square(x), &x, &y, 0.3, 1e-15).is_err());
        assert!(convexity(|_| f64::NAN, &x, &y, 0.3, 1e-15).is_err());
    }

    #[test]
    fn what_is_no_subgradient_is_found() {
        let abs = |slope: f64| {
            move |x: &[f64]| {
                let g = if x[0] == 0.0 { slope } else { x[0].signum() };
                (x[0].abs(), vec![g])
            }
        };
        assert_eq!(subgradient(abs(0.3), &[0.0], &[-2.0], 1e-15), Ok(()));
        assert!(subgradient(abs(1.5), &[0.0], &[2.0], 1e-15).is_err());
        assert!(subgradient(abs(f64::NAN), &[0.0], &[2.0], 1e-15).is_err());
        assert!(subgradient(|_| (0.0, vec![]), &[0.0], &[2.0], 1e-15).is_err());
    }
}
