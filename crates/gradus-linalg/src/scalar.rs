//! The number types of linear algebra.

use faer::{Accum, MatMut, MatRef, Par};
use gradus_numeric::{Float, Real};
use nalgebra::DMatrix;

/// `f32` or `f64`; sealed.
///
/// The same two types as [`Float`], with what a fast matrix product needs from behind the scenes.
///
/// Three traits stand for number types, each with a task of its own. [`Real`] is what a formula needs that is
/// differentiated too: `f32`, `f64`, dual numbers, variables on a tape. [`Float`] is `f32` and `f64` where memory is
/// walked through. `Scalar` is those two where a matrix is decomposed or multiplied; it is not part of [`Float`] because
/// the product is faer's, and the crate of scalars does not depend on faer. Nothing but this crate's functions asks for it.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Scalar, matmul, nalgebra::DMatrix};
///
/// fn square<T: Scalar>(a: &DMatrix<T>) -> Option<DMatrix<T>> {
///     matmul(a, a).ok()
/// }
/// let swap = DMatrix::from_row_slice(2, 2, &[0.0_f32, 1.0, 1.0, 0.0]);
/// assert_eq!(square(&swap), Some(DMatrix::identity(2, 2)));
/// ```
pub trait Scalar: Float + Engine {}

impl Scalar for f32 {}
impl Scalar for f64 {}

/// What this crate asks of a number type; not nameable outside, which seals [`Scalar`].
#[allow(unnameable_types, reason = "only this crate implements Scalar")]
pub trait Engine: Sized {
    /// `c = a b` or `c += a b` on one thread. The shapes fit: callers have checked.
    fn multiply(c: MatMut<'_, Self>, accumulate: Accum, a: MatRef<'_, Self>, b: MatRef<'_, Self>);

    /// Every entry rounded; where nothing is to be rounded, the very matrix.
    fn rounded(a: DMatrix<f64>) -> DMatrix<Self>;

    /// $`a x + b`$ for the number $`a`$, rounded once.
    #[must_use]
    fn fused(self, x: Self, b: Self) -> Self;
}

impl Engine for f32 {
    #[inline]
    fn multiply(c: MatMut<'_, Self>, accumulate: Accum, a: MatRef<'_, Self>, b: MatRef<'_, Self>) {
        faer::linalg::matmul::matmul(c, accumulate, a, b, 1.0, Par::Seq);
    }

    fn rounded(a: DMatrix<f64>) -> DMatrix<Self> {
        a.map(Self::from_f64)
    }

    #[inline(always)]
    fn fused(self, x: Self, b: Self) -> Self {
        self.mul_add(x, b)
    }
}

impl Engine for f64 {
    #[inline]
    fn multiply(c: MatMut<'_, Self>, accumulate: Accum, a: MatRef<'_, Self>, b: MatRef<'_, Self>) {
        faer::linalg::matmul::matmul(c, accumulate, a, b, 1.0, Par::Seq);
    }

    fn rounded(a: DMatrix<f64>) -> DMatrix<Self> {
        a
    }

    #[inline(always)]
    fn fused(self, x: Self, b: Self) -> Self {
        self.mul_add(x, b)
    }
}
