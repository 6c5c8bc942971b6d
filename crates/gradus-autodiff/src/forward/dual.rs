//! Forward mode: numbers `a + b ε` with `ε² = 0`.

use gradus_numeric::{Binary, Real, Unary};
use std::any::type_name;
use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A value and its derivative in one direction.
///
/// ```math
/// a + b\,\varepsilon, \qquad \varepsilon^2 = 0, \qquad f(a + b\,\varepsilon) = f(a) + f'(a)\,b\,\varepsilon
/// ```
///
/// Calculating with duals is calculating with first-order Taylor polynomials: whatever a program does
/// to the number, the coefficient of $`\varepsilon`$ is the derivative of the result along the way.
/// Duals nest: `Dual<Dual<f64>>` carries a second derivative.
///
#[doc = include_str!("../../docs/dual.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`(\R[\varepsilon], +, \cdot)`$ is a commutative ring with $`\varepsilon^2 = 0`$ | `duals_are_a_commutative_ring` |
/// | $`x \cdot x^{-1} = 1`$ | `a_dual_times_its_inverse_is_one` |
/// | the value part is what plain numbers give, to the bit | `the_value_of_a_dual_is_the_plain_value` |
///
/// # Numerics
///
/// Comparison and equality look at the value alone, so a branch takes the side that the value takes.
///
/// Where an indeterminate form turns up, a derivative is the number of least norm: $`0 \cdot \infty`$ and
/// $`\infty - \infty`$ are 0 ([`pull`](crate::pull)). What does not depend on a variable has derivative 0,
/// however steep the function is; the price is that a removable singularity, $`(\sqrt x)^2`$ at 0, has
/// derivative 0 too where the limit is 1. [`Watched`](crate::Watched) numbers tell where that was decided.
///
/// A second derivative at a kink is taken to the side to which the inner dual moves, so that
/// $`\lvert x \rvert^2`$ bends by 2 at 0.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Dual;
/// use gradus_autodiff::Real;
///
/// let x = Dual::new(3.0, 1.0);
/// let y = x * x + x.exp() - x.exp();
/// assert_eq!((y.value, y.derivative), (9.0, 6.0));
///
/// let x = Dual::new(Dual::new(2.0, 1.0), Dual::new(1.0, 0.0));
/// assert_eq!((x * x * x).derivative.derivative, 12.0); // (x³)″ = 6 x
/// ```
///
/// # References
///
/// A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, section 3.1 and 13.2.
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "forward mode")]
#[doc(alias = "dual number")]
pub struct Dual<R> {
    /// $`a`$, the value.
    pub value: R,
    /// $`b`$, the derivative along the direction in question.
    pub derivative: R,
}

impl<R: Real> Dual<R> {
    /// $`a + b\,\varepsilon`$.
    #[inline(always)]
    #[must_use]
    pub const fn new(value: R, derivative: R) -> Self {
        Self { value, derivative }
    }

    /// A number that does not depend on the variable: its derivative is 0.
    #[inline(always)]
    #[must_use]
    pub fn constant(value: R) -> Self {
        Self::new(value, R::from_f64(0.0))
    }

    /// The variable itself: its derivative is 1.
    #[inline(always)]
    #[must_use]
    pub fn variable(value: R) -> Self {
        Self::new(value, R::from_f64(1.0))
    }

    /// `y = f(x)`, where `x` is this number, with the derivative `slope`.
    #[inline(always)]
    fn chain(self, y: R, slope: R, operation: &'static str) -> Self {
        Self::new(y, slope.slope_of(operation).pull(self.derivative))
    }

    /// `y = f(a, b)`, where `a` is this number, with both partial derivatives.
    #[inline(always)]
    fn chain2(self, b: Self, y: R, (f_a, f_b): (R, R), operation: &'static str) -> Self {
        let by_a = f_a.slope_of(operation).pull(self.derivative);
        let by_b = f_b.slope_of(operation).pull(b.derivative);
        Self::new(y, by_a.join(by_b))
    }
}

impl<R: Real> Real for Dual<R> {
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        Self::constant(R::from_f64(x))
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        self.value.to_f64()
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        self.value.is_zero() && self.derivative.is_zero()
    }
    /// $`f(a + b\,\varepsilon) = f(a) + f'(a)\,b\,\varepsilon`$.
    #[inline(always)]
    fn apply<F: Unary>(self, f: F) -> Self {
        let y = self.value.apply_aside(f);
        self.chain(y, f.slope(self.value, y), type_name::<F>())
    }
    /// $`f(a + a'\varepsilon, b + b'\varepsilon) = f(a, b) + (f_a a' + f_b b')\,\varepsilon`$.
    #[inline(always)]
    fn apply2<F: Binary>(self, b: Self, f: F) -> Self {
        let y = self.value.apply2_aside(b.value, f);
        self.chain2(b, y, f.slopes(self.value, b.value, y), type_name::<F>())
    }
    /// $`(s + s'\varepsilon)(t + t'\varepsilon)`$, where zero absorbs in every coefficient.
    #[inline(always)]
    fn pull(self, tangent: Self) -> Self {
        let (s, t) = (self, tangent);
        let derivative = s.derivative.pull(t.value).join(s.value.pull(t.derivative));
        Self::new(s.value.pull(t.value), derivative)
    }
    #[inline(always)]
    fn join(self, other: Self) -> Self {
        let derivative = self.derivative.join(other.derivative);
        Self::new(self.value.join(other.value), derivative)
    }
    #[inline(always)]
    fn slope_of(self, operation: &'static str) -> Self {
        let derivative = self.derivative.slope_of(operation);
        Self::new(self.value.slope_of(operation), derivative)
    }
    #[inline(always)]
    fn side(self) -> f64 {
        let side = self.value.side();
        if side == 0.0 {
            self.derivative.side()
        } else {
            side
        }
    }
    /// With the slope at $`a + b\,\varepsilon`$ instead of that at $`a`$: they differ where $`a`$ is a kink.
    #[inline(always)]
    fn apply_aside<F: Unary>(self, f: F) -> Self {
        let y = self.value.apply_aside(f);
        let slope = f.slope(self, Self::constant(y)).value;
        self.chain(y, slope, type_name::<F>())
    }
    #[inline(always)]
    fn apply2_aside<F: Binary>(self, b: Self, f: F) -> Self {
        let y = self.value.apply2_aside(b.value, f);
        let (f_a, f_b) = f.slopes(self, b, Self::constant(y));
        self.chain2(b, y, (f_a.value, f_b.value), type_name::<F>())
    }
}

/// $`(a + b)' = a' + b'`$.
impl<R: Real> Add for Dual<R> {
    type Output = Self;
    #[inline(always)]
    fn add(self, b: Self) -> Self {
        Self::new(self.value + b.value, self.derivative.join(b.derivative))
    }
}

/// $`(a - b)' = a' - b'`$.
impl<R: Real> Sub for Dual<R> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, b: Self) -> Self {
        Self::new(self.value - b.value, self.derivative.join(-b.derivative))
    }
}

/// $`(a b)' = b a' + a b'`$.
impl<R: Real> Mul for Dual<R> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, b: Self) -> Self {
        self.chain2(b, self.value * b.value, (b.value, self.value), "product")
    }
}

/// $`(a / b)' = (a' - q b') / b`$ with $`q = a / b`$.
impl<R: Real> Div for Dual<R> {
    type Output = Self;
    #[inline(always)]
    fn div(self, b: Self) -> Self {
        let q = self.value / b.value;
        let change = self
            .derivative
            .join(-q.slope_of("quotient").pull(b.derivative));
        Self::new(q, share(change, b.value))
    }
}

/// $`\bar y / b`$, where $`1 / b`$ is a slope: it may overflow although the quotient does not, so it is only formed
/// where the quotient is indeterminate.
#[inline(always)]
pub(crate) fn share<R: Real>(change: R, b: R) -> R {
    let share = change / b;
    if share.partial_cmp(&share).is_some() {
        share
    } else {
        let slope = R::from_f64(1.0) / b;
        slope.slope_of("quotient").pull(change)
    }
}

/// $`(-a)' = -a'`$.
impl<R: Real> Neg for Dual<R> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self::new(-self.value, -self.derivative)
    }
}

impl<R: Real> AddAssign for Dual<R> {
    #[inline(always)]
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}

impl<R: Real> Sum for Dual<R> {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::from_f64(0.0), Add::add)
    }
}

// Not derived: a derived comparison would look at the derivative too.
impl<R: Real> PartialEq for Dual<R> {
    #[inline(always)]
    fn eq(&self, b: &Self) -> bool {
        self.value == b.value
    }
}

impl<R: Real> PartialOrd for Dual<R> {
    #[inline(always)]
    fn partial_cmp(&self, b: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&b.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_by_hand() {
        let (a, b) = (Dual::new(3.0, 2.0), Dual::new(4.0, -1.0));
        let parts = |x: Dual<f64>| (x.value, x.derivative);
        assert_eq!(parts(a + b), (7.0, 1.0));
        assert_eq!(parts(a - b), (-1.0, 3.0));
        assert_eq!(parts(a * b), (12.0, 5.0)); // 2·4 + 3·(−1)
        assert_eq!(parts(a / b), (0.75, 0.6875)); // (2 + 0.75) / 4
        assert_eq!(parts(-a), (-3.0, -2.0));
        assert_eq!(parts([a, b].into_iter().sum()), (7.0, 1.0));
    }

    #[test]
    fn comparison_looks_at_the_value_alone() {
        assert_eq!(Dual::new(1.0, 2.0), Dual::new(1.0, 3.0));
        assert!(Dual::new(1.0, 9.0) < Dual::new(2.0, 0.0));
        assert!(!Dual::new(0.0, 1.0).is_zero());
        assert!(Dual::new(0.0, -0.0).is_zero());
    }

    #[test]
    fn a_constant_absorbs_an_infinite_slope() {
        assert_eq!(Dual::constant(0.0).sqrt().derivative, 0.0);
        assert_eq!(Dual::variable(0.0).sqrt().derivative, f64::INFINITY);
        assert_eq!((Dual::constant(0.0) / Dual::constant(0.0)).derivative, 0.0);
        assert_eq!(
            (Dual::constant(f64::INFINITY) * Dual::constant(0.0)).derivative,
            0.0
        );
    }
}
