//! Brent's method.

use super::bracket::{Bracket, Start};
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, tolerance_from};

/// A root of a continuous function between two points of different sign, without its slope: interpolation that falls
/// back on bisection.
///
/// ```math
/// x = \frac{a \, f_b f_c}{(f_a - f_b)(f_a - f_c)} + \frac{b \, f_a f_c}{(f_b - f_a)(f_b - f_c)}
///   + \frac{c \, f_a f_b}{(f_c - f_a)(f_c - f_b)}
/// ```
///
/// the parabola that gives x as a function of f, at $`f = 0`$, through the last three points a, b, c; through two
/// points it is the secant. As sure as [`bisect`](crate::bisect), and for a smooth function nearly as fast as
/// [`newton`](crate::newton). The iteration ends when the bracket is at most `tolerance` long, or has no machine number
/// inside; the answer is its better end, and the error its length.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the sign changes within the error | `brent_encloses_a_sign_change` |
/// | agrees with bisection | `brent_agrees_with_bisection` |
/// | needs fewer evaluations | `brent_is_faster_than_bisection` |
///
/// # Numerics
///
/// A step that lands within a quarter of the tolerance of an end goes that far at least: it crosses the root and
/// closes the bracket from the other side. If three steps have not halved the bracket, the next one does; so there are
/// at most four times as many evaluations as in a bisection.
///
/// # Errors
///
/// [`CalculusError::NoSignChange`]; [`CalculusError::Domain`] if an end or the tolerance is not finite, or the
/// tolerance negative; [`CalculusError::NonFinite`] with the point at which `f` is not finite.
///
/// # Examples
///
/// ```
/// use gradus_calculus::brent;
///
/// let root = brent(|x| x * x - 2.0, 1.0, 2.0, 1e-12)?;
/// assert!((root.value - 2.0_f64.sqrt()).abs() <= root.error && root.error <= 1e-12);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// R. P. Brent, *Algorithms for Minimization without Derivatives*, Prentice-Hall 1973, chapter 4. His rule for when to
/// bisect looks at the last two steps; ours, at the length of the bracket.
#[doc(alias = "zeroin")]
pub fn brent(
    f: impl Fn(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<Estimate, CalculusError> {
    let mut before: Option<(f64, f64)> = None;
    close(f, low, high, tolerance, |bracket, replaced| {
        let next = interpolate(bracket.best(), bracket.other(), before);
        before = replaced;
        next
    })
}

/// Closes the bracket by the steps that `propose` makes of it and of the end that the last step replaced, and by
/// bisection where they are too slow.
pub(super) fn close(
    f: impl Fn(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
    mut propose: impl FnMut(&Bracket, Option<(f64, f64)>) -> f64,
) -> Result<Estimate, CalculusError> {
    let tolerance = tolerance_from(tolerance)?;
    let mut bracket = match Bracket::between(&f, low, high)? {
        Start::Bracket(bracket) => bracket,
        Start::Root(value) => return Ok(Estimate { value, error: 0.0 }),
    };
    let (mut slow, mut length, mut replaced) = (0, bracket.length(), None);
    while bracket.is_longer_than(tolerance) {
        let proposed = propose(&bracket, replaced);
        let x = if slow < PATIENCE && bracket.contains(proposed) {
            bracket.inside(proposed, 0.25 * tolerance)
        } else {
            bracket.middle()
        };
        let value = evaluate(&f, x)?;
        if value == 0.0 {
            return Ok(Estimate {
                value: x,
                error: 0.0,
            });
        }
        replaced = Some(bracket.replace(x, value));
        slow += 1;
        if bracket.length() <= 0.5 * length {
            (slow, length) = (0, bracket.length());
        }
    }
    Ok(bracket.estimate())
}

/// Where the inverse parabola through three points meets the axis, or the secant through two.
fn interpolate(a: (f64, f64), b: (f64, f64), c: Option<(f64, f64)>) -> f64 {
    let secant = || a.0 - a.1 * ((b.0 - a.0) / (b.1 - a.1));
    let Some(c) = c.filter(|c| c.1 != a.1 && c.1 != b.1) else {
        return secant();
    };
    // Lagrange's formula less a, in ratios: products of values may leave the range.
    let b_share = a.1 / (b.1 - a.1) * (c.1 / (b.1 - c.1));
    let c_share = a.1 / (c.1 - a.1) * (b.1 / (c.1 - b.1));
    a.0 + b_share * (b.0 - a.0) + c_share * (c.0 - a.0)
}

/// How many steps may pass before the bracket is half as long.
const PATIENCE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parabola_meets_the_axis_where_the_square_root_does() {
        // x = f² has the inverse parabola itself.
        let at = |f: f64| ((f + 1.0).powi(2), f);
        assert!((interpolate(at(0.5), at(-0.5), Some(at(2.0))) - 1.0).abs() < 1e-15);
        assert_eq!(interpolate((1.0, 1.0), (3.0, -1.0), None), 2.0);
    }

    #[test]
    fn flat_and_steep_functions_are_closed_in() {
        for f in [
            |x: f64| x.powi(9),
            |x: f64| x.cbrt(),
            f64::exp_m1,
            |x: f64| x.signum() * x.abs().powf(0.01),
        ] {
            let root = brent(f, -10.0, 500.0, 1e-9).unwrap();
            assert!(
                root.value.abs() <= root.error && root.error <= 1e-9,
                "{root:?}"
            );
        }
    }

    #[test]
    fn zero_tolerance_ends_at_neighbors() {
        let root = brent(|x| x * x - 2.0, 0.0, 9.0, 0.0).unwrap();
        assert!((root.value - 2.0_f64.sqrt()).abs() <= root.error && root.error <= f64::EPSILON);
        let root = brent(|x| x - 1.0, f64::MAX, -f64::MAX, 0.0).unwrap();
        assert!((root.value - 1.0).abs() <= f64::EPSILON);
    }

    #[test]
    fn what_bisection_refuses_is_refused() {
        assert!(brent(|x| x * x + 1.0, -1.0, 2.0, 1e-3).is_err());
        assert!(brent(|x| x, -1.0, f64::NAN, 1e-3).is_err());
        assert!(brent(|x| x, -1.0, 2.0, -1e-3).is_err());
    }
}
