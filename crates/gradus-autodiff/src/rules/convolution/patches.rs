//! The patches of images under a moving window, side by side.

use super::Window;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, vectorized};
use std::iter::zip;

/// The patches under a moving window, each a column; the pullback adds every patch to where it came from.
///
/// ```math
/// P_{(c, a, b),\,(i, j, n)} = x_{(c,\ s_1 i + d_1 a - p_1,\ s_2 j + d_2 b - p_2),\,n}, \qquad
/// \bar x_{(c, u, v),\,n} = \sum_{(a, b, i, j)\ \text{that look at}\ (u, v)} \bar P_{(c, a, b),\,(i, j, n)}
/// ```
///
/// for channel $`c`$, tap $`(a, b)`$, output pixel $`(i, j)`$ and sample $`n`$; outside of the image $`x`$ is 0. A
/// convolution is the affine map of all patches ([`Convolve`](super::Convolve)). Taking patches is linear, and what
/// is copied are lines of pixels of all samples, contiguous both here and there.
///
/// # Shapes
///
/// `X: (channels · height · width) × n`, `P: (channels · taps) × (output pixels · n)`, rows contiguous.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
/// | no samples have no patches | `images_without_samples_are_no_error` |
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the rows of `X` are not the pixels of the window's images, or if the window
/// has no [output](Window::output).
///
/// # Examples
///
/// Patches of 1×2 pixels in an image of one line, and how often each pixel is looked at:
///
/// ```
/// use gradus_autodiff::{Arena, Shape, rules::{Patches, Window}};
///
/// let pairs = Window { channels: 1, image: [1, 3], kernel: [1, 2], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
/// let mut gradient = [0.0; 3];
/// let sum = Arena::new().value_and_gradient(&[1.0, 2.0, 3.0], &mut gradient, |tape| {
///     tape.parameter(0, Shape::new(3, 1)).apply(std::sync::Arc::new(Patches(pairs))).sum()
/// })?;
/// assert_eq!((sum, gradient), (8.0, [1.0, 2.0, 1.0])); // 1 + 2, 2 + 3
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// K. Chellapilla, S. Puri and P. Simard, *High performance convolutional neural networks for document
/// processing*, IWFHR (2006), section 3.1.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "im2col")]
#[doc(alias = "unfold")]
pub struct Patches(
    /// The window.
    pub Window,
);

impl<T: Element> Rule<T> for Patches {
    fn name(&self) -> &'static str {
        "patches"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let Self(window) = self;
        let shape = || {
            let taps = window.channels.checked_mul(window.taps())?;
            let columns = window.places(*x)?.checked_mul(x.columns)?;
            Some(Shape::new(taps, columns))
        };
        shape().ok_or_else(|| mismatch("patches", *x, window.images()))
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], patches: MatrixMut<'_, T>, _: &mut [T]) {
        let (x, n, zero) = (x.as_slice(), x.columns(), T::from_f64(0.0));
        let patches = patches.into_slice();
        self.lines(n, |to, line| {
            let to = &mut patches[to]; // lines lie within the shape
            let Some((from, inside)) = line else {
                return to.fill(zero);
            };
            to[..inside.start * n].fill(zero);
            to[inside.end * n..].fill(zero);
            let to = &mut to[inside.start * n..inside.end * n];
            if self.0.stride[1] == 1 {
                return to.copy_from_slice(&x[from..from + to.len()]); // neighbors stay neighbors: one copy
            }
            let pixels = x[from..].chunks(n).step_by(self.0.stride[1]);
            zip(to.chunks_exact_mut(n), pixels).for_each(|(to, x)| to.copy_from_slice(x));
        });
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let (n, patches_bar) = (at.x[0].columns(), at.y_bar.as_slice());
        let x_bar = x_bar.into_slice();
        x_bar.fill(T::from_f64(0.0));
        self.lines(n, |from, line| {
            let Some((to, inside)) = line else { return };
            let from = &patches_bar[from][inside.start * n..inside.end * n]; // as in `value`
            if self.0.stride[1] == 1 {
                return add(from, &mut x_bar[to..to + from.len()]);
            }
            let pixels = x_bar[to..].chunks_mut(n).step_by(self.0.stride[1]);
            zip(from.chunks_exact(n), pixels).for_each(|(from, x)| add(from, x));
        });
    }
}

impl Patches {
    /// Visits every output line of every tap: where it lies among the patches, and, unless it lies outside,
    /// where its first pixel lies in the images and which of its pixels lie inside. Without samples there are none.
    #[inline(always)]
    fn lines(&self, n: usize, mut visit: impl FnMut(Range, Option<(usize, Range)>)) {
        let Self(window) = self;
        let [height, width] = window.output().filter(|_| n > 0).unwrap_or_default();
        let [taps, _] = window.kernel;
        let mut start = 0;
        for (c, a) in (0..window.channels).flat_map(|c| (0..taps).map(move |a| (c, a))) {
            for b in 0..window.kernel[1] {
                let inside = window.inside(b, width);
                let line = |i: usize| {
                    let line = window.line(a, i).filter(|_| !inside.is_empty())?;
                    let pixel = line * window.image[1] + window.column(b, inside.start);
                    Some(((c * window.pixels() + pixel) * n, inside.clone()))
                };
                for i in 0..height {
                    visit(start..start + width * n, line(i));
                    start += width * n;
                }
            }
        }
    }
}

type Range = std::ops::Range<usize>;

fn add<T: Element>(from: &[T], to: &mut [T]) {
    vectorized(
        #[inline(always)]
        move || zip(to, from).for_each(|(to, &from)| *to += from),
    );
}
