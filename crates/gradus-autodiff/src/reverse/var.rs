//! A scalar on the tape, which is a `Real` itself.

use super::node::{Id, Op};
use super::tape::Tape;
use crate::element::Element;
use crate::error::AutodiffError;
use gradus_numeric::{Binary, Real, Unary};
use std::any::type_name;
use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A scalar on a tape: its value, and the node that knows where it came from.
///
/// A `Var` is a [`Real`], so a function written once for numbers can be recorded. Constants are variables
/// without a tape; they cost nothing until they meet one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the value is what plain numbers give, to the bit | `the_value_of_a_variable_is_the_plain_value` |
/// | reverse mode and forward mode agree | `forward_mode_equals_reverse_mode` |
///
/// # Numerics
///
/// Each operation of one or two variables appends one node with its slopes, about 20 ns in all for the way
/// there and back. Comparison and equality look at the value alone. A quotient keeps its divisor and no reciprocal,
/// which may overflow where the gradient does not. How $`0 \cdot \infty`$ is decided, and how to ask whether it was,
/// stands at [`Tape`].
///
/// # Examples
///
/// ```
/// use gradus_autodiff::gradient;
/// use gradus_autodiff::Real;
///
/// fn product<R: Real>(x: &[R]) -> R {
///     x.iter().fold(R::from_f64(1.0), |product, &x| product * x)
/// }
/// assert_eq!(gradient(|x| product(x), &[2.0, 3.0, 5.0])?, [15.0, 10.0, 6.0]);
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Var<'t, T: 'static> {
    value: T,
    node: Option<(&'t Tape<'t, T>, Id)>,
}

impl<'t, T: Element> Var<'t, T> {
    /// The value.
    #[inline(always)]
    #[must_use]
    pub fn value(self) -> T {
        self.value
    }

    /// A number that is on no tape; its gradient is zero.
    #[inline(always)]
    #[must_use]
    pub const fn constant(value: T) -> Self {
        Self { value, node: None }
    }

    #[inline(always)]
    pub(crate) const fn on(tape: &'t Tape<'t, T>, value: T, id: Id) -> Self {
        Self {
            value,
            node: Some((tape, id)),
        }
    }

    #[inline(always)]
    pub(crate) const fn node(self) -> Option<(&'t Tape<'t, T>, Id)> {
        self.node
    }

    /// `y = f(x)`, where `x` is this variable, with the derivative `slope`.
    #[inline(always)]
    fn chain(self, y: T, slope: T) -> Self {
        self.chain_with(Op::Scalar, y, slope)
    }

    /// `y = f(x)`, where `x` is this variable, with the number that `op` needs on the way back.
    #[inline(always)]
    fn chain_with(self, op: Op, y: T, behind: T) -> Self {
        match self.node {
            None => Self::constant(y),
            Some((tape, x)) => Self::on(tape, y, tape.push_scalar(op, [x], y, [behind])),
        }
    }

    /// `y = f(a, b)`, where `a` is this variable, with both partial derivatives.
    #[inline(always)]
    fn chain2(self, b: Self, y: T, (f_a, f_b): (T, T)) -> Self {
        match (self.node, b.node) {
            (None, _) => b.chain(y, f_b),
            (_, None) => self.chain(y, f_a),
            (Some((tape, i)), Some((other, j))) if tape.is(other) => {
                Self::on(tape, y, tape.push_scalar(Op::Scalar, [i, j], y, [f_a, f_b]))
            }
            (Some((tape, _)), Some((other, _))) => Self::mixed(tape, other, y),
        }
    }

    /// Two variables of two tapes.
    fn mixed(tape: &'t Tape<'t, T>, other: &Tape<'t, T>, y: T) -> Self {
        let error = AutodiffError::MixedTapes {
            operation: "scalar operation",
        };
        other.fail(error);
        Self::on(tape, y, tape.fail(error))
    }

    /// The multiple by a number.
    #[inline(always)]
    fn times(self, c: T) -> Self {
        self.chain(self.value * c, c.slope_of("product"))
    }
}

impl<T: Element> Real for Var<'_, T> {
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        Self::constant(T::from_f64(x))
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        self.value.to_f64()
    }
    /// A variable of value 0 may still have derivatives; only a constant is zero throughout.
    #[inline(always)]
    fn is_zero(self) -> bool {
        self.node.is_none() && self.value.is_zero()
    }
    #[inline(always)]
    fn apply<F: Unary>(self, f: F) -> Self {
        let y = self.value.apply_aside(f);
        match self.node {
            None => Self::constant(y),
            Some(_) => self.chain(y, f.slope(self.value, y).slope_of(type_name::<F>())),
        }
    }
    #[inline(always)]
    fn apply2<F: Binary>(self, b: Self, f: F) -> Self {
        let y = self.value.apply2_aside(b.value, f);
        let (f_a, f_b) = f.slopes(self.value, b.value, y);
        let [f_a, f_b] = [f_a, f_b].map(|slope| slope.slope_of(type_name::<F>()));
        self.chain2(b, y, (f_a, f_b))
    }
    #[inline(always)]
    fn pull(self, tangent: Self) -> Self {
        let product = self.value.pull(tangent.value);
        self.chain2(tangent, product, (tangent.value, self.value))
    }
    #[inline(always)]
    fn join(self, other: Self) -> Self {
        let one = T::from_f64(1.0);
        self.chain2(other, self.value.join(other.value), (one, one))
    }
    #[inline(always)]
    fn slope_of(self, operation: &'static str) -> Self {
        Self {
            value: self.value.slope_of(operation),
            ..self
        }
    }
    #[inline(always)]
    fn side(self) -> f64 {
        self.value.side()
    }
}

/// $`\partial(a + b) = (1, 1)`$.
impl<T: Element> Add for Var<'_, T> {
    type Output = Self;
    #[inline(always)]
    fn add(self, b: Self) -> Self {
        let one = T::from_f64(1.0);
        self.chain2(b, self.value + b.value, (one, one))
    }
}

/// $`\partial(a - b) = (1, -1)`$.
impl<T: Element> Sub for Var<'_, T> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, b: Self) -> Self {
        let one = T::from_f64(1.0);
        self.chain2(b, self.value - b.value, (one, -one))
    }
}

/// $`\partial(a b) = (b, a)`$.
impl<T: Element> Mul for Var<'_, T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, b: Self) -> Self {
        let [f_a, f_b] = [b.value, self.value].map(|slope| slope.slope_of("product"));
        self.chain2(b, self.value * b.value, (f_a, f_b))
    }
}

/// $`\partial(a / b) = (1 / b, -q / b)`$ with $`q = a / b`$.
impl<T: Element> Div for Var<'_, T> {
    type Output = Self;
    #[inline(always)]
    fn div(self, b: Self) -> Self {
        let q = self.value / b.value;
        match (self.node, b.node) {
            (None, _) => b.chain_with(Op::Divisor, q, b.value),
            (_, None) => self.chain_with(Op::Dividend, q, b.value),
            (Some((tape, i)), Some((other, j))) if tape.is(other) => Self::on(
                tape,
                q,
                tape.push_scalar(Op::Quotient, [i, j], q, [b.value]),
            ),
            (Some((tape, _)), Some((other, _))) => Self::mixed(tape, other, q),
        }
    }
}

/// A multiple: `x * 2.0`.
impl<T: Element> Mul<f64> for Var<'_, T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, c: f64) -> Self {
        self.times(T::from_f64(c))
    }
}

/// A part: `x / 3.0`.
impl<T: Element> Div<f64> for Var<'_, T> {
    type Output = Self;
    #[inline(always)]
    fn div(self, b: f64) -> Self {
        let b = T::from_f64(b);
        self.chain_with(Op::Dividend, self.value / b, b)
    }
}

/// $`\partial(-a) = -1`$.
impl<T: Element> Neg for Var<'_, T> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.chain(-self.value, T::from_f64(-1.0))
    }
}

impl<T: Element> AddAssign for Var<'_, T> {
    #[inline(always)]
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}

impl<T: Element> Sum for Var<'_, T> {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.reduce(Add::add).unwrap_or(Self::from_f64(0.0))
    }
}

impl<T: Element> PartialEq for Var<'_, T> {
    #[inline(always)]
    fn eq(&self, b: &Self) -> bool {
        self.value == b.value
    }
}

impl<T: Element> PartialOrd for Var<'_, T> {
    #[inline(always)]
    fn partial_cmp(&self, b: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&b.value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Var<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::functions::Max;

    /// Value and gradient at (3, 4).
    fn ask(f: fn(Var<'_, f64>, Var<'_, f64>) -> f64) -> f64 {
        let theta = [3.0, 4.0];
        let tape = Tape::new(&theta);
        f(tape.variable(0), tape.variable(1))
    }

    fn slopes(y: Var<'_, f64>) -> Vec<f64> {
        y.node()
            .and_then(|(tape, _)| tape.gradient(y).ok())
            .unwrap_or_default()
    }

    #[test]
    fn slopes_of_the_operators_by_hand() {
        let theta = [3.0, 4.0];
        let tape = Tape::new(&theta);
        let (a, b) = (tape.variable(0), tape.variable(1));
        assert_eq!(slopes(a + b), [1.0, 1.0]);
        assert_eq!(slopes(a - b), [1.0, -1.0]);
        assert_eq!(slopes(a * b), [4.0, 3.0]);
        assert_eq!(slopes(a / b), [0.25, -0.1875]);
        assert_eq!(slopes(-a), [-1.0, 0.0]);
        assert_eq!(slopes(a.apply2(b, Max)), [0.0, 1.0]);
        assert_eq!(slopes(a.powi(2)), [6.0, 0.0]);
        assert_eq!(slopes([a, b, a].into_iter().sum()), [2.0, 1.0]);
        assert_eq!(slopes(a / 2.0 + b * 3.0), [0.5, 3.0]);
        let mut c = a;
        c += b;
        assert_eq!((c.value(), slopes(c)), (7.0, vec![1.0, 1.0]));
    }

    #[test]
    fn constants_leave_no_trace() {
        let theta = [3.0];
        let tape = Tape::new(&theta);
        let (x, two) = (tape.variable(0), Var::from_f64(2.0));
        assert!((two * two).node().is_none());
        assert_eq!(slopes(two * x), [2.0]);
        assert_eq!(slopes(x / two), [0.5]);
        assert_eq!(slopes(two - x), [-1.0]);
        assert!(Var::<f64>::from_f64(0.0).is_zero() && !(x - x).is_zero());
    }

    #[test]
    fn comparison_looks_at_the_value_alone() {
        assert_eq!(ask(|a, b| f64::from(u8::from(a < b))), 1.0);
        assert_eq!(
            ask(|a, _| f64::from(u8::from(a == Var::from_f64(3.0)))),
            1.0
        );
        assert_eq!(format!("{:?}", Var::constant(1.5)), "1.5");
    }
}
