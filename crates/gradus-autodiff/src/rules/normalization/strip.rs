//! Columns side by side that processors hold in registers, and means over their rows.

use crate::element::Element;
use crate::rules::reductions::Lanes;
use std::ops::Range;

/// What is computed strip by strip: some columns of a part, each by itself.
///
/// How many columns a strip has changes no bit, so a strip may be computed twice.
pub(super) trait Strips {
    /// Computes `L` columns.
    fn strip<const L: usize>(&mut self, strip: Strip);
}

/// Some columns of a part.
#[derive(Clone, Copy)]
pub(super) struct Strip {
    /// Where its first row starts.
    pub(super) start: usize,
    /// From one row to the next.
    pub(super) stride: usize,
    pub(super) rows: usize,
    /// Where its moments start.
    pub(super) moments: usize,
    /// How many rows are in the parts before.
    pub(super) before: usize,
    /// How many rows share a scale.
    pub(super) per_scale: usize,
}

impl Strip {
    /// Where `L` numbers of row `k` lie.
    #[inline(always)]
    pub(super) const fn range<const L: usize>(self, k: usize) -> Range<usize> {
        let start = self.start + k * self.stride;
        start..start + L
    }

    /// `L` numbers of row `k`.
    #[inline(always)]
    pub(super) fn row<T: Element, const L: usize>(self, x: &[T], k: usize) -> [T; L] {
        lanes(&x[self.range::<L>(k)]) // rows × columns in every part
    }

    /// Which scale row `k` has.
    #[inline(always)]
    pub(super) const fn scale(self, k: usize) -> usize {
        (self.before + k) / self.per_scale
    }

    /// The means over all rows of `S` terms of every column; `terms` gives those of a row.
    #[inline(always)]
    pub(super) fn means<T: Element, const L: usize, const S: usize>(
        self,
        terms: impl Fn(usize) -> [[T; L]; S],
    ) -> [[T; L]; S] {
        let zero = T::from_f64(0.0);
        let mut sums = [Lanes::<T, L>::zero(); S];
        // Four at a time: a compensated addition costs four plain ones.
        for first in (0..self.rows).step_by(4) {
            let mut four = [[zero; L]; S];
            for k in first..self.rows.min(first + 4) {
                let terms = terms(k);
                for s in 0..S {
                    for l in 0..L {
                        four[s][l] += terms[s][l];
                    }
                }
            }
            for s in 0..S {
                sums[s].add(four[s]);
            }
        }
        let m = T::from_f64(self.rows as f64);
        let mut means = [[zero; L]; S];
        for s in 0..S {
            let sums = sums[s].value();
            for l in 0..L {
                means[s][l] = sums[l] / m;
            }
        }
        means
    }
}

/// The first `L` numbers.
#[inline(always)]
pub(super) fn lanes<T: Element, const L: usize>(x: &[T]) -> [T; L] {
    let mut lanes = [T::from_f64(0.0); L];
    lanes.copy_from_slice(&x[..L]);
    lanes
}
