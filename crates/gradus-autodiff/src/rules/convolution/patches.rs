//! The patches of images under a moving window, side by side.

use super::Window;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, vectorized};
use std::iter::zip;

/// The patches under a moving window, each a column; the pullback adds every patch to where it came from.
///
/// ```math
/// P_{(c, a, b),\,(i, j, n)} = x_{(c,\ s_1 i + a - p_1,\ s_2 j + b - p_2),\,n}
/// ```
///
/// A convolution is the affine map of all patches ([`Convolve`](super::Convolve)). It is linear, and what it
/// copies are lines of pixels of all samples, contiguous both here and there.
///
/// # Shapes
///
/// `X: (channels · height · width) × n`, `P: (channels · taps) × (output pixels · n)`, rows contiguous.
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
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let Self(window) = self;
        match window.output() {
            Some([h, w]) if x.rows == window.channels * window.pixels() => Ok(Shape::new(
                window.channels * window.taps(),
                h * w * x.columns,
            )),
            _ => Err(mismatch(
                "patches",
                *x,
                Shape::new(window.channels, window.pixels()),
            )),
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], patches: MatrixMut<'_, T>) {
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
                return to.copy_from_slice(&x[from..from + to.len()]);
            }
            for (to, x) in zip(
                to.chunks_exact_mut(n),
                x[from..].chunks(n).step_by(self.0.stride[1]),
            ) {
                to.copy_from_slice(x);
            }
        });
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let (n, patches_bar) = (at.x[0].columns(), at.y_bar.as_slice());
        let x_bar = x_bar.into_slice();
        x_bar.fill(T::from_f64(0.0));
        self.lines(n, |from, line| {
            let Some((to, inside)) = line else { return };
            let from = &patches_bar[from][inside.start * n..inside.end * n];
            if self.0.stride[1] == 1 {
                return add(from, &mut x_bar[to..to + from.len()]);
            }
            for (from, x) in zip(
                from.chunks_exact(n),
                x_bar[to..].chunks_mut(n).step_by(self.0.stride[1]),
            ) {
                add(from, x);
            }
        });
    }
}

impl Patches {
    /// Visits every output line of every tap: where it lies among the patches, and, unless it lies outside,
    /// where its first pixel lies in the images and which of its pixels lie inside.
    #[inline(always)]
    fn lines(&self, n: usize, mut visit: impl FnMut(Range, Option<(usize, Range)>)) {
        let Self(window) = self;
        let [height, width] = window.output().unwrap_or_default();
        let [taps, _] = window.kernel;
        let mut start = 0;
        for (c, a) in (0..window.channels).flat_map(|c| (0..taps).map(move |a| (c, a))) {
            for b in 0..window.kernel[1] {
                let inside = window.inside(b, width);
                for i in 0..height {
                    let line = window
                        .line(a, i)
                        .filter(|_| !inside.is_empty())
                        .map(|line| {
                            let pixel = line * window.image[1] + window.column(b, inside.start);
                            ((c * window.pixels() + pixel) * n, inside.clone())
                        });
                    visit(start..start + width * n, line);
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
