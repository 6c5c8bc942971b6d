//! The sum of all entries.

use super::sum;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, SCALAR, Var, only};
use gradus_numeric::{MatrixMut, MatrixRef, Shape};

/// The sum of all entries, $`y = \sum_{ij} x_{ij}`$.
///
/// ```math
/// \bar x_{ij} = \bar y
/// ```
///
/// # Shapes
///
/// `X: m × n`, `y: 1 × 1`; the sum of no entries is 0.
///
/// # Numerics
///
/// Compensated: within 6 ULP of $`\sum \lvert x_{ij} \rvert`$, whatever the number of entries.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::Shape;
///
/// let mut gradient = [0.0; 2];
/// let y = Arena::new().value_and_gradient(&[2.0, 3.0], &mut gradient, |tape| {
///     tape.parameter(0, Shape::new(1, 2)).sum()
/// })?;
/// assert_eq!((y, gradient), (5.0, [1.0, 1.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Total;

impl<T: Element> Rule<T> for Total {
    fn name(&self) -> &'static str {
        "sum of all entries"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn shape(&self, _: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        Ok(SCALAR)
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        y.into_slice().fill(sum(x.as_slice())); // 1×1
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        if let Some(y_bar) = only(at.y_bar) {
            x_bar.into_slice().fill(y_bar);
        }
    }
}

impl<'t, T: Element> MatrixVar<'t, T> {
    /// The sum of all entries; see [`Total`].
    #[must_use]
    pub fn sum(self) -> Var<'t, T> {
        self.apply(&Total).scalar()
    }
}
