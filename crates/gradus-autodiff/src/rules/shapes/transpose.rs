//! The transpose.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// The transpose $`Y = X^\top`$.
///
/// ```math
/// \bar X = \bar Y^\top
/// ```
///
/// The entries stay where they are; what were contiguous rows are now contiguous columns.
///
/// # Shapes
///
/// `X: m × n`, `Y: n × m`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Tape;
/// use gradus_autodiff::Shape;
///
/// let theta = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
/// let tape = Tape::new(&theta);
/// let y = tape.parameter(0, Shape::new(2, 3)).transpose();
/// assert_eq!(y.with(|y| (y.shape(), y.get(2, 1)))?, (Shape::new(3, 2), Some(6.0)));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Transpose;

impl<T: Element> Rule<T> for Transpose {
    fn name(&self) -> &'static str {
        "transpose"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        Ok(x.transposed())
    }
    fn order(&self, [x, ..]: &[Order; 3]) -> Order {
        x.transposed()
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        y.into_slice().copy_from_slice(x.as_slice());
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        x_bar.into_slice().copy_from_slice(at.y_bar.as_slice());
    }
}

impl<T: Element> MatrixVar<'_, T> {
    /// The transpose; see [`Transpose`].
    #[must_use]
    pub fn transpose(self) -> Self {
        self.apply(&Transpose)
    }
}
