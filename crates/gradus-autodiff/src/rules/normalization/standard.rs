//! Parts of every sample brought to mean 0 and deviation 1: what layer, group and RMS normalization share.

use crate::element::Element;
use crate::rules::reductions::{Lanes, sum, sum_of};
use gradus_numeric::{map3, vectorized};
use std::iter::zip;

/// What is normalized together: in each of `parts` blocks of rows, every column by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standard {
    pub(super) parts: usize,
    /// Rows of a part.
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// How many rows share a scale.
    pub(super) per_scale: usize,
    /// Whether the mean is taken off; otherwise the mean square stands in for the variance.
    pub(super) centered: bool,
    pub(super) epsilon: f64,
}

impl Standard {
    /// $`y = \gamma \hat x + \beta`$; keeps $`\mu`$ and $`1 / \sigma`$ of every column of every part.
    pub(super) fn value<T: Element>(
        &self,
        x: &[T],
        y: &mut [T],
        scales: [&[T]; 2],
        kept: &mut [T],
    ) {
        let (mean, inverse) = kept.split_at_mut(kept.len() / 2);
        vectorized(
            #[inline(always)]
            move || {
                self.blocks(
                    #[inline(always)]
                    move |block| self.block_value(block, x, y, scales, [&mut *mean, &mut *inverse]),
                );
            },
        );
    }

    /// $`\bar x = \frac{1}{\sigma} (g - \langle g \rangle - \hat x \langle g \circ \hat x \rangle)`$ with $`g = \gamma \circ \bar y`$.
    pub(super) fn input_bar<T: Element>(
        &self,
        [x, y_bar]: [&[T]; 2],
        gamma: &[T],
        kept: &[T],
        bar: &mut [T],
    ) {
        let (mean, inverse) = kept.split_at(kept.len() / 2);
        vectorized(
            #[inline(always)]
            move || {
                self.blocks(
                    #[inline(always)]
                    move |block| self.block_bar(block, [x, y_bar], gamma, [mean, inverse], bar),
                );
            },
        );
    }

    /// $`\bar \gamma = \sum \bar y \circ \hat x`$ and, if there is memory for it, $`\bar \beta = \sum \bar y`$.
    pub(super) fn scales_bar<T: Element>(
        &self,
        [x, y_bar]: [&[T]; 2],
        kept: &[T],
        gamma_bar: &mut [T],
        beta_bar: &mut [T],
    ) {
        let (mean, inverse) = kept.split_at(kept.len() / 2);
        let (width, scales) = (self.columns, self.rows / self.per_scale.max(1));
        for (k, gamma_bar) in gamma_bar.iter_mut().enumerate() {
            let part = k.checked_div(scales).unwrap_or(0);
            let moments = [mean, inverse].map(|m| &m[part * width..][..width]); // of parts × columns
            let own = k * self.per_scale * width..(k + 1) * self.per_scale * width;
            let mut total = Lanes::zero();
            let rows = [x, y_bar].map(|m| m[own.clone()].chunks(width.max(1))); // rows of this scale
            let [x_rows, y_rows] = rows;
            for (x, y_bar) in zip(x_rows, y_rows) {
                total.add([along_hat(x, y_bar, moments)]);
            }
            [*gamma_bar] = total.value();
            if let Some(beta_bar) = beta_bar.get_mut(k) {
                *beta_bar = sum(&y_bar[own]);
            }
        }
    }

    /// Visits the columns of all parts, [`WIDE`] at a time.
    #[inline(always)]
    fn blocks(&self, mut visit: impl FnMut(Block)) {
        for part in 0..self.parts {
            for first in (0..self.columns).step_by(WIDE) {
                visit(Block {
                    part,
                    start: part * self.rows * self.columns + first,
                    stride: self.columns,
                    moments: part * self.columns + first,
                    width: WIDE.min(self.columns - first),
                });
            }
        }
    }

    #[inline(always)]
    fn block_value<T: Element>(
        &self,
        block: Block,
        x: &[T],
        y: &mut [T],
        [gamma, beta]: [&[T]; 2],
        [mean, inverse]: [&mut [T]; 2],
    ) {
        let [mean, inverse] = [mean, inverse].map(|m| &mut m[block.moments..][..block.width]); // kept for every column
        let zero = T::from_f64(0.0);
        if self.centered {
            self.means(
                mean,
                #[inline(always)]
                |row, sums| zip(sums, block.row(x, row)).for_each(|(sum, &x)| *sum += x),
            );
        } else {
            mean.fill(zero);
        }
        self.means(
            inverse,
            #[inline(always)]
            |row, sums| {
                for (sum, (&x, &mean)) in zip(sums, zip(block.row(x, row), &*mean)) {
                    *sum += (x - mean) * (x - mean);
                }
            },
        );
        let (one, epsilon) = (T::from_f64(1.0), T::from_f64(self.epsilon));
        for inverse in inverse.iter_mut() {
            *inverse = one / (*inverse + epsilon).sqrt();
        }
        for row in 0..self.rows {
            let k = self.scale(block, row);
            let (gamma, beta) = (gamma[k], beta.get(k).copied().unwrap_or(zero)); // a scale for every row
            let hats = zip(block.row(x, row), zip(&*mean, &*inverse));
            let y = &mut y[block.start + row * block.stride..][..block.width]; // as many as x has
            for (y, (&x, (&mean, &inverse))) in zip(y, hats) {
                *y = (x - mean) * inverse * gamma + beta;
            }
        }
    }

    #[inline(always)]
    fn block_bar<T: Element>(
        &self,
        block: Block,
        [x, y_bar]: [&[T]; 2],
        gamma: &[T],
        [mean, inverse]: [&[T]; 2],
        bar: &mut [T],
    ) {
        let [mean, inverse] = [mean, inverse].map(|m| &m[block.moments..][..block.width]); // kept for every column
        let zero = T::from_f64(0.0);
        let (mut g_mean, mut g_hat) = ([zero; WIDE], [zero; WIDE]);
        let [g_mean, g_hat] = [&mut g_mean, &mut g_hat].map(|m| &mut m[..block.width]); // at most WIDE
        if self.centered {
            self.means(
                g_mean,
                #[inline(always)]
                |row, sums| {
                    let gamma = gamma[self.scale(block, row)];
                    zip(sums, block.row(y_bar, row))
                        .for_each(|(sum, &y_bar)| *sum += gamma * y_bar);
                },
            );
        }
        self.means(
            g_hat,
            #[inline(always)]
            |row, sums| {
                let gamma = gamma[self.scale(block, row)];
                let moments = zip(mean, inverse);
                let rows = zip(zip(block.row(x, row), block.row(y_bar, row)), moments);
                for (sum, ((&x, &y_bar), (&mean, &inverse))) in zip(sums, rows) {
                    *sum += gamma * y_bar * ((x - mean) * inverse);
                }
            },
        );
        for row in 0..self.rows {
            let gamma = gamma[self.scale(block, row)];
            let rows = zip(block.row(x, row), block.row(y_bar, row));
            let means = zip(zip(mean, inverse), zip(&*g_mean, &*g_hat));
            let bar = &mut bar[block.start + row * block.stride..][..block.width]; // as many as x has
            for (bar, ((&x, &y_bar), ((&mean, &inverse), (&g_mean, &g_hat)))) in
                zip(bar, zip(rows, means))
            {
                *bar = inverse * (gamma * y_bar - g_mean - (x - mean) * inverse * g_hat);
            }
        }
    }

    /// Which scale a row has.
    #[inline(always)]
    const fn scale(&self, block: Block, row: usize) -> usize {
        (block.part * self.rows + row) / self.per_scale
    }

    /// Means over the rows of a part; `add` adds the terms of a row to sums that stand side by side.
    #[inline(always)]
    fn means<T: Element>(&self, means: &mut [T], add: impl Fn(usize, &mut [T])) {
        let zero = T::from_f64(0.0);
        let (mut excess, mut four) = ([zero; WIDE], [zero; WIDE]);
        let (excess, four) = (&mut excess[..means.len()], &mut four[..means.len()]); // at most WIDE
        means.fill(zero);
        // Four at a time: a compensated addition costs four plain ones.
        for first in (0..self.rows).step_by(4) {
            four.fill(zero);
            for row in first..self.rows.min(first + 4) {
                add(row, four);
            }
            for ((sum, excess), &four) in zip(zip(&mut *means, &mut *excess), &*four) {
                let x = four - *excess;
                let next = *sum + x;
                *excess = (next - *sum) - x;
                *sum = next;
            }
        }
        let m = T::from_f64(self.rows as f64);
        for (mean, &excess) in zip(means, &*excess) {
            *mean = (*mean - excess) / m;
        }
    }
}

/// Some columns of a part.
#[derive(Clone, Copy)]
struct Block {
    part: usize,
    /// Where its first row starts.
    start: usize,
    /// From one row to the next.
    stride: usize,
    /// Where its moments start.
    moments: usize,
    width: usize,
}

impl Block {
    #[inline(always)]
    fn row<T>(self, x: &[T], row: usize) -> &[T] {
        &x[self.start + row * self.stride..][..self.width] // rows × columns in every part
    }
}

/// $`\langle \bar y, \hat x \rangle`$ of one row, by pieces of $`\hat x`$.
fn along_hat<T: Element>(x: &[T], y_bar: &[T], [mean, inverse]: [&[T]; 2]) -> T {
    let mut total = Lanes::zero();
    let mut hats = [T::from_f64(0.0); WIDE];
    let moments = zip(mean.chunks(WIDE), inverse.chunks(WIDE));
    for ((x, y_bar), (mean, inverse)) in zip(zip(x.chunks(WIDE), y_bar.chunks(WIDE)), moments) {
        let hats = &mut hats[..x.len()]; // a piece, or what is left
        map3(
            x,
            mean,
            inverse,
            hats,
            #[inline(always)]
            |x, mean, inverse| (x - mean) * inverse,
        );
        total.add([sum_of(
            y_bar,
            hats,
            #[inline(always)]
            |y_bar, hat| y_bar * hat,
        )]);
    }
    total.value()[0]
}

/// How many columns are visited at a time: a kilobyte of each row in single precision, so that the processor sees that
/// memory is read in order, and 64 rows stay in a second-level cache.
const WIDE: usize = 256;
