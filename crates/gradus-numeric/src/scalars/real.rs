//! The one scalar trait.

use super::elementary::{Cos, Exp, ExpM1, Ln, Ln1p, Sin, Sqrt, Tanh};
use super::extremum::{Max, Min};
use super::function::{Binary, Unary};
use super::kink::{Abs, Clamp};
use super::power::{Powf, Powi};
use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A real number: `f32`, `f64`, or a number that carries derivatives.
///
/// A function written once for `R: Real` runs on machine numbers, on dual numbers and on variables of a
/// tape. Comparison looks at the value alone: a branch takes the side that the value takes.
///
/// Every elementary function goes through [`apply`](Self::apply): one [`Unary`] row holds value and
/// slope, so a number type that carries derivatives implements the chain rule exactly once.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Real;
///
/// fn rosenbrock<R: Real>(x: R, y: R) -> R {
///     (R::from_f64(1.0) - x).powi(2) + R::from_f64(100.0) * (y - x.powi(2)).powi(2)
/// }
/// assert_eq!(rosenbrock(-1.0, 2.0), 104.0);
/// assert_eq!(rosenbrock(-1.0_f32, 2.0), 104.0);
/// ```
pub trait Real:
    Copy
    + Debug
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + Sum
{
    /// The constant nearest to `x`; its derivative is zero.
    fn from_f64(x: f64) -> Self;

    /// The value, without derivatives.
    fn to_f64(self) -> f64;

    /// Whether the number is zero in every component: value and derivatives of every order.
    ///
    /// Comparison with zero looks at the value alone; a tangent of value 0 may still carry a second
    /// derivative. Only a number that is zero throughout absorbs an infinite factor.
    fn is_zero(self) -> bool;

    /// A function of this number, with the chain rule where `Self` carries a derivative.
    #[must_use]
    fn apply<F: Unary>(self, f: F) -> Self;

    /// A function of this number and another one, with the chain rule where `Self` carries a derivative.
    #[must_use]
    fn apply2<F: Binary>(self, b: Self, f: F) -> Self;

    /// This slope times a tangent (or an adjoint), where a factor that is zero throughout absorbs the other; see
    /// [`pull`](crate::pull).
    #[must_use]
    #[inline(always)]
    fn pull(self, tangent: Self) -> Self {
        if tangent.is_zero() {
            tangent
        } else if self.is_zero() {
            self
        } else {
            self * tangent
        }
    }

    /// The sum of two contributions to a derivative, where infinities of opposite sign cancel.
    ///
    /// Like $`0 \cdot \infty`$, $`\infty - \infty`$ can be the limit of any number: what is taken is the one of
    /// least norm, 0.
    #[must_use]
    #[inline(always)]
    fn join(self, other: Self) -> Self {
        let sum = self + other;
        let is_nan = |x: Self| x.partial_cmp(&x).is_none();
        if is_nan(sum) && !is_nan(self) && !is_nan(other) {
            Self::from_f64(0.0)
        } else {
            sum
        }
    }

    /// This number as the slope of an operation, for number types that remember where something was decided.
    #[must_use]
    #[inline(always)]
    fn slope_of(self, operation: &'static str) -> Self {
        let _ = operation;
        self
    }

    /// The value, and where that is 0 the derivative along which the number leaves 0.
    ///
    /// It tells the side of a kink at which a second derivative is taken.
    #[must_use]
    #[inline(always)]
    fn side(self) -> f64 {
        self.to_f64()
    }

    /// [`apply`](Self::apply) inside of another differentiation: a number that carries a derivative leaves a kink
    /// along it, to the side where the second derivative is taken.
    #[must_use]
    #[inline(always)]
    fn apply_aside<F: Unary>(self, f: F) -> Self {
        self.apply(f)
    }

    /// [`apply2`](Self::apply2) inside of another differentiation; see [`apply_aside`](Self::apply_aside).
    #[must_use]
    #[inline(always)]
    fn apply2_aside<F: Binary>(self, b: Self, f: F) -> Self {
        self.apply2(b, f)
    }

    /// The exponential function.
    #[must_use]
    #[inline(always)]
    fn exp(self) -> Self {
        self.apply(Exp)
    }
    /// The exponential function minus one, exact near zero.
    #[must_use]
    #[inline(always)]
    fn exp_m1(self) -> Self {
        self.apply(ExpM1)
    }
    /// The natural logarithm.
    #[must_use]
    #[inline(always)]
    fn ln(self) -> Self {
        self.apply(Ln)
    }
    /// The natural logarithm of one plus this number, exact near zero.
    #[must_use]
    #[inline(always)]
    fn ln_1p(self) -> Self {
        self.apply(Ln1p)
    }
    /// The square root; its slope at 0 is infinite.
    #[must_use]
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.apply(Sqrt)
    }
    /// The sine of an angle in radians.
    #[must_use]
    #[inline(always)]
    fn sin(self) -> Self {
        self.apply(Sin)
    }
    /// The cosine of an angle in radians.
    #[must_use]
    #[inline(always)]
    fn cos(self) -> Self {
        self.apply(Cos)
    }
    /// The hyperbolic tangent.
    #[must_use]
    #[inline(always)]
    fn tanh(self) -> Self {
        self.apply(Tanh)
    }
    /// The absolute value; its slope at 0 is 0, the sub-gradient of least norm.
    #[must_use]
    #[inline(always)]
    fn abs(self) -> Self {
        self.apply(Abs)
    }
    /// The power with a whole exponent `n`; to the power 0 everything is 1.
    #[must_use]
    #[inline(always)]
    fn powi(self, n: i32) -> Self {
        self.apply(Powi(n))
    }
    /// The power with a constant real exponent `p`.
    #[must_use]
    #[inline(always)]
    fn powf(self, p: f64) -> Self {
        self.apply(Powf(p))
    }
    /// The nearest number between `low` and `high`; the slope is 1 on the closed interval, 0 outside.
    #[must_use]
    #[inline(always)]
    fn clamp(self, low: f64, high: f64) -> Self {
        self.apply(Clamp { low, high })
    }
    /// The larger of the two; at a tie each gets half of the slope. NaN if either is NaN.
    #[must_use]
    #[inline(always)]
    fn max(self, b: Self) -> Self {
        self.apply2(b, Max)
    }
    /// The smaller of the two; at a tie each gets half of the slope. NaN if either is NaN.
    #[must_use]
    #[inline(always)]
    fn min(self, b: Self) -> Self {
        self.apply2(b, Min)
    }
}

impl Real for f64 {
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        x
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        self
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        self == 0.0
    }
    #[inline(always)]
    fn apply<F: Unary>(self, f: F) -> Self {
        f.value(self)
    }
    #[inline(always)]
    fn apply2<F: Binary>(self, b: Self, f: F) -> Self {
        f.value(self, b)
    }
}

impl Real for f32 {
    #[inline(always)]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "rounding to the nearest f32 is what is asked"
    )]
    fn from_f64(x: f64) -> Self {
        x as f32
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        self.into()
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        self == 0.0
    }
    #[inline(always)]
    fn apply<F: Unary>(self, f: F) -> Self {
        f.value_f32(self)
    }
    #[inline(always)]
    fn apply2<F: Binary>(self, b: Self, f: F) -> Self {
        f.value_f32(self, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_absorbs_and_opposite_infinities_cancel() {
        let infinity = f64::INFINITY;
        assert_eq!(
            [
                0.0_f64.pull(infinity),
                infinity.pull(0.0),
                0.0_f64.pull(f64::NAN)
            ],
            [0.0; 3]
        );
        assert_eq!((infinity.pull(-2.0), 3.0_f32.pull(2.0)), (-infinity, 6.0));
        assert_eq!(
            (
                infinity.join(-infinity),
                infinity.join(1.0),
                2.0_f64.join(1.0)
            ),
            (0.0, infinity, 3.0)
        );
        assert!(f64::NAN.join(infinity).is_nan() && f64::NAN.pull(1.0).is_nan());
        assert_eq!((0.0_f64.side(), (-3.0_f32).side()), (0.0, -3.0));
    }
}
