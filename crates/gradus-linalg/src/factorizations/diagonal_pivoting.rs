//! Symmetric elimination with pivots of order one and two.

use crate::factorizations::block_diagonal::BlockDiagonal;
use crate::factorizations::inertia::Pivot;
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::vector::{add_multiple, for_length, largest};
use crate::kernels::view::{column, column_mut};
use faer::linalg::matmul::matmul;
use faer::prelude::{Reborrow, ReborrowMut};
use faer::{Accum, Par};
use nalgebra::DMatrix;

/// $`P A P^\top = L D L^\top`$, found block by block of columns.
///
/// Inside of a block a column is brought up to date only when a pivot is looked for in it,
/// $`w_i = a_{ir} - \sum_c l_{ic} (L D)_{rc}`$ with the columns $`c`$ of the block; the diagonal always is. After the
/// block what is left is brought up to date as a whole, by a product of matrices.
///
/// # References
///
/// C. Ashcraft, R. G. Grimes and J. G. Lewis, *Accurate symmetric indefinite linear equation solvers*, SIAM J. Matrix
/// Anal. Appl. 20 (1998), 513–561, figure 2.5, the fast algorithm of Bunch and Parlett, with the diagonal kept up to
/// date.
#[derive(Debug)]
pub(crate) struct DiagonalPivoting {
    /// $`L`$, and on its right in the lower triangle what was left when the block began.
    pub(crate) l: DMatrix<f64>,
    /// $`D`$, and after it the diagonal of what is left.
    pub(crate) d: BlockDiagonal,
    pub(crate) permutation: Vec<usize>,
    /// The columns of $`L D`$ in this block, below the diagonal; then room for those where a pivot is looked for.
    ld: DMatrix<f64>,
    /// The first column of this block.
    start: usize,
    /// Rows that changed places in this block.
    swaps: Vec<(usize, usize)>,
}

impl DiagonalPivoting {
    /// Reads the lower triangle.
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        /// Twice as many or half take about as long, for orders from 100 to 1000 (`examples/time.rs`: `time -- ldlt n`).
        const WIDTH: usize = 24;
        Self::by_blocks(a, WIDTH)
    }

    /// By blocks of one column less than `width`, or of `width`; that is at least 2.
    fn by_blocks(a: &DMatrix<f64>, width: usize) -> Self {
        let n = a.nrows();
        let mut factors = Self {
            l: a.clone(),
            d: BlockDiagonal {
                diagonal: (0..n).map(|i| a[(i, i)]).collect(),
                beside: vec![0.0; n],
            },
            permutation: (0..n).collect(),
            ld: DMatrix::zeros(n, width.min(n + 1)),
            start: 0,
            swaps: Vec::new(),
        };
        while factors.start < n {
            let end = factors.eliminate_block();
            factors.swap_before();
            factors.subtract_block(end);
            factors.start = end;
        }
        factors.clear();
        factors
    }

    /// Eliminates as long as a pivot of order two has room; where the next block starts.
    fn eliminate_block(&mut self) -> usize {
        let (n, mut k) = (self.l.nrows(), self.start);
        while k < n && k + 1 < self.start + self.ld.ncols() {
            let pivot = self.moved_pivot(k);
            match pivot {
                Pivot::One(k) => self.eliminate_one(k),
                Pivot::Two(k) => self.eliminate_two(k),
            }
            k += pivot.order();
        }
        k
    }

    /// Brings the next pivot to row and column k: the largest entry of the diagonal, if it is large enough beside the
    /// others of its column to divide them; or else a block about an entry that is the largest of both its columns, by
    /// going from a column to that of its largest entry as long as those grow.
    fn moved_pivot(&mut self, k: usize) -> Pivot {
        /// $`(1 + \sqrt{17}) / 8`$: both kinds of pivot let entries grow equally, by step.
        const ALPHA: f64 = 0.640_388_203_202_207_6;
        let (p, diagonal) = largest_at(&self.d.diagonal[k..]);
        let mut p = k + p;
        let (mut r, mut size) = self.update(k, p, 0);
        // Where numbers have overflowed to NaN, no comparison holds, and the search ends.
        if diagonal < ALPHA * size {
            loop {
                let (next, larger) = self.update(k, r, 1);
                if larger > size && next != p {
                    self.keep_second(k);
                    (p, r, size) = (r, next, larger);
                } else {
                    self.swap(k, p);
                    self.swap(k + 1, if r == k { p } else { r });
                    return Pivot::Two(k);
                }
            }
        }
        self.swap(k, p);
        Pivot::One(k)
    }

    /// Column r of what is left without its diagonal, as the first or second candidate; where its largest entry is, and
    /// how large.
    fn update(&mut self, k: usize, r: usize, candidate: usize) -> (usize, f64) {
        let (n, done) = (self.l.nrows(), k - self.start);
        let (ld, candidates) = self.ld.as_mut_slice().split_at_mut(done * n);
        let w = &mut candidates[candidate * n..(candidate + 1) * n];
        for i in k..r {
            w[i] = self.l[(r, i)];
        }
        w[r..].copy_from_slice(&column(&self.l, r)[r..]);
        for_length(
            n - k,
            #[inline(always)]
            || {
                for c in 0..done {
                    let l = column(&self.l, self.start + c);
                    add_multiple(&mut w[k..], -ld[r + c * n], &l[k..]);
                }
                w[r] = 0.0;
                let (at, size) = largest_at(&w[k..]);
                (k + at, size)
            },
        )
    }

    /// The second candidate becomes the first.
    fn keep_second(&mut self, k: usize) {
        let (n, done) = (self.l.nrows(), k - self.start);
        let second = (done + 1) * n;
        self.ld
            .as_mut_slice()
            .copy_within(second + k..second + n, done * n + k);
    }

    /// Rows and columns k and p of what is left change places, and the rows of $`L`$ and $`L D`$ in this block. The
    /// column of the pivot is one of the candidates: only the other one is moved.
    fn swap(&mut self, k: usize, p: usize) {
        if k == p {
            return;
        }
        let n = self.l.nrows();
        for i in k + 1..p {
            self.l[(p, i)] = self.l[(i, k)];
        }
        let below = k * n + p + 1..(k + 1) * n;
        self.l.as_mut_slice().copy_within(below, p * n + p + 1);
        (self.start..k).for_each(|c| self.l.swap((k, c), (p, c)));
        let candidates = self.ld.ncols().min(k - self.start + 2);
        (0..candidates).for_each(|c| self.ld.swap((k, c), (p, c)));
        self.d.diagonal.swap(k, p);
        self.permutation.swap(k, p);
        if self.start > 0 {
            self.swaps.push((k, p));
        }
    }

    /// $`l_i = w_i / d`$, and $`a_{ii} \leftarrow a_{ii} - l_i w_i`$.
    fn eliminate_one(&mut self, k: usize) {
        let (d, rest) = self.d.diagonal[k..].split_at_mut(1);
        let w = &column(&self.ld, k - self.start)[k + 1..];
        let l = &mut column_mut(&mut self.l, k)[k + 1..];
        if d[0] == 0.0 {
            // Then all of the column is zero.
            l.fill(0.0);
            return;
        }
        for_length(
            rest.len(),
            #[inline(always)]
            || {
                for ((l, w), a) in l.iter_mut().zip(w).zip(rest) {
                    *l = w / d[0];
                    *a -= *l * w;
                }
            },
        );
    }

    /// $`(l_{i1}, l_{i2}) = (v_i, w_i)\, D^{-1}`$, and $`a_{ii}`$ less both products. Divided by the entry beside the
    /// diagonal, the largest, all is near one: $`D = b \begin{psmallmatrix} p & 1 \\ 1 & q \end{psmallmatrix}`$.
    fn eliminate_two(&mut self, k: usize) {
        let (n, c) = (self.l.nrows(), k - self.start);
        let (d, rest) = self.d.diagonal[k..].split_at_mut(2);
        let (v, w) = (column(&self.ld, c), column(&self.ld, c + 1));
        let b = v[k + 1];
        self.d.beside[k] = b;
        let (p, q) = (d[0] / b, d[1] / b);
        let determinant = p * q - 1.0;
        let (first, second) = self.l.as_mut_slice()[k * n..(k + 2) * n].split_at_mut(n);
        first[k + 1] = 0.0;
        let l = first[k + 2..].iter_mut().zip(&mut second[k + 2..]);
        let ld = v[k + 2..].iter().zip(&w[k + 2..]);
        for_length(
            rest.len(),
            #[inline(always)]
            || {
                for (((l, m), (v, w)), a) in l.zip(ld).zip(rest) {
                    let (s, t) = (v / b, w / b);
                    *l = (q * s - t) / determinant;
                    *m = (p * t - s) / determinant;
                    *a -= *l * v + *m * w;
                }
            },
        );
    }

    /// The rows of $`L`$ left of this block change places as those in it have done.
    fn swap_before(&mut self) {
        let n = self.l.nrows();
        let columns = self.l.as_mut_slice().chunks_exact_mut(n);
        for column in columns.take(self.start) {
            for &(i, j) in &self.swaps {
                column.swap(i, j);
            }
        }
        self.swaps.clear();
    }

    /// $`a_{ij} \leftarrow a_{ij} - \sum_c l_{ic} (L D)_{jc}`$ for $`i, j \ge`$ `end`, a few columns at a time and from
    /// the first of their rows on.
    fn subtract_block(&mut self, end: usize) {
        /// Wide enough for a fast product, narrow enough to waste little above the diagonal (`examples/time.rs`:
        /// `time -- ldlt 500`).
        const COLUMNS: usize = 64;
        let (n, start) = (self.l.nrows(), self.start);
        let (l, mut rest) = faer_mut(&mut self.l).split_at_col_mut(end);
        let (l, ld) = (l.rb(), faer(&self.ld));
        for j in (end..n).step_by(COLUMNS) {
            let to = n.min(j + COLUMNS);
            matmul(
                rest.rb_mut().get_mut(j.., j - end..to - end),
                Accum::Add,
                l.get(j.., start..),
                ld.get(j..to, ..end - start).transpose(),
                -1.0,
                Par::Seq,
            );
        }
    }

    /// Ones on the diagonal of $`L`$ and zeros above it.
    fn clear(&mut self) {
        for k in 0..self.l.nrows() {
            let column = column_mut(&mut self.l, k);
            column[..k].fill(0.0);
            column[k] = 1.0;
        }
    }
}

/// Where the first of the largest sizes is, and how large.
#[inline(always)]
fn largest_at(x: &[f64]) -> (usize, f64) {
    let size = largest(x);
    let at = x.iter().position(|x| x.abs() == size);
    (at.unwrap_or(0), size)
}
#[cfg(test)]
mod tests {
    use super::DiagonalPivoting;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    /// $`\lVert P A P^\top - L D L^\top \rVert_{\max}`$.
    fn residual(a: &DMatrix<f64>, f: &DiagonalPivoting) -> Result<f64, LinalgError> {
        let permuted = a.select_rows(&f.permutation).select_columns(&f.permutation);
        let d: DMatrix<f64> = f.d.unscaled(0, "D")?;
        Ok((permuted - &f.l * d * f.l.transpose()).amax())
    }

    #[test]
    fn the_largest_entry_decides_where_it_starts() -> Result<(), LinalgError> {
        // 2 on the diagonal is not enough beside 4, 3 is.
        for (diagonal, order) in [(2.0, 2), (3.0, 1)] {
            let a =
                DMatrix::from_row_slice(3, 3, &[1.0, 0.0, 4.0, 0.0, 1.0, 0.5, 4.0, 0.5, diagonal]);
            let f = DiagonalPivoting::new(&a);
            assert_eq!(f.d.beside[0] != 0.0, order == 2);
            assert_eq!(f.permutation[0], 2);
            assert!(residual(&a, &f)? < 1e-15);
        }
        Ok(())
    }

    /// From 1 in column 0 by 2 and 3 to 4, the largest of both its columns.
    #[test]
    fn the_search_climbs() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(6, 6, |i, j| {
            if i.abs_diff(j) == 1 && i.max(j) < 5 {
                i.max(j) as f64
            } else {
                0.0
            }
        });
        let f = DiagonalPivoting::new(&a);
        assert_eq!(f.permutation[..2], [3, 4]);
        assert_eq!(f.d.beside, [4.0, 0.0, 2.0, 0.0, 0.0, 0.0]);
        assert_eq!(residual(&a, &f)?, 0.0);
        Ok(())
    }

    #[test]
    fn what_is_left_of_low_rank_is_not_divided_by() {
        let f = DiagonalPivoting::new(&DMatrix::from_element(4, 4, -2.0));
        assert_eq!(f.d.diagonal, [-2.0, 0.0, 0.0, 0.0]);
        assert_eq!(f.d.beside, [0.0; 4]);
        let mut l = DMatrix::identity(4, 4);
        l.fill_column(0, 1.0);
        assert_eq!(f.l, l);
        assert_eq!(f.permutation, [0, 1, 2, 3]);
    }

    /// Entries without a pattern, with a diagonal or without.
    fn symmetric(n: usize, diagonal: f64) -> DMatrix<f64> {
        DMatrix::from_fn(n, n, |i, j| {
            let (p, q) = (i.max(j) as f64, i.min(j) as f64);
            let entry = (7.3 * p * p + 3.1 * p * q + 1.7 * q * q + q).sin();
            if i == j { diagonal * entry } else { entry }
        })
    }

    /// Pivots of order two fall on every place of a block, its last two columns and beyond it.
    #[test]
    fn blocks_of_any_width_find_the_same_factors() -> Result<(), LinalgError> {
        for (n, diagonal) in [
            (1, 1.0),
            (2, 0.0),
            (7, 0.0),
            (12, 1.0),
            (23, 2.0),
            (24, 0.0),
        ] {
            let a = symmetric(n, diagonal);
            let whole = DiagonalPivoting::by_blocks(&a, n + 1);
            for width in 2..=n {
                let f = DiagonalPivoting::by_blocks(&a, width);
                assert_eq!(f.permutation, whole.permutation, "{n} by {width}");
                assert!((&f.l - &whole.l).amax() < 1e-12, "{n} by {width}");
                assert!(residual(&a, &f)? < 1e-13, "{n} by {width}");
            }
        }
        Ok(())
    }

    /// What is left after a block is brought up to date in several steps.
    #[test]
    fn great_matrices_have_factors() -> Result<(), LinalgError> {
        for diagonal in [0.0, 1.0, 20.0] {
            let a = symmetric(150, diagonal);
            assert!(residual(&a, &DiagonalPivoting::new(&a))? < 1e-12);
        }
        Ok(())
    }

    /// The columns of zeros are met inside of a block, where entries from before it are still in their place.
    #[test]
    fn blocks_of_low_rank_end_in_zeros() -> Result<(), LinalgError> {
        let n = 20;
        let a = DMatrix::from_fn(n, n, |i, j| {
            ((i + j) % 2) as f64 * 2.0 + 4.0 * f64::from(i < 3 && j < 3)
        });
        for width in 2..=n + 1 {
            let f = DiagonalPivoting::by_blocks(&a, width);
            assert!(residual(&a, &f)? < 1e-14, "{width}");
            assert!(f.l.iter().chain(&f.d.diagonal).all(|x| x.is_finite()));
        }
        Ok(())
    }
}
