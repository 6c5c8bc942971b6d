//! The largest pixel under a moving window.

use super::Window;
use super::window::Pixels;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, Point, Rule};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, vectorized};
use std::array::from_fn;
use std::iter::zip;

/// The largest pixel under a window, channel by channel.
///
/// ```math
/// y_{(c, i, j)} = \max_{a, b} x_{(c,\ s_1 i + a - p_1,\ s_2 j + b - p_2)}
/// ```
///
/// over the pixels that lie inside of the image. Going back, the first pixel that has the maximum takes all of
/// $`\bar y`$. Through [`Window::whole`] it is *global* max pooling.
///
/// # Shapes
///
/// `X: (channels · height · width) × n`, `Y: (channels · output pixels) × n`, rows contiguous.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | through a window as large as the image it is the maximum | `pooling_a_whole_image_is_a_reduction` |
/// | one pixel of a window takes all of the adjoint, also of a tie | `the_adjoint_of_a_maximum_goes_to_one_pixel` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// At a tie the first pixel, line by line, takes all, as in PyTorch; shares, which [`Real::max`](crate::Real::max) gives to scalars,
/// would cost a count for every window. A window that sees NaN has the value NaN.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the rows of `X` are not the pixels of the window's images, or if the window
/// has no [output](Window::output).
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Arena, Shape, rules::{MaxPool, Window}};
/// use std::sync::Arc;
///
/// let mut gradient = [0.0; 4];
/// let y = Arena::new().value_and_gradient(&[1.0, 7.0, 3.0, 7.0], &mut gradient, |tape| {
///     let pool = Arc::new(MaxPool(Window::whole(1, [2, 2])));
///     tape.parameter(0, Shape::new(4, 1)).apply(pool).sum()
/// })?;
/// assert_eq!((y, gradient), (7.0, [0.0, 1.0, 0.0, 0.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press (2016), section 9.3.
#[doc(alias = "global max pooling")]
#[derive(Clone, Copy, Debug)]
pub struct MaxPool(
    /// The window.
    pub Window,
);

impl<T: Element> Rule<T> for MaxPool {
    fn name(&self) -> &'static str {
        "maximum under a window"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Selection
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        super::pooled("maximum under a window", &self.0, *x)
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let (n, x) = (x.columns(), x.as_slice());
        let y = y.into_slice();
        vectorized(
            #[inline(always)]
            move || {
                self.0.each(
                    #[inline(always)]
                    |out, pixels| {
                        let y = &mut y[out * n..][..n]; // an output pixel of the shape, and input pixels below
                        y.copy_from_slice(&x[pixels.first() * n..][..n]);
                        pixels.each(
                            #[inline(always)]
                            |pixel| {
                                zip(&mut *y, &x[pixel * n..][..n]).for_each(|(y, &x)| {
                                    *y = if *y < x || is_nan(x) { x } else { *y }
                                });
                            },
                        );
                    },
                );
            },
        );
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let n = at.y.columns();
        let [x, y, y_bar] = [at.x[0], at.y, at.y_bar].map(|m| m.as_slice());
        let x_bar = x_bar.into_slice();
        let back = Back {
            n,
            x,
            y,
            y_bar,
            x_bar,
        };
        // A pixel under one window is written once: memory is walked through once less (`benches/autodiff.rs`, group `max pool`).
        if self.0.tiles() {
            return back.over::<true>(&self.0);
        }
        back.x_bar.fill(T::from_f64(0.0));
        back.over::<false>(&self.0);
    }
}

/// The way back: pixels of `n` samples.
struct Back<'a, T> {
    n: usize,
    x: &'a [T],
    y: &'a [T],
    y_bar: &'a [T],
    x_bar: &'a mut [T],
}

impl<T: Element> Back<'_, T> {
    /// Gives $`\bar y`$ of all windows to their pixels; pixels under more than one of them, which are not `TILES`, add.
    fn over<const TILES: bool>(mut self, window: &Window) {
        vectorized(
            #[inline(always)]
            move || {
                let whole = self.n - self.n % LANES;
                window.each(
                    #[inline(always)]
                    |out, pixels| {
                        for first in (0..whole).step_by(LANES) {
                            self.give::<LANES, TILES>(out, pixels, first);
                        }
                        for first in whole..self.n {
                            self.give::<1, TILES>(out, pixels, first);
                        }
                    },
                );
            },
        );
    }

    /// Gives $`\bar y`$ of `L` samples from `first` on to the first of `pixels` that has the maximum.
    #[inline(always)]
    fn give<const L: usize, const TILES: bool>(
        &mut self,
        out: usize,
        pixels: Pixels,
        first: usize,
    ) {
        let (n, zero) = (self.n, T::from_f64(0.0));
        let y = lanes::<T, L>(self.y, out * n + first);
        let mut rest = lanes::<T, L>(self.y_bar, out * n + first);
        pixels.each(
            #[inline(always)]
            |pixel| {
                let x = lanes::<T, L>(self.x, pixel * n + first);
                let x_bar = &mut self.x_bar[pixel * n + first..][..L]; // of an input pixel
                for l in 0..L {
                    // Choices instead of a branch, which would end the vector loop.
                    let hit = x[l] == y[l];
                    let given = if hit { rest[l] } else { zero };
                    x_bar[l] = if TILES { given } else { x_bar[l] + given };
                    rest[l] = if hit { zero } else { rest[l] };
                }
            },
        );
    }
}

#[inline(always)]
fn is_nan<T: Element>(x: T) -> bool {
    x.partial_cmp(&x).is_none()
}

/// `L` numbers from `at` on.
#[inline(always)]
fn lanes<T: Element, const L: usize>(x: &[T], at: usize) -> [T; L] {
    let x = &x[at..at + L];
    from_fn(|l| x[l]) // L of them
}

/// How many samples go back at a time: a vector of the widest machine in single precision.
const LANES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reverse::Tape;
    use std::sync::Arc;

    /// Values and gradient of the maxima of two samples of 1×2 pixels.
    fn ask(x: [f64; 4], weight: f64) -> (Vec<f64>, Vec<f64>) {
        let tape = Tape::new(&x);
        let pool = Arc::new(MaxPool(Window::whole(1, [1, 2])));
        let y = tape.parameter(0, Shape::new(2, 2)).apply(pool);
        let values = y.value().map(|y| y.as_slice().to_vec());
        let gradient = tape.gradient(y.scale(weight).sum());
        (values.unwrap_or_default(), gradient.unwrap_or_default())
    }

    #[test]
    fn the_first_of_a_tie_takes_all_even_if_it_is_infinite() {
        let x = [3.0, 1.0, 3.0, 2.0]; // samples (3, 3) and (1, 2)
        assert_eq!(ask(x, 1.0), (vec![3.0, 2.0], vec![1.0, 0.0, 0.0, 1.0]));
        let infinity = f64::INFINITY;
        assert_eq!(ask(x, infinity).1, [infinity, 0.0, 0.0, infinity]);
    }

    #[test]
    fn a_window_that_sees_nan_is_nan() {
        for x in [[f64::NAN, 1.0, 3.0, 2.0], [3.0, 1.0, f64::NAN, 2.0]] {
            let (values, _) = ask(x, 1.0);
            assert!(values[0].is_nan() && values[1] == 2.0);
        }
    }
}
