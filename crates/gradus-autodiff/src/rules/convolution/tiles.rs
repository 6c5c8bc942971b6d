//! Sums of shifted images, in pieces that processors hold in registers.

use super::Window;
use super::run::Run;
use crate::element::Element;
use gradus_numeric::vectorized;

/// Images that are computed tile by tile: some planes times some numbers of a [`Run`].
///
/// A tile is summed in registers, over all that goes into it, and is written once. How large tiles are changes no bit of a
/// sum.
pub(super) trait Tiles {
    /// How many images there are.
    fn planes(&self) -> usize;

    /// Computes `L` numbers of the run, from `at` on, in the `P` images from `first` on.
    fn tile<const P: usize, const L: usize>(&mut self, first: usize, run: &Run, at: usize);
}

/// The part of a convolution that one group of channels and outputs has; `n` samples, weights `outputs × (channels · taps)`.
#[derive(Clone, Copy)]
pub(super) struct Group {
    /// The window over the channels of the group.
    pub(super) window: Window,
    /// Height and width of an output image.
    pub(super) output: [usize; 2],
    pub(super) outputs: usize,
    pub(super) n: usize,
}

impl Group {
    /// Computes all tiles of all runs.
    #[inline(always)]
    pub(super) fn cover<T: Element>(&self, mut tiles: impl Tiles) {
        let (window, n, wide) = (self.window, self.n, wide::<T>());
        // Closures that give away what they own, by `move`: only then are they compiled for the vectors of the machine.
        vectorized(
            #[inline(always)]
            move || {
                window.runs(
                    #[inline(always)]
                    move |run| {
                        let end = run.length * n;
                        let at = if wide {
                            strip::<64>(&mut tiles, &run, 0, end)
                        } else {
                            0
                        };
                        let at = strip::<16>(&mut tiles, &run, at, end);
                        strip::<1>(&mut tiles, &run, at, end);
                    },
                );
            },
        );
    }

    /// Pixels of an output image.
    #[inline(always)]
    pub(super) const fn places(&self) -> usize {
        self.output[0] * self.output[1]
    }
}

/// Whether registers hold a tile of four times 64 numbers: 16 of the 32 that AVX-512 has.
pub(super) fn wide<T>() -> bool {
    #[cfg(target_arch = "x86_64")]
    let vectors = is_x86_feature_detected!("avx512f");
    #[cfg(not(target_arch = "x86_64"))]
    let vectors = false;
    vectors && size_of::<T>() == 4
}

/// Computes tiles of `L` numbers from `at` on while they fit; where they end.
#[inline(always)]
fn strip<const L: usize>(tiles: &mut impl Tiles, run: &Run, mut at: usize, end: usize) -> usize {
    let planes = tiles.planes();
    let fours = planes - planes % 4;
    while at + L <= end {
        for first in (0..fours).step_by(4) {
            tiles.tile::<4, L>(first, run, at);
        }
        for first in fours..planes {
            tiles.tile::<1, L>(first, run, at);
        }
        at += L;
    }
    at
}

/// $`y_{o} = b_o + \sum_{c, a, b} w_{o, (c, a, b)}\, x_{c, \text{shifted by}\ (a, b)}`$.
pub(super) struct Values<'a, T> {
    pub(super) group: Group,
    pub(super) w: &'a [T],
    pub(super) x: &'a [T],
    pub(super) b: &'a [T],
    pub(super) y: &'a mut [T],
}

impl<T: Element> Tiles for Values<'_, T> {
    #[inline(always)]
    fn planes(&self) -> usize {
        self.group.outputs
    }
    #[inline(always)]
    fn tile<const P: usize, const L: usize>(&mut self, first: usize, run: &Run, at: usize) {
        let Group { window, n, .. } = self.group;
        let row = window.channels * window.taps();
        let w = &self.w[first * row..][..P * row];
        let mut sums = [[T::from_f64(0.0); L]; P];
        for p in 0..P {
            sums[p] = [self.b[first + p]; L];
        }
        for c in 0..window.channels {
            for a in 0..run.pixels.rows {
                for b in 0..run.pixels.columns {
                    let x =
                        lanes::<T, L>(self.x, (c * window.pixels() + run.pixels.at(a, b)) * n + at);
                    let tap = c * window.taps() + run.tap(window, a, b);
                    for p in 0..P {
                        let w = w[p * row + tap];
                        for l in 0..L {
                            sums[p][l] = w.multiply_add(x[l], sums[p][l]);
                        }
                    }
                }
            }
        }
        for p in 0..P {
            let y = &mut self.y[((first + p) * self.group.places() + run.out) * n + at..];
            y[..L].copy_from_slice(&sums[p]);
        }
    }
}

/// $`\bar x_{c} \mathrel{+}= \sum_o w_{o, (c, a, b)}\, \bar y_o`$, shifted back by $`(a, b)`$, for each tap.
pub(super) struct Images<'a, T> {
    pub(super) group: Group,
    pub(super) w: &'a [T],
    pub(super) y_bar: &'a [T],
    pub(super) x_bar: &'a mut [T],
}

impl<T: Element> Tiles for Images<'_, T> {
    #[inline(always)]
    fn planes(&self) -> usize {
        self.group.window.channels
    }
    #[inline(always)]
    fn tile<const P: usize, const L: usize>(&mut self, first: usize, run: &Run, at: usize) {
        let Group {
            window, outputs, n, ..
        } = self.group;
        let (taps, places) = (window.taps(), self.group.places());
        for a in 0..run.pixels.rows {
            for b in 0..run.pixels.columns {
                let tap = run.tap(window, a, b);
                let mut sums = [[T::from_f64(0.0); L]; P];
                for o in 0..outputs {
                    let y_bar = lanes::<T, L>(self.y_bar, (o * places + run.out) * n + at);
                    let w = &self.w[(o * window.channels + first) * taps + tap..];
                    let w = &w[..=(P - 1) * taps];
                    for p in 0..P {
                        let w = w[p * taps];
                        for l in 0..L {
                            sums[p][l] = w.multiply_add(y_bar[l], sums[p][l]);
                        }
                    }
                }
                for p in 0..P {
                    let pixel = (first + p) * window.pixels() + run.pixels.at(a, b);
                    let x_bar = &mut self.x_bar[pixel * n + at..][..L];
                    for l in 0..L {
                        x_bar[l] += sums[p][l];
                    }
                }
            }
        }
    }
}

/// `L` numbers from `at` on.
#[inline(always)]
pub(super) fn lanes<T: Element, const L: usize>(x: &[T], at: usize) -> [T; L] {
    let x = &x[at..at + L];
    let mut lanes = [T::from_f64(0.0); L];
    lanes.copy_from_slice(x);
    lanes
}
