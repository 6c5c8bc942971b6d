//! The same weighted sum under a window, wherever it stands.

use super::dots::Weights;
use super::tiles::{Group, Images, Values};
use super::window::Window;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, Point, Rule, mismatch, products};
use crate::rules::reductions::row_sums;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// A convolution: the affine map of every [patch](super::Patches), $`Y = W P + b\,1^\top`$, whose patches are not copied.
///
/// ```math
/// y_{(o, i, j)} = \sum_{c, a, b} w_{o, (c, a, b)}\; x_{(c,\ s_1 i + d_1 a - p_1,\ s_2 j + d_2 b - p_2)} + b_o
/// ```
///
/// ```math
/// \bar w_{o, (c, a, b)} = \sum_{i, j, n} \bar y_{(o, i, j)}\; x_{(c,\ s_1 i + d_1 a - p_1,\ \dots)}, \qquad
/// \bar x_{(c, u, v)} = \sum_{(o, a, b, i, j)\ \text{that look at}\ (u, v)} w_{o, (c, a, b)}\; \bar y_{(o, i, j)}
/// ```
///
/// for output $`o`$, channel $`c`$, tap $`(a, b)`$ and output pixel $`(i, j)`$ of every sample; outside of the image
/// $`x`$ is 0, and $`\bar b`$ sums over pixels and samples. In groups, the channels and the outputs
/// are cut into as many equal parts, and an output sees the channels of its own part alone; as many groups as
/// channels are a *depthwise* convolution.
///
/// With contiguous rows the same pixel of all samples is a vector, and so are pixels side by side: $`y`$ is a sum of
/// shifted images, each times a number.
///
/// # Shapes
///
/// `W: outputs × (channels / groups · taps)`, `X: (channels · height · width) × n`, `b: outputs × 1`,
/// `Y: (outputs · output pixels) × n`, rows contiguous.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the sum above, term by term | `a_convolution_is_its_sum` |
/// | the affine map of its patches, value and adjoints | `a_convolution_is_the_affine_map_of_its_patches` |
/// | groups are convolutions side by side | `groups_are_convolutions_of_their_channels` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// Machine numbers are multiplied and added with one rounding. The order of every sum is that of the formula, whatever the
/// processor, so values and $`\bar x`$ have the same bits everywhere; $`\bar w`$ is summed in 16 partial sums,
/// and $`\bar b`$ is compensated.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the rows of `X` are not the pixels of the window's images, if the window
/// has no [output](Window::output), if the weights do not fit channels, taps or bias, or if the groups do not
/// divide channels and outputs.
///
/// # Examples
///
/// The sum of neighbors, $`w = (1, 1)`$:
///
/// ```
/// use gradus_autodiff::{Arena, Order, Shape, rules::{Convolve, Window}};
/// use std::sync::Arc;
///
/// let pairs = Window { channels: 1, image: [1, 3], kernel: [1, 2], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
/// let mut gradient = [0.0; 3];
/// let y = Arena::new().value_and_gradient(&[1.0, 1.0, 0.0], &mut gradient, |tape| {
///     let x = tape.constant(Shape::new(3, 1), Order::Rows, |x| x.copy_from_slice(&[1.0, 2.0, 3.0]));
///     let (w, b) = (tape.parameter(0, Shape::new(1, 2)), tape.parameter(2, Shape::new(1, 1)));
///     tape.apply(Arc::new(Convolve { window: pairs, groups: 1 }), [w, x, b]).sum()
/// })?;
/// assert_eq!((y, gradient), (8.0, [3.0, 5.0, 2.0])); // (1 + 2) + (2 + 3)
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press (2016), section 9.1; like most
/// libraries this is what that section calls cross-correlation, without flipping the kernel. Without copying patches: J. Zhang,
/// F. Franchetti and T. M. Low, *High performance zero-memory overhead direct convolutions*, ICML (2018),
/// <https://arxiv.org/abs/1809.10170>.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "grouped convolution")]
#[doc(alias = "depthwise convolution")]
pub struct Convolve {
    /// The window over all channels.
    pub window: Window,
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
    fn multiply_adds(&self, [w, x, _]: &[Shape; 3]) -> u64 {
        let places = self.window.places(*x).unwrap_or(0);
        let columns = places.saturating_mul(x.columns);
        products(*w, Shape::new(w.columns, columns))
    }
    fn inputs(&self) -> usize {
        3
    }
    fn shape(&self, [w, x, b]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let Self { window, groups } = self;
        let divided = |n: usize| n.checked_rem(*groups) == Some(0);
        if *b != Shape::new(w.rows, 1) {
            return Err(mismatch("convolution with bias", *w, *b));
        }
        let taps = window.channels.checked_mul(window.taps());
        let fits = w.columns.checked_mul(*groups) == taps && taps.is_some();
        if !(fits && divided(w.rows) && divided(window.channels)) {
            return Err(mismatch("convolution", *w, window.patch()));
        }
        let rows = window
            .places(*x)
            .and_then(|places| w.rows.checked_mul(places));
        rows.map(|rows| Shape::new(rows, x.columns))
            .ok_or_else(|| mismatch("convolution", *x, window.images()))
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [w, x, b]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let group = self.group(w.rows(), x.columns());
        let y = y.into_slice();
        let size = y.len() / self.groups; // the groups divide the outputs
        for g in 0..self.groups {
            let [w, x, b] = [*w, *x, *b].map(|m| self.part(m, g));
            let y = &mut y[g * size..][..size];
            group.cover::<T>(Values { group, w, x, b, y });
        }
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let outputs = at.x[0].rows();
        let group = self.group(outputs, at.x[1].columns());
        let bar = x_bar.into_slice();
        if k == 2 {
            let columns = group.places() * group.n; // of every output
            let y_bar = MatrixRef::new(
                at.y_bar.as_slice(),
                Shape::new(outputs, columns),
                Order::Rows,
            );
            return y_bar.map_or((), |y_bar| row_sums(y_bar, bar)); // as many entries: it fits
        }
        let size = bar.len() / self.groups; // the groups divide outputs and channels
        for g in 0..self.groups {
            let [w, x, y_bar] = [at.x[0], at.x[1], at.y_bar].map(|m| self.part(m, g));
            let bar = &mut bar[g * size..][..size];
            if k == 0 {
                Weights {
                    group,
                    x,
                    y_bar,
                    w_bar: bar,
                }
                .write();
            } else {
                bar.fill(T::from_f64(0.0));
                group.cover::<T>(Images {
                    group,
                    w,
                    y_bar,
                    x_bar: bar,
                });
            }
        }
    }
}

impl Convolve {
    /// What every group is.
    fn group(&self, outputs: usize, n: usize) -> Group {
        let channels = self.window.channels / self.groups; // they divide both
        Group {
            window: Window {
                channels,
                ..self.window
            },
            output: self.window.output().unwrap_or_default(), // the shape has asked
            outputs: outputs / self.groups,
            n,
        }
    }

    /// The rows of group `g`.
    fn part<'a, T: Copy>(&self, m: MatrixRef<'a, T>, g: usize) -> &'a [T] {
        let size = m.as_slice().len() / self.groups; // the groups divide the rows
        &m.as_slice()[g * size..(g + 1) * size]
    }
}
