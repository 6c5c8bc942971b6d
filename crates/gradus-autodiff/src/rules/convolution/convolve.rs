//! The affine map of every patch.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, Point, Rule, mismatch, products};
use crate::rules::linear_algebra::Affine;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// A convolution: the affine map of every patch, $`Y = W P + b\,1^\top`$, with all pixels of a sample in its
/// column again.
///
/// ```math
/// y_{(o, i, j),\,n} = \sum_{c, a, b} w_{o, (c, a, b)}\,P_{(c, a, b),\,(i, j, n)} + b_o
/// ```
///
/// for output $`o`$. Going back it is the layer [`Affine`] of the patches. In groups, the channels and the outputs
/// are cut into as many equal parts, and an output sees the channels of its own part alone; as many groups as
/// channels are a *depthwise* convolution.
///
/// With contiguous rows the numbers of $`Y`$, read as outputs × (pixels · samples), are those of
/// $`(\text{outputs} \cdot \text{pixels}) \times \text{samples}`$: nothing is moved.
///
/// # Shapes
///
/// `W: outputs × (channels / groups · taps)`, `P: (channels · taps) × (pixels · n)` of
/// [`Patches`](super::Patches), `b: outputs × 1`, `Y: (outputs · pixels) × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the sum above, term by term | `a_convolution_is_its_sum` |
/// | groups are convolutions side by side | `groups_are_convolutions_of_their_channels` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the weights do not fit the patches or the bias, if the groups do not
/// divide the outputs and the rows of the patches, or the pixels the columns.
///
/// # Examples
///
/// The sum of neighbors, $`w = (1, 1)`$:
///
/// ```
/// use gradus_autodiff::{Arena, Order, Shape, rules::{Convolve, Patches, Window}};
/// use std::sync::Arc;
///
/// let pairs = Window { channels: 1, image: [1, 3], kernel: [1, 2], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
/// let mut gradient = [0.0; 3];
/// let y = Arena::new().value_and_gradient(&[1.0, 1.0, 0.0], &mut gradient, |tape| {
///     let x = tape.constant(Shape::new(3, 1), Order::Rows, |x| x.copy_from_slice(&[1.0, 2.0, 3.0]));
///     let (w, b) = (tape.parameter(0, Shape::new(1, 2)), tape.parameter(2, Shape::new(1, 1)));
///     let convolve = Arc::new(Convolve { pixels: 2, groups: 1 });
///     tape.apply(convolve, [w, x.apply(Arc::new(Patches(pairs))), b]).sum()
/// })?;
/// assert_eq!((y, gradient), (8.0, [3.0, 5.0, 2.0])); // (1 + 2) + (2 + 3)
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press (2016), section 9.1; like most
/// libraries this is what that section calls cross-correlation, without flipping the kernel.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "grouped convolution")]
#[doc(alias = "depthwise convolution")]
pub struct Convolve {
    /// Pixels of an output image.
    pub pixels: usize,
    /// How many parts channels and outputs are cut into.
    pub groups: usize,
}

impl<T: Element> Rule<T> for Convolve {
    fn name(&self) -> &'static str {
        "convolution"
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
    fn shape(&self, [w, patches, b]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let divides = |n: usize, divisor: usize| n.checked_rem(divisor) == Some(0);
        if *b != Shape::new(w.rows, 1) {
            return Err(mismatch("convolution with bias", *w, *b));
        }
        let seen = w.columns.checked_mul(self.groups);
        let fits = seen == Some(patches.rows) && divides(w.rows, self.groups);
        if !(fits && divides(patches.columns, self.pixels)) {
            return Err(mismatch("convolution", *w, *patches));
        }
        let rows = w.rows.checked_mul(self.pixels);
        let samples = patches.columns / self.pixels; // it divides, so it is not 0
        rows.map(|rows| Shape::new(rows, samples))
            .ok_or_else(|| mismatch("convolution", *w, *patches))
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, x: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let (rows, columns) = (x[0].rows() / self.groups, x[1].columns());
        let y = y.into_slice();
        let size = rows * columns;
        for g in 0..self.groups {
            let own = &mut y[g * size..][..size]; // outputs · pixels · samples in all
            if let Ok(y) = MatrixMut::new(own, Shape::new(rows, columns), Order::Rows) {
                Affine.value(&x.map(|x| self.part(x, g)), y, &mut []);
            }
        }
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let flat = Shape::new(at.x[0].rows(), at.x[1].columns());
        let [y, y_bar] = [at.y, at.y_bar].map(|y| MatrixRef::new(y.as_slice(), flat, Order::Rows));
        let (Ok(y), Ok(y_bar)) = (y, y_bar) else {
            return; // as many entries as outputs · pixels · samples: it fits
        };
        let shape = Shape::new(x_bar.shape().rows / self.groups, x_bar.shape().columns);
        let x_bar = x_bar.into_slice();
        let size = shape.rows * shape.columns;
        for g in 0..self.groups {
            let own = &mut x_bar[g * size..][..size]; // a part of the rows
            if let Ok(x_bar) = MatrixMut::new(own, shape, Order::Rows) {
                let x = at.x.map(|x| self.part(x, g));
                let (y, y_bar) = (self.part(y, g), self.part(y_bar, g));
                let kept = at.kept;
                Affine.pullback(k, &Point { x, y, y_bar, kept }, x_bar);
            }
        }
    }
}

impl Convolve {
    /// The rows of group `g`.
    fn part<'a, T: Copy>(&self, m: MatrixRef<'a, T>, g: usize) -> MatrixRef<'a, T> {
        let shape = Shape::new(m.rows() / self.groups, m.columns());
        let size = shape.rows * shape.columns;
        let rows = m.as_slice().get(g * size..(g + 1) * size);
        let part = MatrixRef::new(rows.unwrap_or_default(), shape, Order::Rows);
        part.unwrap_or_else(|_| MatrixRef::from_column(&[])) // the groups divide the rows, so there is one
    }
}
