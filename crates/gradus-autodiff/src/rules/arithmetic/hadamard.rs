//! The product entry by entry.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, same};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, map2, pull};

/// The Hadamard product $`Y = A \circ B`$, entry by entry.
///
/// ```math
/// \bar A = B \circ \bar Y, \qquad \bar B = A \circ \bar Y
/// ```
///
/// Dropout is the Hadamard product with a constant mask.
///
/// # Shapes
///
/// `A`, `B`, `Y: m × n`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::{Order, Shape};
///
/// let mut gradient = [0.0; 3];
/// let y = Arena::new().value_and_gradient(&[2.0, 3.0, 5.0], &mut gradient, |tape| {
///     let mask = tape.constant(Shape::new(3, 1), Order::Rows, |m| m.copy_from_slice(&[0.0, 2.0, 2.0]));
///     tape.parameter(0, Shape::new(3, 1)).hadamard(mask).sum()
/// })?;
/// assert_eq!((y, gradient), (16.0, [0.0, 2.0, 2.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "dropout")]
#[doc(alias = "elementwise product")]
pub struct Hadamard;

impl<T: Element> Rule<T> for Hadamard {
    fn name(&self) -> &'static str {
        "entrywise product"
    }
    fn form(&self, varies: [bool; 3]) -> Form {
        Form::product(varies)
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, x: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        same("entrywise product", x)
    }
    fn value(&self, [a, b, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let (a, b) = (a.as_slice(), b.as_slice());
        map2(
            a,
            b,
            y.into_slice(),
            #[inline(always)]
            move |a, b| a * b,
        );
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let [a, b, _] = at.x;
        let other = if k == 0 { b } else { a };
        let (other, y_bar) = (other.as_slice(), at.y_bar.as_slice());
        map2(
            other,
            y_bar,
            x_bar.into_slice(),
            #[inline(always)]
            move |other, y_bar| pull(other.slope_of("entrywise product"), y_bar),
        );
    }
}

impl<T: Element> MatrixVar<'_, T> {
    /// The product entry by entry; see [`Hadamard`].
    #[must_use]
    pub fn hadamard(self, other: Self) -> Self {
        self.tape().apply(&Hadamard, [self, other])
    }
}
