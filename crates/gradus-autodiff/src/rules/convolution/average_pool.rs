//! The mean of the pixels under a moving window.

use super::Window;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, Point, Rule};
use crate::rules::reductions::lane_sums;
use gradus_numeric::{MatrixMut, MatrixRef, Shape, vectorized};
use std::iter::zip;

/// The mean of the pixels under a window, channel by channel.
///
/// ```math
/// y_{(c, i, j)} = \frac{1}{m_{ij}} \sum_{a, b} x_{(c,\ s_1 i + a - p_1,\ s_2 j + b - p_2)}, \qquad
/// \bar x_{(c, u, v)} = \sum_{(i, j)\ \text{that look at}\ (u, v)} \frac{\bar y_{(c, i, j)}}{m_{ij}}
/// ```
///
/// where $`m_{ij}`$ counts the pixels under the window that lie inside of the image. Through
/// [`Window::whole`] it is *global* average pooling, one number a channel.
///
/// # Shapes
///
/// `X: (channels · height · width) × n`, `Y: (channels · output pixels) × n`, rows contiguous.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a constant image stays what it is, at the edges too | `averages_of_a_constant_image_are_that_constant` |
/// | through a window as large as the image it is the mean | `pooling_a_whole_image_is_a_reduction` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// Sums are compensated, so a mean over a large image keeps its digits. Padding is not counted, as with
/// `count_include_pad=False` of PyTorch, whose default divides by all of the window.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the rows of `X` are not the pixels of the window's images, or if the window
/// has no [output](Window::output).
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Arena, Shape, rules::{AveragePool, Window}};
/// use std::sync::Arc;
///
/// let mut gradient = [0.0; 4];
/// let y = Arena::new().value_and_gradient(&[1.0, 2.0, 3.0, 6.0], &mut gradient, |tape| {
///     let pool = Arc::new(AveragePool(Window::whole(1, [2, 2])));
///     tape.parameter(0, Shape::new(4, 1)).apply(pool).sum()
/// })?;
/// assert_eq!((y, gradient), (3.0, [0.25; 4]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press (2016), section 9.3; global: M. Lin,
/// Q. Chen and S. Yan, *Network in network* (2013), <https://arxiv.org/abs/1312.4400>.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "global average pooling")]
pub struct AveragePool(
    /// The window.
    pub Window,
);

impl<T: Element> Rule<T> for AveragePool {
    fn name(&self) -> &'static str {
        "mean under a window"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        super::pooled("mean under a window", &self.0, *x)
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let (n, x, y) = (x.columns(), x.as_slice(), y.into_slice());
        self.0.each(|out, pixels| {
            let count = T::from_f64(pixels.count() as f64);
            let y = &mut y[out * n..][..n]; // an output pixel of the shape, and input pixels below
            lane_sums(&pixels.iter().map(|pixel| &x[pixel * n..][..n]), y);
            for y in y {
                *y = *y / count;
            }
        });
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let (n, y_bar) = (at.y.columns(), at.y_bar.as_slice());
        let x_bar = x_bar.into_slice();
        x_bar.fill(T::from_f64(0.0));
        vectorized(
            #[inline(always)]
            move || {
                self.0.each(
                    #[inline(always)]
                    |out, pixels| {
                        let count = T::from_f64(pixels.count() as f64);
                        pixels.each(
                            #[inline(always)]
                            |pixel| {
                                let own = &mut x_bar[pixel * n..][..n];
                                let y_bar = &y_bar[out * n..][..n];
                                zip(own, y_bar).for_each(|(x, &y_bar)| *x += y_bar / count);
                            },
                        );
                    },
                );
            },
        );
    }
}
