//! The sum of the squares of all entries.

use super::sum_of;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{MatrixVar, Point, Rule, SCALAR, Var, only};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, map, pull};

/// The sum of the squares of all entries, $`y = \sum_{ij} x_{ij}^2 = \lVert X \rVert_F^2`$.
///
/// ```math
/// \bar x_{ij} = 2\,x_{ij}\,\bar y
/// ```
///
/// # Shapes
///
/// `X: m × n`, `y: 1 × 1`; the sum of no entries is 0.
///
/// # Numerics
///
/// The sum is compensated, as that of [`Total`](super::Total).
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::Shape;
///
/// let mut gradient = [0.0; 2];
/// let y = Arena::new().value_and_gradient(&[2.0, 3.0], &mut gradient, |tape| {
///     tape.parameter(0, Shape::new(1, 2)).squared_sum()
/// })?;
/// assert_eq!((y, gradient), (13.0, [4.0, 6.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "Frobenius norm")]
pub struct SquaredSum;

impl<T: Element> Rule<T> for SquaredSum {
    fn name(&self) -> &'static str {
        "sum of squares"
    }
    fn shape(&self, _: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        Ok(SCALAR)
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let x = x.as_slice();
        let squares = sum_of(
            x,
            x,
            #[inline(always)]
            |x, other| x * other,
        );
        y.into_slice().fill(squares); // 1×1
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        if let Some(y_bar) = only(at.y_bar) {
            map(
                at.x[0].as_slice(),
                x_bar.into_slice(),
                #[inline(always)]
                move |x| pull((x + x).slope_of("sum of squares"), y_bar),
            );
        }
    }
}

impl<'t, T: Element> MatrixVar<'t, T> {
    /// The sum of the squares of all entries; see [`SquaredSum`].
    #[must_use]
    pub fn squared_sum(self) -> Var<'t, T> {
        self.apply(&SquaredSum).scalar()
    }
}
