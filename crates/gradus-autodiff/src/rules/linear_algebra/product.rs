//! The matrix product.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, mismatch, products};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use std::ops::Mul;

/// The matrix product $`Y = A B`$.
///
/// ```math
/// \bar A = \bar Y B^\top, \qquad \bar B = A^\top \bar Y
/// ```
///
#[doc = include_str!("../../../docs/product.md")]
///
/// # Shapes
///
/// `A: m × k`, `B: k × n`, `Y: m × n`, in any storage order; the rows of `Y` are contiguous.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::Shape;
///
/// let mut gradient = [0.0; 4];
/// let y = Arena::new().value_and_gradient(&[2.0, 3.0, 5.0, 7.0], &mut gradient, |tape| {
///     let (a, b) = (tape.parameter(0, Shape::new(1, 2)), tape.parameter(2, Shape::new(2, 1)));
///     (a * b).sum()
/// })?;
/// assert_eq!((y, gradient), (31.0, [5.0, 7.0, 2.0, 3.0])); // y = a·b
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "matmul")]
pub struct Product;

impl<T: Element> Rule<T> for Product {
    fn name(&self) -> &'static str {
        "matrix product"
    }
    fn form(&self, varies: [bool; 3]) -> Form {
        Form::product(varies)
    }
    fn multiply_adds(&self, [a, b, _]: &[Shape; 3]) -> u64 {
        products(*a, *b)
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, [a, b, _]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        if a.columns == b.rows {
            Ok(Shape::new(a.rows, b.columns))
        } else {
            Err(mismatch("matrix product", *a, *b))
        }
    }
    fn order(&self, _: &[Order; 3]) -> Order {
        Order::Rows
    }
    fn mixes_orders(&self) -> bool {
        true
    }
    fn value(&self, [a, b, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        T::product(*a, *b, y);
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let [a, b, _] = at.x;
        match k {
            0 => T::product(at.y_bar, b.transposed(), x_bar),
            _ => T::product(a.transposed(), at.y_bar, x_bar),
        }
    }
}

/// The matrix product; see [`Product`].
impl<T: Element> Mul for MatrixVar<'_, T> {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        self.tape().apply(&Product, [self, b])
    }
}
