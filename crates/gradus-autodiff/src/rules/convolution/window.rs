//! Where the pixels of an output look.

use std::ops::Range;

/// A window of `kernel` pixels that moves over the images of all channels.
///
/// Output pixel $`(i, j)`$ looks at the input pixels $`(s_1 i + a - p_1,\ s_2 j + b - p_2)`$ for
/// $`0 \le a < k_1`$, $`0 \le b < k_2`$, with stride $`s`$ and padding $`p`$; what lies outside counts nothing.
///
/// # Shapes
///
/// A column is a sample: channel after channel, each row after row. So in a matrix with contiguous rows the
/// same pixel of all samples is contiguous, and a line of pixels too.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::rules::Window;
///
/// let same = Window { channels: 1, image: [28, 28], kernel: [3, 3], stride: [1, 1], padding: [1, 1] };
/// assert_eq!(same.output(), Some([28, 28]));
/// let halves = Window { kernel: [2, 2], stride: [2, 2], padding: [0, 0], ..same };
/// assert_eq!(halves.output(), Some([14, 14]));
/// assert_eq!(Window { kernel: [31, 3], ..same }.output(), None);
/// ```
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
}

impl Window {
    /// Height and width of the output: $`\lfloor (n + 2p - k) / s \rfloor + 1`$; `None` if the window is larger
    /// than the padded image, or empty, or does not move, or stands over with all of it.
    #[must_use]
    pub fn output(&self) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let (k, p, s) = (self.kernel[axis], self.padding[axis], self.stride[axis]);
            let padded = self.image[axis].checked_add(p.checked_mul(2)?)?;
            (k > p).then_some(())?; // every window sees a pixel at least
            Some(padded.checked_sub(k)?.checked_div(s)? + 1)
        };
        Some([along(0)?, along(1)?])
    }

    /// Pixels of an input image.
    #[must_use]
    pub const fn pixels(&self) -> usize {
        self.image[0] * self.image[1]
    }

    /// Pixels under the window.
    #[must_use]
    pub const fn taps(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// The input lines (axis 0) or columns (axis 1) that output line or column `i` looks at.
    #[inline(always)]
    pub(crate) fn span(&self, axis: usize, i: usize) -> Range<usize> {
        let (start, p) = (i * self.stride[axis], self.padding[axis]);
        start.saturating_sub(p)..(start + self.kernel[axis] - p).min(self.image[axis])
    }

    /// The input line that tap row `a` of output line `i` looks at, if it lies inside.
    pub(crate) fn line(&self, a: usize, i: usize) -> Option<usize> {
        let line = (i * self.stride[0] + a).checked_sub(self.padding[0])?;
        (line < self.image[0]).then_some(line)
    }

    /// The output columns, of `width`, for which tap column `b` lies inside.
    pub(crate) fn inside(&self, b: usize, width: usize) -> Range<usize> {
        let (s, p) = (self.stride[1], self.padding[1]);
        let first = p.saturating_sub(b).div_ceil(s);
        let end = (self.image[1] + p).saturating_sub(b).div_ceil(s);
        first..end.min(width).max(first)
    }

    /// The input column that tap column `b` of output column `j` looks at; `j` is inside.
    pub(crate) const fn column(&self, b: usize, j: usize) -> usize {
        j * self.stride[1] + b - self.padding[1]
    }
}
