//! The greatest pixel under a moving window.

use super::Window;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, vectorized};
use std::array::from_fn;
use std::iter::zip;

/// The greatest pixel under a window, channel by channel.
///
/// ```math
/// y_{(c, i, j)} = \max_{a, b} x_{(c,\ s_1 i + a - p_1,\ s_2 j + b - p_2)}
/// ```
///
/// Going back, the first pixel that has the maximum takes all of $`\bar y`$.
///
/// # Shapes
///
/// `X: (channels · height · width) × n`, `Y: (channels · output pixels) × n`, rows contiguous.
#[derive(Clone, Copy, Debug)]
pub struct MaxPool(
    /// The window.
    pub Window,
);

impl<T: Element> Rule<T> for MaxPool {
    fn name(&self) -> &'static str {
        "maximum under a window"
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let Self(window) = self;
        match window.output() {
            Some([h, w]) if x.rows == window.channels * window.pixels() => {
                Ok(Shape::new(window.channels * h * w, x.columns))
            }
            _ => Err(mismatch(
                "maximum under a window",
                *x,
                Shape::new(window.channels, window.pixels()),
            )),
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>) {
        let (n, x) = (x.columns(), x.as_slice());
        let y = y.into_slice();
        vectorized(
            #[inline(always)]
            move || {
                self.windows(
                    #[inline(always)]
                    |out, pixels| {
                        let y = &mut y[out * n..][..n]; // an output pixel of the shape, and input pixels below
                        y.copy_from_slice(&x[pixels.first() * n..][..n]);
                        pixels.each(
                            #[inline(always)]
                            |pixel| {
                                zip(&mut *y, &x[pixel * n..][..n])
                                    .for_each(|(y, &x)| *y = if *y < x { x } else { *y });
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
        x_bar.fill(T::from_f64(0.0));
        vectorized(
            #[inline(always)]
            move || {
                let whole = n - n % LANES;
                self.windows(
                    #[inline(always)]
                    |out, pixels| {
                        for first in (0..whole).step_by(LANES) {
                            give::<T, LANES>(
                                pixels,
                                x,
                                y,
                                y_bar,
                                x_bar,
                                #[inline(always)]
                                |pixel| pixel * n + first,
                                out,
                            );
                        }
                        for first in whole..n {
                            give::<T, 1>(
                                pixels,
                                x,
                                y,
                                y_bar,
                                x_bar,
                                #[inline(always)]
                                |pixel| pixel * n + first,
                                out,
                            );
                        }
                    },
                );
            },
        );
    }
}

/// Gives $`\bar y`$ of `L` samples to the first of `pixels` that has the maximum.
#[inline(always)]
fn give<T: Element, const L: usize>(
    pixels: Pixels,
    x: &[T],
    y: &[T],
    y_bar: &[T],
    x_bar: &mut [T],
    at: impl Fn(usize) -> usize,
    out: usize,
) {
    let zero = T::from_f64(0.0);
    let (y, mut rest) = (lanes::<T, L>(y, at(out)), lanes::<T, L>(y_bar, at(out)));
    pixels.each(
        #[inline(always)]
        |pixel| {
            let x = lanes::<T, L>(x, at(pixel));
            let x_bar = &mut x_bar[at(pixel)..at(pixel) + L];
            for l in 0..L {
                let taken = if x[l] == y[l] { rest[l] } else { zero };
                x_bar[l] += taken;
                rest[l] = rest[l] - taken;
            }
        },
    );
}

/// `L` numbers from `at` on.
#[inline(always)]
fn lanes<T: Element, const L: usize>(x: &[T], at: usize) -> [T; L] {
    let x = &x[at..at + L];
    from_fn(|l| x[l]) // L of them
}

/// How many samples go back at a time.
const LANES: usize = 16;

/// The input pixels under a window: lines `rows` from `start` on, `width` apart, `columns` of each.
#[derive(Clone, Copy)]
struct Pixels {
    start: usize,
    width: usize,
    rows: usize,
    columns: usize,
}

impl Pixels {
    #[inline(always)]
    const fn first(self) -> usize {
        self.start
    }

    #[inline(always)]
    fn each(self, mut visit: impl FnMut(usize)) {
        for a in 0..self.rows {
            for b in 0..self.columns {
                visit(self.start + a * self.width + b);
            }
        }
    }
}

impl MaxPool {
    /// Visits every output pixel of every channel with the input pixels that it looks at.
    #[inline(always)]
    fn windows(&self, mut visit: impl FnMut(usize, Pixels)) {
        let Self(window) = self;
        let [height, width] = window.output().unwrap_or_default();
        let mut out = 0;
        for channel in 0..window.channels {
            for i in 0..height {
                let lines = window.span(0, i);
                for j in 0..width {
                    let columns = window.span(1, j);
                    let line = channel * window.image[0] + lines.start;
                    let start = line * window.image[1] + columns.start;
                    let (rows, columns) = (lines.len(), columns.len());
                    visit(
                        out,
                        Pixels {
                            start,
                            width: window.image[1],
                            rows,
                            columns,
                        },
                    );
                    out += 1;
                }
            }
        }
    }
}
