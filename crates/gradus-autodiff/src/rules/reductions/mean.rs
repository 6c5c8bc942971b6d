//! The mean of all entries.

use super::sum;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, SCALAR, Var, only};
use gradus_numeric::{MatrixMut, MatrixRef, Shape};

/// The mean of all entries.
///
/// ```math
/// y = \frac{1}{m n} \sum_{ij} x_{ij}, \qquad \bar x_{ij} = \frac{\bar y}{m n}
/// ```
///
/// # Shapes
///
/// `X: m × n`, not empty; `y: 1 × 1`.
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
///     tape.parameter(0, Shape::new(1, 2)).mean()
/// })?;
/// assert_eq!((y, gradient), (2.5, [0.5, 0.5]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Mean;

impl<T: Element> Rule<T> for Mean {
    fn name(&self) -> &'static str {
        "mean"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        match x.checked_len() {
            Some(0) => Err(AutodiffError::Empty { operation: "mean" }),
            _ => Ok(SCALAR),
        }
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        y.into_slice().fill(sum(x.as_slice()) / count(*x)); // 1×1
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        if let Some(y_bar) = only(at.y_bar) {
            x_bar.into_slice().fill(y_bar / count(at.x[0]));
        }
    }
}

impl<'t, T: Element> MatrixVar<'t, T> {
    /// The mean of all entries; see [`Mean`].
    #[must_use]
    pub fn mean(self) -> Var<'t, T> {
        self.apply(&Mean).scalar()
    }
}

fn count<T: Element>(x: MatrixRef<'_, T>) -> T {
    T::from_f64(x.as_slice().len() as f64)
}
