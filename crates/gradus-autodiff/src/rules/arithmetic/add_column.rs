//! A column that is added to every column.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, mismatch};
use crate::rules::reductions::row_sums;
use gradus_numeric::{MatrixMut, MatrixRef, Shape, add_column};

/// A bias, $`Y = X + b\,1^\top`$: the column `b` is added to every column.
///
/// ```math
/// \bar X = \bar Y, \qquad \bar b = \bar Y\,1
/// ```
///
/// What was copied to every column going forward is summed over the columns going back.
///
/// # Shapes
///
/// `X: m × n`, `b: m × 1`, `Y: m × n`.
///
/// # Numerics
///
/// $`\bar b`$ is a compensated sum: a gradient over millions of samples keeps its digits.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::{Order, Shape};
///
/// let mut gradient = [0.0; 2];
/// let y = Arena::new().value_and_gradient(&[1.0, 2.0], &mut gradient, |tape| {
///     let x = tape.constant(Shape::new(2, 3), Order::Rows, |x| x.fill(10.0));
///     x.add_column(tape.parameter(0, Shape::new(2, 1))).sum()
/// })?;
/// assert_eq!((y, gradient), (69.0, [3.0, 3.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AddColumn;

impl<T: Element> Rule<T> for AddColumn {
    fn name(&self) -> &'static str {
        "adding a column"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, [x, b, _]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        if *b == Shape::new(x.rows, 1) {
            Ok(*x)
        } else {
            Err(mismatch("adding a column", *x, *b))
        }
    }
    fn mixes_orders(&self) -> bool {
        true // a column is the same in both
    }
    fn value(&self, [x, b, _]: &[MatrixRef<'_, T>; 3], mut y: MatrixMut<'_, T>, _: &mut [T]) {
        y.as_mut_slice().copy_from_slice(x.as_slice());
        add_column(y, b.as_slice());
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        match k {
            0 => x_bar.into_slice().copy_from_slice(at.y_bar.as_slice()),
            _ => row_sums(at.y_bar, x_bar.into_slice()),
        }
    }
}

impl<T: Element> MatrixVar<'_, T> {
    /// Adds the column `b` to every column; see [`AddColumn`].
    #[must_use]
    pub fn add_column(self, b: Self) -> Self {
        self.tape().apply(&AddColumn, [self, b])
    }
}
