//! Numbers that remember where an indeterminate form was decided.

use gradus_numeric::{Binary, Real, Unary};
use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A number that remembers whether an indeterminate form was decided on its way.
///
/// Derivatives decide $`0 \cdot \infty`$ and $`\infty - \infty`$ as 0 ([`pull`](crate::pull)), which is
/// what one wants of a bound that holds or of a weight that does not matter, and wrong where a singularity is
/// removable. Every question can be asked with watched numbers instead of plain ones, in forward mode, in
/// reverse mode and with matrices: the answers are the same, and those that rest on such a decision say so.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | watching changes no bit of value and derivative | `watching_changes_nothing` |
/// | nothing is decided where all slopes and derivatives are finite | `nothing_is_decided_among_finite_slopes` |
///
/// # Examples
///
/// $`(\sqrt x)^2`$ and $`x`$ are equal, but only one of them can be differentiated at 0:
///
/// ```
/// use gradus_autodiff::{Real, Watched, derivative, gradient};
///
/// let zero = [Watched::new(0.0)];
/// let slope = gradient(|x| x[0].sqrt().powi(2), &zero)?[0];
/// assert_eq!((slope.value, slope.decided), (0.0, Some("Sqrt"))); // going back, 0 meets the slope of the root
/// let slope = derivative(|x| x.sqrt().powi(2), zero[0]);
/// assert_eq!((slope.value, slope.decided), (0.0, Some("Powi"))); // going forward, ∞ meets that of the square
/// assert_eq!(gradient(|x| x[0], &zero)?[0].decided, None);
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "anomaly detection")]
pub struct Watched<R> {
    /// The number.
    pub value: R,
    /// The first operation at which an indeterminate form was decided: the name of its function, or of the
    /// arithmetic.
    pub decided: Option<&'static str>,
    /// If the number is a slope: of which operation.
    operation: Option<&'static str>,
}

impl<R: Real> Watched<R> {
    /// A number on whose way nothing was decided so far.
    #[inline(always)]
    #[must_use]
    pub const fn new(value: R) -> Self {
        Self::with(value, None)
    }

    #[inline(always)]
    const fn with(value: R, decided: Option<&'static str>) -> Self {
        Self {
            value,
            decided,
            operation: None,
        }
    }

    /// The earlier of two decisions; of two at once, that of this number.
    #[inline(always)]
    fn decided(self, b: Self) -> Option<&'static str> {
        self.decided.or(b.decided)
    }

    #[inline(always)]
    fn is_finite(self) -> bool {
        self.to_f64().is_finite()
    }
}

impl<R: Real> Real for Watched<R> {
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        Self::new(R::from_f64(x))
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        self.value.to_f64()
    }
    #[inline(always)]
    fn is_zero(self) -> bool {
        self.value.is_zero()
    }
    #[inline(always)]
    fn apply<F: Unary>(self, f: F) -> Self {
        Self::with(self.value.apply(f), self.decided)
    }
    #[inline(always)]
    fn apply2<F: Binary>(self, b: Self, f: F) -> Self {
        Self::with(self.value.apply2(b.value, f), self.decided(b))
    }
    fn pull(self, tangent: Self) -> Self {
        let meets = |zero: Self, other: Self| zero.is_zero() && !other.is_finite();
        let decides = meets(self, tangent) || meets(tangent, self);
        let here = decides.then(|| self.operation.map_or("product", short));
        Self::with(
            self.value.pull(tangent.value),
            self.decided(tangent).or(here),
        )
    }
    fn join(self, other: Self) -> Self {
        let is_nan = |x: Self| x.to_f64().is_nan();
        let decides = is_nan(self + other) && !is_nan(self) && !is_nan(other);
        let here = decides.then_some("sum");
        Self::with(self.value.join(other.value), self.decided(other).or(here))
    }
    #[inline(always)]
    fn slope_of(self, operation: &'static str) -> Self {
        Self {
            operation: Some(operation),
            ..self
        }
    }
    #[inline(always)]
    fn side(self) -> f64 {
        self.value.side()
    }
    #[inline(always)]
    fn apply_aside<F: Unary>(self, f: F) -> Self {
        Self::with(self.value.apply_aside(f), self.decided)
    }
    #[inline(always)]
    fn apply2_aside<F: Binary>(self, b: Self, f: F) -> Self {
        Self::with(self.value.apply2_aside(b.value, f), self.decided(b))
    }
}

/// The name of a type without its path and its parameters.
fn short(name: &'static str) -> &'static str {
    let path = name.split('<').next().unwrap_or(name);
    path.rsplit("::").next().unwrap_or(path)
}

impl<R: Real> Add for Watched<R> {
    type Output = Self;
    #[inline(always)]
    fn add(self, b: Self) -> Self {
        Self::with(self.value + b.value, self.decided(b))
    }
}

impl<R: Real> Sub for Watched<R> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, b: Self) -> Self {
        Self::with(self.value - b.value, self.decided(b))
    }
}

impl<R: Real> Mul for Watched<R> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, b: Self) -> Self {
        Self::with(self.value * b.value, self.decided(b))
    }
}

impl<R: Real> Div for Watched<R> {
    type Output = Self;
    #[inline(always)]
    fn div(self, b: Self) -> Self {
        Self::with(self.value / b.value, self.decided(b))
    }
}

impl<R: Real> Neg for Watched<R> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self::with(-self.value, self.decided)
    }
}

impl<R: Real> AddAssign for Watched<R> {
    #[inline(always)]
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}

impl<R: Real> Sum for Watched<R> {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::from_f64(0.0), Add::add)
    }
}

// Not derived: a derived comparison would look at the decision too.
impl<R: Real> PartialEq for Watched<R> {
    #[inline(always)]
    fn eq(&self, b: &Self) -> bool {
        self.value == b.value
    }
}

impl<R: Real> PartialOrd for Watched<R> {
    #[inline(always)]
    fn partial_cmp(&self, b: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&b.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn zero_times_infinity_is_remembered_with_the_operation() {
        let [zero, one, steep] = [0.0, 1.0, INFINITY].map(Watched::new);
        let slope = steep.slope_of("a::b::Sqrt<c::D>");
        assert_eq!(slope.pull(zero).decided, Some("Sqrt"));
        assert_eq!(zero.pull(steep).decided, Some("product"));
        assert_eq!((slope.pull(zero) + one).decided, Some("Sqrt"));
        assert_eq!(slope.pull(one).decided, None);
        assert_eq!(
            (slope.pull(one).value, slope.pull(zero).value),
            (INFINITY, 0.0)
        );
    }

    #[test]
    fn opposite_infinities_are_remembered() {
        let [up, down] = [INFINITY, -INFINITY].map(Watched::new);
        assert_eq!(
            (up.join(down).value, up.join(down).decided),
            (0.0, Some("sum"))
        );
        assert_eq!(up.join(up).decided, None);
        assert!((up + down).value.is_nan()); // values follow IEEE
    }
}
