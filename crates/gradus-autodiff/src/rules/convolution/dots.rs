//! Products of shifted images, which are the adjoints of weights.

use super::tiles::{Group, lanes, wide};
use crate::element::Element;
use gradus_numeric::vectorized;
use std::ops::Range;

/// $`\bar w_{o, (c, a, b)} = \langle \bar y_o,\ x_{c, \text{shifted by}\ (a, b)} \rangle`$.
///
/// Some outputs are multiplied with some neighboring taps at a time, line by line, in sums that registers hold.
pub(super) struct Weights<'a, T> {
    pub(super) group: Group,
    pub(super) x: &'a [T],
    pub(super) y_bar: &'a [T],
    pub(super) w_bar: &'a mut [T],
}

/// An output, a channel, and the row and column of a tap.
#[derive(Clone, Copy)]
struct Weight {
    o: usize,
    c: usize,
    a: usize,
    b: usize,
}

/// How many numbers are multiplied at a time; their sums are added up by halves.
const LANES: usize = 16;

impl<T: Element> Weights<'_, T> {
    /// Writes the adjoints of all weights of a group.
    pub(super) fn write(self) {
        // The closure gives itself away: only then is it compiled for the vectors of the machine.
        vectorized(
            #[inline(always)]
            move || self.all(),
        );
    }

    #[inline(always)]
    fn all(mut self) {
        let (outputs, wide) = (self.group.outputs, wide::<T>());
        let mut o = 0;
        while wide && o + 4 <= outputs {
            self.outputs::<4>(o);
            o += 4;
        }
        while o + 2 <= outputs {
            self.outputs::<2>(o);
            o += 2;
        }
        if o < outputs {
            self.outputs::<1>(o);
        }
    }

    /// Computes the adjoints of all weights of `O` outputs from `o` on.
    #[inline(always)]
    fn outputs<const O: usize>(&mut self, o: usize) {
        let [rows, columns] = self.group.window.kernel;
        let threes = columns - columns % 3;
        for c in 0..self.group.window.channels {
            for a in 0..rows {
                for b in (0..threes).step_by(3) {
                    self.taps::<O, 3>(Weight { o, c, a, b });
                }
                for b in threes..columns {
                    self.taps::<O, 1>(Weight { o, c, a, b });
                }
            }
        }
    }

    /// Computes the adjoints of the weights of `O` outputs from the first on, and `B` taps side by side.
    #[inline(always)]
    fn taps<const O: usize, const B: usize>(&mut self, first: Weight) {
        let Weight { o, c, a, b } = first;
        let window = self.group.window;
        let inside = |k: usize| window.inside(b + k, self.group.output[1]);
        let (start, end) = (inside(0).start, inside(B - 1).end);
        let all = start..end.max(start); // the columns from which all of the taps look inside
        let mut sums = [[[T::from_f64(0.0); LANES]; B]; O];
        self.add_columns(&mut sums, first, all.clone());
        for k in 0..B {
            // What this tap sees and others do not, at the edges.
            let (left, right) = (inside(k).start..all.start, all.end..inside(k).end);
            let mut own = [[[T::from_f64(0.0); LANES]; 1]; O];
            for columns in [left, right] {
                self.add_columns(&mut own, Weight { b: b + k, ..first }, columns);
            }
            for q in 0..O {
                let w =
                    ((o + q) * window.channels + c) * window.taps() + a * window.kernel[1] + b + k;
                self.w_bar[w] = by_halves(sums[q][k]) + by_halves(own[q][0]);
            }
        }
    }

    /// Adds the products of output columns, in pieces whose pixels, and all that a tap sees of them, are contiguous.
    #[inline(always)]
    fn add_columns<const O: usize, const B: usize>(
        &self,
        sums: &mut [[[T; LANES]; B]; O],
        first: Weight,
        columns: Range<usize>,
    ) {
        let whole = self.group.window.stride[1] == 1;
        let length = if whole { columns.len().max(1) } else { 1 };
        for j in columns.step_by(length) {
            self.add(sums, first, [j, length]);
        }
    }

    /// Adds the products of `length` columns from `j` on, of all lines.
    #[inline(always)]
    fn add<const O: usize, const B: usize>(
        &self,
        sums: &mut [[[T; LANES]; B]; O],
        first: Weight,
        [j, length]: [usize; 2],
    ) {
        let Group {
            window,
            output: [height, _],
            n,
            ..
        } = self.group;
        let (down, right) = (self.group.places() * n, window.dilation[1] * n); // the next output, the next tap
        let (length, rest) = (length * n - length * n % LANES, length * n % LANES);
        let mut own = *sums; // in registers
        for i in 0..height {
            let Some([y, x]) = self.line(first, i, j) else {
                continue;
            };
            for at in (0..length).step_by(LANES) {
                let mut xs = [[T::from_f64(0.0); LANES]; B];
                for k in 0..B {
                    xs[k] = lanes(self.x, x + k * right + at);
                }
                for q in 0..O {
                    let y: [T; LANES] = lanes(self.y_bar, y + q * down + at);
                    for k in 0..B {
                        for l in 0..LANES {
                            own[q][k][l] = y[l].multiply_add(xs[k][l], own[q][k][l]);
                        }
                    }
                }
            }
        }
        *sums = own;
        for i in 0..if rest > 0 { height } else { 0 } {
            let Some([y, x]) = self.line(first, i, j) else {
                continue;
            };
            for (q, sums) in sums.iter_mut().enumerate() {
                for (k, sums) in sums.iter_mut().enumerate() {
                    let (y, x) = (y + q * down + length, x + k * right + length);
                    for l in 0..rest {
                        sums[l] = self.y_bar[y + l].multiply_add(self.x[x + l], sums[l]);
                    }
                }
            }
        }
    }

    /// Where column `j` of line `i` of the output lies, and what the tap sees from there; `None` if that is outside.
    #[inline(always)]
    fn line(&self, weight: Weight, i: usize, j: usize) -> Option<[usize; 2]> {
        let Weight { o, c, a, b } = weight;
        let Group {
            window,
            output: [_, width],
            n,
            ..
        } = self.group;
        let y = o * self.group.places() + i * width + j;
        let line = window.line(a, i)?;
        let x = c * window.pixels() + line * window.image[1] + window.column(b, j);
        Some([y * n, x * n])
    }
}

/// All lanes into one, by halves.
#[inline(always)]
fn by_halves<T: Element>(mut lanes: [T; LANES]) -> T {
    half::<T, 8>(&mut lanes);
    half::<T, 4>(&mut lanes);
    half::<T, 2>(&mut lanes);
    half::<T, 1>(&mut lanes);
    lanes[0]
}

/// Adds the second `H` lanes to the first.
#[inline(always)]
fn half<T: Element, const H: usize>(lanes: &mut [T; LANES]) {
    for l in 0..H {
        let other = lanes[l + H]; // 2 H of LANES
        lanes[l] += other;
    }
}
