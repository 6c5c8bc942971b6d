//! The machine numbers, `f32` and `f64`, where an algorithm needs one of them and nothing else.

use super::real::Real;
use bytemuck::Pod;
use std::fmt::{Display, LowerExp};

/// `f32` or `f64`; sealed.
///
/// What trains, solves and stores works on machine numbers alone and asks for `T: Float`; what may be
/// differentiated asks for [`Real`].
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Float, Real};
///
/// fn halvings<T: Float>() -> u32 {
///     let mut n = 0;
///     let mut x = T::from_f64(1.0);
///     while x > T::EPSILON {
///         x = x * T::from_f64(0.5);
///         n += 1;
///     }
///     n
/// }
/// assert_eq!((halvings::<f32>(), halvings::<f64>()), (23, 52));
/// ```
pub trait Float:
    Real + Pod + Default + Display + LowerExp + Send + Sync + sealed::Sealed + 'static
{
    /// The distance from 1 to the next larger number.
    const EPSILON: Self;
    /// The smallest positive normal number.
    const MIN_POSITIVE: Self;
    /// The largest finite number.
    const MAX: Self;
    /// Positive infinity.
    const INFINITY: Self;

    /// Neither NaN nor infinite.
    #[must_use]
    fn is_finite(self) -> bool;

    /// The bits, zero-extended: two numbers have the same bits exactly if they are the same, NaN and
    /// signed zeros included.
    #[must_use]
    fn bits(self) -> u64;

    /// The number with these bits, of which the lowest `size_of::<Self>() * 8` count.
    #[must_use]
    fn from_bits(bits: u64) -> Self;
}

mod sealed {
    #[allow(unnameable_types, reason = "no other crate may implement Float")]
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

impl Float for f32 {
    const EPSILON: Self = Self::EPSILON;
    const MIN_POSITIVE: Self = Self::MIN_POSITIVE;
    const MAX: Self = Self::MAX;
    const INFINITY: Self = Self::INFINITY;
    #[inline(always)]
    fn is_finite(self) -> bool {
        self.is_finite()
    }
    fn bits(self) -> u64 {
        self.to_bits().into()
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the lowest 32 bits are meant"
    )]
    fn from_bits(bits: u64) -> Self {
        Self::from_bits(bits as u32)
    }
}

impl Float for f64 {
    const EPSILON: Self = Self::EPSILON;
    const MIN_POSITIVE: Self = Self::MIN_POSITIVE;
    const MAX: Self = Self::MAX;
    const INFINITY: Self = Self::INFINITY;
    #[inline(always)]
    fn is_finite(self) -> bool {
        self.is_finite()
    }
    fn bits(self) -> u64 {
        self.to_bits()
    }
    fn from_bits(bits: u64) -> Self {
        Self::from_bits(bits)
    }
}
