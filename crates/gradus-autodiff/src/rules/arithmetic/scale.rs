//! A multiple of a matrix.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, SCALAR, Var, mismatch, only};
use crate::rules::reductions::sum_of;
use gradus_numeric::{MatrixMut, MatrixRef, Shape, map, pull};
use std::ops::Neg;

/// A multiple of a matrix, $`Y = c X`$.
///
/// ```math
/// \bar X = c\,\bar Y, \qquad \bar c = \langle X, \bar Y \rangle = \sum_{ij} x_{ij}\,\bar y_{ij}
/// ```
///
/// # Shapes
///
/// `X`, `Y: m × n`, `c: 1 × 1`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::Shape;
///
/// let mut gradient = [0.0; 3];
/// let y = Arena::new().value_and_gradient(&[2.0, 3.0, 10.0], &mut gradient, |tape| {
///     tape.parameter(0, Shape::new(2, 1)).scale_by(tape.variable(2)).sum()
/// })?;
/// assert_eq!((y, gradient), (50.0, [10.0, 10.0, 5.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scale;

impl<T: Element> Rule<T> for Scale {
    fn name(&self) -> &'static str {
        "multiple"
    }
    fn form(&self, varies: [bool; 3]) -> Form {
        Form::product(varies)
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, [x, c, _]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        if *c == SCALAR {
            Ok(*x)
        } else {
            Err(mismatch("multiple", *x, *c))
        }
    }
    fn mixes_orders(&self) -> bool {
        true // a scalar is the same in both
    }
    fn value(&self, [x, c, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        if let Some(c) = only(*c) {
            map(
                x.as_slice(),
                y.into_slice(),
                #[inline(always)]
                move |x| c * x,
            );
        }
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let ([x, c, _], y_bar, x_bar) = (at.x, at.y_bar.as_slice(), x_bar.into_slice());
        match (k, only(c)) {
            (0, Some(c)) => map(
                y_bar,
                x_bar,
                #[inline(always)]
                move |y_bar| pull(c.slope_of("multiple"), y_bar),
            ),
            _ => x_bar.fill(sum_of(
                x.as_slice(),
                y_bar,
                #[inline(always)]
                |x, y_bar| pull(x.slope_of("multiple"), y_bar),
            )),
        }
    }
}

/// The negative.
impl<T: Element> Neg for MatrixVar<'_, T> {
    type Output = Self;
    fn neg(self) -> Self {
        self.scale(-1.0)
    }
}

impl<'t, T: Element> MatrixVar<'t, T> {
    /// The multiple by a number; see [`Scale`].
    #[must_use]
    pub fn scale(self, c: f64) -> Self {
        self.scale_by(Var::constant(T::from_f64(c)))
    }

    /// The multiple by a scalar variable; see [`Scale`].
    #[must_use]
    pub fn scale_by(self, c: Var<'t, T>) -> Self {
        let c = self.entry(c);
        self.tape().apply(&Scale, [self, c])
    }
}
