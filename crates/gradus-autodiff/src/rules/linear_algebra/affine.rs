//! A layer: the affine map of every column.

use super::Product;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, mismatch, products};
use crate::rules::reductions::row_sums;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape, add_column};

/// A layer $`Y = W X + b\,1^\top`$: one affine map of every column.
///
/// ```math
/// \bar W = \bar Y X^\top, \qquad \bar X = W^\top \bar Y, \qquad \bar b = \bar Y\,1
/// ```
///
#[doc = include_str!("../../../docs/affine.md")]
///
/// # Shapes
///
/// `W: m × k`, `X: k × n` (one sample a column), `b: m × 1`, `Y: m × n`, in any storage order; the rows of
/// `Y` are contiguous.
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
/// // one neuron, two samples
/// let mut gradient = [0.0; 3];
/// let y = Arena::new().value_and_gradient(&[2.0, 3.0, 1.0], &mut gradient, |tape| {
///     let x = tape.constant(Shape::new(2, 2), Order::Columns, |x| x.copy_from_slice(&[1.0, 0.0, 4.0, 5.0]));
///     let (w, b) = (tape.parameter(0, Shape::new(1, 2)), tape.parameter(2, Shape::new(1, 1)));
///     x.affine(w, b).sum()
/// })?;
/// assert_eq!(y, 27.0); // (2·1 + 3·0 + 1) + (2·4 + 3·5 + 1)
/// assert_eq!(gradient, [5.0, 5.0, 2.0]); // sum of the samples, number of the samples
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "dense layer")]
#[doc(alias = "linear layer")]
pub struct Affine;

impl<T: Element> Rule<T> for Affine {
    fn name(&self) -> &'static str {
        "affine map"
    }
    fn form(&self, [w, x, _]: [bool; 3]) -> Form {
        Form::product([w, x, false])
    }
    fn multiply_adds(&self, [a, b, _]: &[Shape; 3]) -> u64 {
        products(*a, *b)
    }
    fn inputs(&self) -> usize {
        3
    }
    fn shape(&self, [w, x, b]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        if w.columns != x.rows {
            Err(mismatch("affine map", *w, *x))
        } else if *b != Shape::new(w.rows, 1) {
            Err(mismatch("affine map with bias", *w, *b))
        } else {
            Ok(Shape::new(w.rows, x.columns))
        }
    }
    fn order(&self, _: &[Order; 3]) -> Order {
        Order::Rows
    }
    fn mixes_orders(&self) -> bool {
        true
    }
    fn value(&self, [w, x, b]: &[MatrixRef<'_, T>; 3], mut y: MatrixMut<'_, T>, _: &mut [T]) {
        T::product(*w, *x, y.reborrow());
        add_column(y, b.as_slice());
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        match k {
            0 | 1 => Product.pullback(k, at, x_bar),
            _ => row_sums(at.y_bar, x_bar.into_slice()),
        }
    }
}

impl<T: Element> MatrixVar<'_, T> {
    /// The layer $`W x + b`$ of every column, in one node; see [`Affine`].
    #[must_use]
    pub fn affine(self, w: Self, b: Self) -> Self {
        self.tape().apply(&Affine, [w, self, b])
    }
}
