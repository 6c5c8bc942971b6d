//! Functions as data: a row is a value and its slope, and serves floats, duals, scalars and matrices on a tape.

use crate::real::Real;
use std::fmt::Debug;

/// A differentiable function of one number.
///
/// The value is computed by machine arithmetic, in the most exact form known; the slope is an
/// expression over any [`Real`], so rules nest to any order and stay stable under differentiation.
///
/// # Examples
///
/// A function of one's own serves every number type at once:
///
/// ```
/// use gradus_numeric::{Real, Unary};
///
/// #[derive(Clone, Copy, Debug)]
/// struct Square;
/// impl Unary for Square {
///     fn value(self, x: f64) -> f64 {
///         x * x
///     }
///     fn slope<R: Real>(self, x: R, _y: R) -> R {
///         x + x
///     }
/// }
/// assert_eq!(3.0_f64.apply(Square), 9.0);
/// assert_eq!(Square.slope(3.0, 9.0), 6.0);
/// ```
pub trait Unary: Copy + Debug + Send + Sync + 'static {
    /// The value.
    ///
    /// $`f(x)`$ for machine numbers.
    #[must_use]
    fn value(self, x: f64) -> f64;

    /// The value in single precision: through double precision unless speed asks for more.
    #[must_use]
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        f32::from_f64(self.value(x.into()))
    }

    /// The slope.
    ///
    /// $`f'(x)`$, given $`y = f(x)`$; at a kink the sub-gradient of least norm.
    #[must_use]
    fn slope<R: Real>(self, x: R, y: R) -> R;
}

/// A differentiable function of two numbers.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Binary, functions::Max};
///
/// assert_eq!(Max.value(2.0, 3.0), 3.0);
/// assert_eq!(Max.slopes(2.0, 2.0, 2.0), (0.5, 0.5)); // a tie: half to each
/// ```
pub trait Binary: Copy + Debug + Send + Sync + 'static {
    /// The value.
    ///
    /// $`f(a, b)`$ for machine numbers.
    #[must_use]
    fn value(self, a: f64, b: f64) -> f64;

    /// The value in single precision: through double precision unless speed asks for more.
    #[must_use]
    #[inline(always)]
    fn value_f32(self, a: f32, b: f32) -> f32 {
        f32::from_f64(self.value(a.into(), b.into()))
    }

    /// The two partial slopes.
    ///
    /// $`(\partial f / \partial a, \partial f / \partial b)`$, given $`y = f(a, b)`$.
    #[must_use]
    fn slopes<R: Real>(self, a: R, b: R, y: R) -> (R, R);
}

/// `slope · tangent`, where a factor that is exactly zero absorbs the other.
///
/// ```math
/// 0 \cdot \infty = \infty \cdot 0 = 0
/// ```
///
/// What does not depend on a variable has derivative zero, however steep the function is there; and where a
/// function is constant nothing flows through it, however much would. Duals and tapes both go through this one
/// function, [`Real::pull`], so forward and reverse mode decide alike.
///
/// # Examples
///
/// ```
/// use gradus_numeric::pull;
///
/// assert_eq!(pull(f64::INFINITY, 0.0), 0.0);
/// assert_eq!(pull(0.0, f64::INFINITY), 0.0);
/// assert_eq!(pull(3.0, 2.0), 6.0);
/// ```
#[inline(always)]
pub fn pull<R: Real>(slope: R, tangent: R) -> R {
    slope.pull(tangent)
}
