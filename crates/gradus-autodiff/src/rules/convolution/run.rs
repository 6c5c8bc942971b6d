//! Output pixels side by side that see equally.

use super::Window;
use super::window::Pixels;

/// Neighbors in a line of the output that look through the same taps, each one pixel further than the one before.
///
/// In the memory of `n` samples they are contiguous, and so is what each tap sees of them: a run is a vector of
/// $`\text{length} \cdot n`$ numbers, and a convolution is a sum of such vectors.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// The first output pixel.
    pub(super) out: usize,
    /// How many there are.
    pub(super) length: usize,
    /// What the first of them looks at, in the first channel.
    pub(super) pixels: Pixels,
    /// The tap, row and column, that looks at the first of these.
    first: [usize; 2],
}

impl Run {
    /// The tap that looks at the pixel in row `a` and column `b` of `pixels`.
    #[inline(always)]
    pub(super) const fn tap(&self, window: Window, a: usize, b: usize) -> usize {
        (self.first[0] + a) * window.kernel[1] + self.first[1] + b
    }
}

impl Window {
    /// Visits the runs of one output image.
    #[inline(always)]
    pub(super) fn runs(&self, mut visit: impl FnMut(Run)) {
        let [height, width] = self.output().unwrap_or_default();
        for i in 0..height {
            let mut j = 0;
            while j < width {
                let length = self.alike(j, width);
                visit(Run {
                    out: i * width + j,
                    length,
                    pixels: self.seen(0, i, j),
                    first: [self.skipped(0, i), self.skipped(1, j)],
                });
                j += length;
            }
        }
    }

    /// How many output columns, of `width`, see as column `j` does: all between the edges, if the window moves by one
    /// pixel.
    #[inline(always)]
    fn alike(&self, j: usize, width: usize) -> usize {
        let last = self.kernel[1].saturating_sub(1);
        let between = self.inside(0, width).start..self.inside(last, width).end;
        if self.stride[1] == 1 && between.start == j && !between.is_empty() {
            between.len()
        } else {
            1
        }
    }

    /// How many taps look before the image, above it (axis 0) or left of it (axis 1).
    #[inline(always)]
    const fn skipped(&self, axis: usize, i: usize) -> usize {
        let start = i * self.stride[axis];
        self.padding[axis]
            .saturating_sub(start)
            .div_ceil(self.dilation[axis])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEE: Window = Window {
        channels: 2,
        image: [3, 6],
        kernel: [3, 3],
        stride: [1, 1],
        padding: [1, 1],
        dilation: [1, 1],
    };

    /// Output pixels, length, input pixels and tap of each run.
    fn runs(window: Window) -> Vec<(usize, usize, Vec<usize>, [usize; 2])> {
        let mut runs = vec![];
        window.runs(|run| runs.push((run.out, run.length, run.pixels.iter().collect(), run.first)));
        runs
    }

    #[test]
    fn a_line_is_its_edges_and_what_lies_between() {
        let runs = runs(SEE);
        assert_eq!(runs.len(), 9);
        assert_eq!(runs[0], (0, 1, vec![0, 1, 6, 7], [1, 1]));
        assert_eq!(runs[1], (1, 4, vec![0, 1, 2, 6, 7, 8], [1, 0]));
        assert_eq!(runs[5], (11, 1, vec![4, 5, 10, 11, 16, 17], [0, 0]));
    }

    #[test]
    fn runs_are_all_pixels_and_see_what_each_of_them_sees() {
        let windows = [
            SEE,
            Window {
                stride: [2, 2],
                ..SEE
            },
            Window {
                dilation: [1, 3],
                padding: [1, 4],
                ..SEE
            },
            Window {
                kernel: [1, 1],
                padding: [0, 0],
                ..SEE
            },
            Window {
                kernel: [2, 6],
                padding: [0, 5],
                ..SEE
            },
        ];
        for window in windows {
            let mut each = vec![];
            window.each(|out, pixels| each.push((out, pixels.iter().collect::<Vec<_>>())));
            let mut all = vec![];
            for (out, length, pixels, _) in runs(window) {
                for k in 0..length {
                    all.push((out + k, pixels.iter().map(|pixel| pixel + k).collect()));
                }
            }
            assert_eq!(all, each[..each.len() / 2], "{window:?}"); // of the first channel
        }
    }
}
