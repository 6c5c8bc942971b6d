//! The sum of two matrices.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, same};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, map2};
use std::ops::Add;

/// The sum $`Y = A + B`$.
///
/// ```math
/// \bar A = \bar Y, \qquad \bar B = \bar Y
/// ```
///
/// # Shapes
///
/// `A`, `B`, `Y: m × n`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::Shape;
///
/// let mut gradient = [0.0; 1];
/// let y = Arena::new().value_and_gradient(&[3.0], &mut gradient, |tape| {
///     let a = tape.parameter(0, Shape::new(1, 1));
///     (a + a).sum()
/// })?;
/// assert_eq!((y, gradient), (6.0, [2.0])); // what flows back along both ways is summed
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sum;

impl<T: Element> Rule<T> for Sum {
    fn name(&self) -> &'static str {
        "sum"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, x: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        same("sum", x)
    }
    fn value(&self, [a, b, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let (a, b) = (a.as_slice(), b.as_slice());
        map2(
            a,
            b,
            y.into_slice(),
            #[inline(always)]
            move |a, b| a + b,
        );
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        x_bar.into_slice().copy_from_slice(at.y_bar.as_slice());
    }
}

/// The sum; see [`rules::Sum`](Sum).
impl<T: Element> Add for MatrixVar<'_, T> {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        self.tape().apply(&Sum, [self, b])
    }
}
