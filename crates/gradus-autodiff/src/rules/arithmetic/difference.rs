//! The difference of two matrices.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, same};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, map, map2};
use std::ops::Sub;

/// The difference $`Y = A - B`$.
///
/// ```math
/// \bar A = \bar Y, \qquad \bar B = -\bar Y
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
/// let mut gradient = [0.0; 2];
/// let y = Arena::new().value_and_gradient(&[3.0, 5.0], &mut gradient, |tape| {
///     let (a, b) = (tape.parameter(0, Shape::new(1, 1)), tape.parameter(1, Shape::new(1, 1)));
///     (a - b).sum()
/// })?;
/// assert_eq!((y, gradient), (-2.0, [1.0, -1.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Difference;

impl<T: Element> Rule<T> for Difference {
    fn name(&self) -> &'static str {
        "difference"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, x: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        same("difference", x)
    }
    fn value(&self, [a, b, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let (a, b) = (a.as_slice(), b.as_slice());
        map2(
            a,
            b,
            y.into_slice(),
            #[inline(always)]
            move |a, b| a - b,
        );
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let (y_bar, x_bar) = (at.y_bar.as_slice(), x_bar.into_slice());
        match k {
            0 => x_bar.copy_from_slice(y_bar),
            _ => map(
                y_bar,
                x_bar,
                #[inline(always)]
                move |y_bar| -y_bar,
            ),
        }
    }
}

/// The difference; see [`Difference`].
impl<T: Element> Sub for MatrixVar<'_, T> {
    type Output = Self;
    fn sub(self, b: Self) -> Self {
        self.tape().apply(&Difference, [self, b])
    }
}
