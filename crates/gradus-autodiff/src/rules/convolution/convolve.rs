//! The affine map of every patch.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch, products};
use crate::rules::Affine;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// A convolution: the affine map of every patch, $`Y = W P + b\,1^\top`$, with all pixels of a sample in its
/// column again.
///
/// ```math
/// y_{(o, i, j),\,n} = \sum_{c, a, b} w_{o, (c, a, b)}\,P_{(c, a, b),\,(i, j, n)} + b_o
/// ```
///
/// With contiguous rows the numbers of $`Y`$, read as outputs × (pixels · samples), are those of
/// $`(\text{outputs} \cdot \text{pixels}) \times \text{samples}`$: nothing is moved.
///
/// # Shapes
///
/// `W: outputs × (channels · taps)`, `P` of [`Patches`](super::Patches), `b: outputs × 1`,
/// `Y: (outputs · pixels) × n`.
#[derive(Clone, Copy, Debug)]
pub struct Convolve {
    /// Pixels of the output.
    pub pixels: usize,
}

impl<T: Element> Rule<T> for Convolve {
    fn name(&self) -> &'static str {
        "convolution"
    }
    fn multiply_adds(&self, [a, b, _]: &[Shape; 3]) -> u64 {
        products(*a, *b)
    }
    fn inputs(&self) -> usize {
        3
    }
    fn shape(&self, x: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let flat = <Affine as Rule<T>>::shape(&Affine, x)?;
        match flat.columns.checked_rem(self.pixels) {
            Some(0) => Ok(Shape::new(
                flat.rows * self.pixels,
                flat.columns / self.pixels,
            )),
            _ => Err(mismatch("convolution", x[0], x[1])),
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [w, patches, b]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>) {
        let flat = Shape::new(w.rows(), patches.columns());
        if let Ok(y) = MatrixMut::new(y.into_slice(), flat, Order::Rows) {
            Affine.value(&[*w, *patches, *b], y);
        }
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let flat = Shape::new(at.x[0].rows(), at.x[1].columns());
        let [y, y_bar] = [at.y, at.y_bar].map(|y| MatrixRef::new(y.as_slice(), flat, Order::Rows));
        if let (Ok(y), Ok(y_bar)) = (y, y_bar) {
            Affine.pullback(k, &Point { x: at.x, y, y_bar }, x_bar);
        }
    }
}
