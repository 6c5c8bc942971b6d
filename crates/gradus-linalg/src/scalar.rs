//! The number types of linear algebra.

use faer::{Accum, MatMut, MatRef, Par};
use gradus_numeric::{Float, Real};
use nalgebra::DMatrix;

/// `f32` or `f64`; sealed.
///
/// The same two types as [`Float`], with what a fast matrix product needs from behind the scenes.
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
#[allow(unnameable_types, reason = "nobody else may implement Scalar")]
pub trait Engine: Sized {
    /// `c = a b` or `c += a b` on one thread. The shapes fit: callers have checked.
    fn multiply(c: MatMut<'_, Self>, accumulate: Accum, a: MatRef<'_, Self>, b: MatRef<'_, Self>);

    /// Every entry rounded; where nothing is to be rounded, the very matrix.
    fn rounded(a: DMatrix<f64>) -> DMatrix<Self>;
}

impl Engine for f32 {
    #[inline]
    fn multiply(c: MatMut<'_, Self>, accumulate: Accum, a: MatRef<'_, Self>, b: MatRef<'_, Self>) {
        faer::linalg::matmul::matmul(c, accumulate, a, b, 1.0, Par::Seq);
    }

    fn rounded(a: DMatrix<f64>) -> DMatrix<Self> {
        a.map(Self::from_f64)
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
}
