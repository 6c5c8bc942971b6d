//! Where the pixels of an output look.

use gradus_numeric::Shape;
use std::ops::Range;

/// A window of `kernel` pixels that moves over the images of all channels.
///
/// Output pixel $`(i, j)`$ looks at the input pixels
///
/// ```math
/// (s_1 i + d_1 a - p_1,\ s_2 j + d_2 b - p_2), \qquad 0 \le a < k_1, \quad 0 \le b < k_2
/// ```
///
/// with kernel $`k`$, stride $`s`$, padding $`p`$ and dilation $`d`$. Pixels outside of the image count nothing: they are 0 to a
/// convolution, and not there to a pooling.
///
/// # Shapes
///
/// A column is a sample: channel after channel, each row after row. So in a matrix with contiguous rows the
/// same pixel of all samples is contiguous, and a line of pixels too.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a window as large as the image sees all of it | `pooling_a_whole_image_is_a_reduction` |
///
/// # Examples
///
/// ```
/// use gradus_autodiff::rules::Window;
///
/// let same = Window { channels: 1, image: [28, 28], kernel: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1] };
/// assert_eq!(same.output(), Some([28, 28]));
/// let halves = Window { kernel: [2, 2], stride: [2, 2], padding: [0, 0], ..same };
/// assert_eq!(halves.output(), Some([14, 14]));
/// assert_eq!(Window { kernel: [31, 3], ..same }.output(), None); // 31 > 28 + 2
/// assert_eq!(Window::whole(1, [28, 28]).output(), Some([1, 1]));
/// assert_eq!(Window { dilation: [2, 2], ..same }.output(), Some([26, 26])); // 28 + 2 − 2 · 2
/// ```
///
/// # References
///
/// V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning* (2016), relationship 6,
/// <https://arxiv.org/abs/1603.07285>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many images a sample has.
    pub channels: usize,
    /// Height and width of an image.
    pub image: [usize; 2],
    /// Height and width of the window.
    pub kernel: [usize; 2],
    /// How far it moves, down and to the right.
    pub stride: [usize; 2],
    /// How far it may stand over, above and below, left and right.
    pub padding: [usize; 2],
    /// How far apart the pixels are that it looks at; 1 for neighbors.
    pub dilation: [usize; 2],
}

impl Window {
    /// The window that sees a whole image at once: what global pooling looks through.
    #[must_use]
    pub const fn whole(channels: usize, image: [usize; 2]) -> Self {
        Self {
            channels,
            image,
            kernel: image,
            stride: [1, 1],
            padding: [0, 0],
            dilation: [1, 1],
        }
    }

    /// Height and width of the output: $`\lfloor (n + 2p - d(k - 1) - 1) / s \rfloor + 1`$; `None` if the window is
    /// larger than the padded image, or empty, or does not move, or stands over with all of it, or if its pixels
    /// coincide or are further apart than the image is long.
    #[must_use]
    pub fn output(&self) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let (k, p, s) = (self.kernel[axis], self.padding[axis], self.stride[axis]);
            let (n, d) = (self.image[axis], self.dilation[axis]);
            let extent = d.checked_mul(k.checked_sub(1)?)?.checked_add(1)?;
            let padded = n.checked_add(p.checked_mul(2)?)?;
            // Every window sees a pixel at least: it reaches the image, and does not step over it.
            (extent > p && d > 0 && (d <= n || k == 1)).then_some(())?;
            Some(padded.checked_sub(extent)?.checked_div(s)? + 1)
        };
        Some([along(0)?, along(1)?])
    }

    /// Pixels of an input image.
    #[must_use]
    pub const fn pixels(&self) -> usize {
        self.image[0].saturating_mul(self.image[1])
    }

    /// Pixels under the window.
    #[must_use]
    pub const fn taps(&self) -> usize {
        self.kernel[0].saturating_mul(self.kernel[1])
    }

    /// Whether every pixel is under one window and no other.
    pub(super) fn tiles(&self) -> bool {
        let along = |axis: usize| {
            let (n, k) = (self.image[axis], self.kernel[axis]);
            n == k || self.stride[axis] == k && n.checked_rem(k) == Some(0)
        };
        along(0) && along(1) && self.padding == [0, 0] && self.dilation == [1, 1]
    }

    /// Pixels of an output image, if `x` holds such images.
    pub(super) fn places(&self, x: Shape) -> Option<usize> {
        let [height, width] = self.output()?;
        let rows = self.channels.checked_mul(self.image[0])?;
        let fits = rows.checked_mul(self.image[1]) == Some(x.rows);
        fits.then(|| height.checked_mul(width)).flatten()
    }

    /// The shape of a patch, to tell in an error.
    pub(super) const fn patch(&self) -> Shape {
        Shape::new(self.channels, self.taps())
    }

    /// The shape of the images, to tell in an error.
    pub(super) const fn images(&self) -> Shape {
        Shape::new(self.channels, self.pixels())
    }

    /// The first of the input lines (axis 0) or columns (axis 1) that output line or column `i` looks at, and how many.
    #[inline(always)]
    pub(super) fn span(&self, axis: usize, i: usize) -> (usize, usize) {
        let (start, d) = (i * self.stride[axis], self.dilation[axis]);
        let (p, n) = (self.padding[axis], self.image[axis]);
        let skipped = p.saturating_sub(start).div_ceil(d); // taps before the image
        let end = (n + p - start).div_ceil(d).min(self.kernel[axis]); // a window starts before the image ends
        (start + skipped * d - p, end - skipped)
    }

    /// The input line that tap row `a` of output line `i` looks at, if it lies inside.
    pub(super) fn line(&self, a: usize, i: usize) -> Option<usize> {
        let line = (i * self.stride[0] + a * self.dilation[0]).checked_sub(self.padding[0])?;
        (line < self.image[0]).then_some(line)
    }

    /// The output columns, of `width`, for which tap column `b` lies inside.
    pub(super) fn inside(&self, b: usize, width: usize) -> Range<usize> {
        let (s, p, b) = (self.stride[1], self.padding[1], b * self.dilation[1]);
        let first = p.saturating_sub(b).div_ceil(s);
        let end = (self.image[1] + p).saturating_sub(b).div_ceil(s);
        first..end.min(width).max(first)
    }

    /// The input column that tap column `b` of output column `j` looks at; `j` is inside.
    pub(super) const fn column(&self, b: usize, j: usize) -> usize {
        j * self.stride[1] + b * self.dilation[1] - self.padding[1]
    }

    /// Visits every output pixel of every channel with the input pixels that it looks at.
    #[inline(always)]
    pub(super) fn each(&self, mut visit: impl FnMut(usize, Pixels)) {
        let [height, width] = self.output().unwrap_or_default();
        let mut out = 0;
        for channel in 0..self.channels {
            for i in 0..height {
                for j in 0..width {
                    visit(out, self.seen(channel, i, j));
                    out += 1;
                }
            }
        }
    }

    /// What output pixel `(i, j)` looks at in a channel.
    #[inline(always)]
    pub(super) fn seen(&self, channel: usize, i: usize, j: usize) -> Pixels {
        let ((line, rows), (column, columns)) = (self.span(0, i), self.span(1, j));
        let line = channel * self.image[0] + line;
        Pixels {
            start: line * self.image[1] + column,
            down: self.dilation[0] * self.image[1],
            right: self.dilation[1],
            rows,
            columns,
        }
    }
}

/// The input pixels under a window: `rows` lines from `start` on, `down` apart, `columns` of each, `right` apart.
#[derive(Clone, Copy)]
pub(super) struct Pixels {
    start: usize,
    down: usize,
    right: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Pixels {
    #[inline(always)]
    pub(super) const fn first(self) -> usize {
        self.start
    }

    #[inline(always)]
    pub(super) const fn count(self) -> usize {
        self.rows * self.columns
    }

    #[inline(always)]
    pub(super) fn iter(self) -> impl Iterator<Item = usize> + Clone {
        let line = move |a| (0..self.columns).map(move |b| self.at(a, b));
        (0..self.rows).flat_map(line)
    }

    // Nested loops, and not `iter`, where the body is a vector loop: it is then compiled once, without state.
    #[inline(always)]
    pub(super) fn each(self, mut visit: impl FnMut(usize)) {
        for a in 0..self.rows {
            for b in 0..self.columns {
                visit(self.at(a, b));
            }
        }
    }

    #[inline(always)]
    pub(super) const fn at(self, a: usize, b: usize) -> usize {
        self.start + a * self.down + b * self.right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEE: Window = Window {
        channels: 2,
        image: [4, 5],
        kernel: [3, 2],
        stride: [2, 1],
        padding: [1, 0],
        dilation: [1, 1],
    };

    #[test]
    fn a_window_that_cannot_move_has_no_output() {
        let none = |window: Window| assert_eq!(window.output(), None, "{window:?}");
        assert_eq!(SEE.output(), Some([2, 4]));
        none(Window {
            kernel: [0, 1],
            ..SEE
        });
        none(Window {
            stride: [0, 1],
            ..SEE
        });
        none(Window {
            kernel: [1, 1],
            ..SEE
        }); // padding 1: the first window sees nothing
        none(Window {
            kernel: [7, 1],
            ..SEE
        });
        none(Window {
            padding: [usize::MAX, 0],
            kernel: [usize::MAX, 1],
            ..SEE
        });
        none(Window {
            image: [0, 0],
            padding: [0, 0],
            ..SEE
        });
        none(Window {
            dilation: [1, 0],
            ..SEE
        });
        none(Window {
            image: [1, 5],
            dilation: [2, 1],
            padding: [2, 0],
            ..SEE
        }); // pixels further apart than the image is long
    }

    #[test]
    fn windows_side_by_side_are_tiles() {
        let tiles = Window {
            image: [4, 6],
            kernel: [2, 3],
            stride: [2, 3],
            padding: [0, 0],
            dilation: [1, 1],
            ..SEE
        };
        assert!(tiles.tiles() && Window::whole(3, [5, 7]).tiles());
        let not = |window: Window| assert!(!window.tiles(), "{window:?}");
        not(SEE);
        not(Window {
            image: [4, 5],
            ..tiles
        }); // two columns are under no window
        not(Window {
            stride: [1, 3],
            ..tiles
        });
        not(Window {
            padding: [0, 3],
            ..tiles
        });
        not(Window {
            dilation: [2, 1],
            ..tiles
        });
        let mut seen = [0; 48];
        tiles.each(|_, pixels| pixels.each(|pixel| seen[pixel] += 1));
        assert_eq!(seen, [1; 48]);
    }

    #[test]
    fn images_fit_if_their_pixels_do() {
        assert_eq!(SEE.places(Shape::new(40, 3)), Some(8));
        assert_eq!(SEE.places(Shape::new(41, 3)), None);
        let huge = Window {
            image: [1 << 40, 1 << 40],
            ..SEE
        };
        assert_eq!(huge.places(Shape::new(0, 0)), None); // 2⁸¹ pixels are not 0
    }

    #[test]
    fn windows_see_what_lies_inside() {
        let mut seen = vec![];
        SEE.each(|out, pixels| {
            let mut all = vec![];
            pixels.each(|pixel| all.push(pixel));
            assert_eq!((all[0], all.len()), (pixels.first(), pixels.count()));
            assert!(pixels.iter().eq(all.iter().copied()));
            seen.push((out, all));
        });
        assert_eq!(seen.len(), 16);
        assert_eq!(seen[0], (0, vec![0, 1, 5, 6])); // the line above the image is not there
        assert_eq!(seen[7], (7, vec![8, 9, 13, 14, 18, 19]));
        assert_eq!(seen[8].1[0], 20); // the second channel
        let apart = Window {
            stride: [1, 1],
            dilation: [2, 3],
            padding: [2, 1],
            ..SEE
        };
        let mut seen = vec![];
        apart.each(|_, pixels| seen.push(pixels.iter().collect::<Vec<_>>()));
        assert_eq!((apart.output(), seen.len()), (Some([4, 4]), 32));
        assert_eq!(seen[0], [2, 12]); // of lines −2, 0, 2 and columns −1, 2
        assert_eq!(seen[6], [6, 9, 16, 19]); // lines −1, 1, 3 and columns 1, 4
    }
}
