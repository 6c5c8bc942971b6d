//! Parts of every sample brought to mean 0 and deviation 1: what layer, group and RMS normalization share.

use super::strip::{Strip, Strips, lanes};
use crate::element::Element;
use crate::rules::reductions::{Lanes, sum_over};
use gradus_numeric::vectorized;
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
        self.cover(Value {
            standard: *self,
            x,
            gamma: scales[0],
            beta: scales[1],
            y,
            mean,
            inverse,
        });
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
        self.cover(Back {
            centered: self.centered,
            x,
            y_bar,
            gamma,
            mean,
            inverse,
            bar,
        });
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
        vectorized(
            #[inline(always)]
            move || self.scales([x, y_bar], [mean, inverse], gamma_bar, beta_bar),
        );
    }

    #[inline(always)]
    fn scales<T: Element>(
        &self,
        [x, y_bar]: [&[T]; 2],
        [mean, inverse]: [&[T]; 2],
        gamma_bar: &mut [T],
        beta_bar: &mut [T],
    ) {
        let (width, scales) = (self.columns, self.rows / self.per_scale.max(1));
        for (k, gamma_bar) in gamma_bar.iter_mut().enumerate() {
            let part = k.checked_div(scales).unwrap_or(0);
            let [mean, inverse] = [mean, inverse].map(|m| &m[part * width..][..width]); // of parts × columns
            let own = k * self.per_scale * width..(k + 1) * self.per_scale * width; // rows of this scale
            let [x_rows, y_rows] = [x, y_bar].map(|m| m[own.clone()].chunks(width.max(1)));
            let mut total = Lanes::zero();
            for (x, y_bar) in zip(x_rows, y_rows) {
                total.add([sum_over([x, y_bar, mean, inverse], along_hat)]);
            }
            [*gamma_bar] = total.value();
            if let Some(beta_bar) = beta_bar.get_mut(k) {
                *beta_bar = sum_over(
                    [&y_bar[own]],
                    #[inline(always)]
                    |[y_bar]| y_bar,
                );
            }
        }
    }

    /// Visits the columns of all parts.
    #[inline(always)]
    fn cover(self, mut strips: impl Strips) {
        vectorized(
            #[inline(always)]
            move || match self.columns {
                0 => {}
                1..4 => self.strips::<1>(&mut strips),
                4..16 => self.strips::<4>(&mut strips),
                16..WIDE => self.strips::<16>(&mut strips),
                _ => self.strips::<WIDE>(&mut strips),
            },
        );
    }

    /// Visits all columns, `L` at a time; the last ones, if they are fewer, with some that were visited before.
    #[inline(always)]
    fn strips<const L: usize>(self, strips: &mut impl Strips) {
        for part in 0..self.parts {
            for first in (0..self.columns).step_by(L) {
                let first = first.min(self.columns - L);
                strips.strip::<L>(Strip {
                    start: part * self.rows * self.columns + first,
                    stride: self.columns,
                    rows: self.rows,
                    moments: part * self.columns + first,
                    before: part * self.rows,
                    per_scale: self.per_scale,
                });
            }
        }
    }
}

/// The way forth.
struct Value<'a, T> {
    standard: Standard,
    x: &'a [T],
    gamma: &'a [T],
    beta: &'a [T],
    y: &'a mut [T],
    mean: &'a mut [T],
    inverse: &'a mut [T],
}

impl<T: Element> Strips for Value<'_, T> {
    #[inline(always)]
    fn strip<const L: usize>(&mut self, strip: Strip) {
        let (zero, one) = (T::from_f64(0.0), T::from_f64(1.0));
        let (x, epsilon) = (self.x, T::from_f64(self.standard.epsilon));
        let [mean] = if self.standard.centered {
            strip.means(
                #[inline(always)]
                move |k| [strip.row(x, k)],
            )
        } else {
            [[zero; L]]
        };
        let [variance] = strip.means(
            #[inline(always)]
            move |k| {
                let mut squares = strip.row::<T, L>(x, k);
                for l in 0..L {
                    squares[l] = (squares[l] - mean[l]) * (squares[l] - mean[l]);
                }
                [squares]
            },
        );
        let mut inverse = [zero; L];
        for l in 0..L {
            inverse[l] = one / (variance[l] + epsilon).sqrt();
        }
        self.mean[strip.moments..][..L].copy_from_slice(&mean);
        self.inverse[strip.moments..][..L].copy_from_slice(&inverse);
        for k in 0..strip.rows {
            let scale = strip.scale(k); // a scale for every row
            let (gamma, beta) = (
                self.gamma[scale],
                self.beta.get(scale).copied().unwrap_or(zero),
            );
            let mut y = strip.row::<T, L>(x, k);
            for l in 0..L {
                y[l] = (y[l] - mean[l]) * inverse[l] * gamma + beta;
            }
            self.y[strip.range::<L>(k)].copy_from_slice(&y); // as many as x has
        }
    }
}

/// The way back to the input.
struct Back<'a, T> {
    centered: bool,
    x: &'a [T],
    y_bar: &'a [T],
    gamma: &'a [T],
    mean: &'a [T],
    inverse: &'a [T],
    bar: &'a mut [T],
}

impl<T: Element> Strips for Back<'_, T> {
    #[inline(always)]
    fn strip<const L: usize>(&mut self, strip: Strip) {
        let zero = T::from_f64(0.0);
        let [x, y_bar, gamma] = [self.x, self.y_bar, self.gamma];
        let mean = lanes::<T, L>(&self.mean[strip.moments..]);
        let inverse = lanes::<T, L>(&self.inverse[strip.moments..]);
        let [g_mean, g_hat] = strip.means(
            #[inline(always)]
            move |k| {
                let (x, mut g) = (strip.row::<T, L>(x, k), strip.row::<T, L>(y_bar, k));
                let (gamma, mut along) = (gamma[strip.scale(k)], [zero; L]);
                for l in 0..L {
                    g[l] = gamma * g[l];
                    along[l] = g[l] * ((x[l] - mean[l]) * inverse[l]);
                }
                [g, along]
            },
        );
        let g_mean = if self.centered { g_mean } else { [zero; L] };
        for k in 0..strip.rows {
            let (x, y_bar) = (strip.row::<T, L>(x, k), strip.row::<T, L>(y_bar, k));
            let (gamma, mut bar) = (gamma[strip.scale(k)], [zero; L]);
            for l in 0..L {
                bar[l] = inverse[l]
                    * (gamma * y_bar[l] - g_mean[l] - (x[l] - mean[l]) * inverse[l] * g_hat[l]);
            }
            self.bar[strip.range::<L>(k)].copy_from_slice(&bar); // as many as x has
        }
    }
}

/// $`\bar y \hat x`$.
#[inline(always)]
fn along_hat<T: Element>([x, y_bar, mean, inverse]: [T; 4]) -> T {
    y_bar * ((x - mean) * inverse)
}

/// How many columns are visited at a time: their sums, moments and terms fill the registers of the widest machine in single
/// precision. 32 took a quarter longer on the way back (`benches/autodiff.rs`, group `normalization`).
const WIDE: usize = 64;
