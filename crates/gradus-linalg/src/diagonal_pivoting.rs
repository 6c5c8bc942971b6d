//! Symmetric elimination with pivots of order one and two.

use crate::inertia::Pivot;
use crate::vector::{add_multiple, for_length, greatest};
use crate::view::{column, column_mut};
use nalgebra::DMatrix;

/// $`P A P^\top = L D L^\top`$ on the way: what is left of $`A`$ is the lower triangle of `rest` from some row and
/// column on.
///
/// # References
///
/// J. R. Bunch and B. N. Parlett, *Direct methods for solving symmetric indefinite systems of linear equations*,
/// SIAM J. Numer. Anal. 8 (1971), 639–655.
#[derive(Debug)]
pub(crate) struct DiagonalPivoting {
    rest: DMatrix<f64>,
    /// The greatest entry below the diagonal of every column.
    beside: Vec<f64>,
    pub(crate) l: DMatrix<f64>,
    pub(crate) d: DMatrix<f64>,
    pub(crate) permutation: Vec<usize>,
}

impl DiagonalPivoting {
    /// Reads the lower triangle.
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        let n = a.nrows();
        let mut factors = Self {
            rest: a.clone(),
            beside: vec![0.0; n],
            l: DMatrix::identity(n, n),
            d: DMatrix::zeros(n, n),
            permutation: (0..n).collect(),
        };
        factors.subtract(0, 0);
        let mut k = 0;
        while let Some(pivot) = factors.moved_pivot(k) {
            match pivot {
                Pivot::One(k) => factors.eliminate_one(k),
                Pivot::Two(k) => factors.eliminate_two(k),
            }
            k += pivot.order();
        }
        factors
    }

    /// Brings the next pivot to row and column k: the greatest entry of the diagonal, or a block with the greatest
    /// entry beside it if the former is too small to be divided by. None if all is zero.
    fn moved_pivot(&mut self, k: usize) -> Option<Pivot> {
        /// $`(1 + \sqrt{17}) / 8`$: both kinds of pivot let entries grow equally, by step.
        const ALPHA: f64 = 0.640_388_203_202_207_6;
        let n = self.rest.nrows();
        let diagonal: Vec<f64> = (k..n).map(|i| self.rest[(i, i)]).collect();
        let beside = &self.beside[k..];
        let (one, two) = (greatest(&diagonal), greatest(beside));
        if one == 0.0 && two == 0.0 {
            return None;
        }
        let place = |x: &[f64], size: f64| x.iter().position(|x| x.abs() == size);
        if one >= ALPHA * two {
            self.swap(k, k + place(&diagonal, one)?);
            return Some(Pivot::One(k));
        }
        let q = k + place(beside, two)?;
        let p = q + 1 + place(&column(&self.rest, q)[q + 1..], two)?;
        self.swap(k, q);
        self.swap(k + 1, p);
        Some(Pivot::Two(k))
    }

    /// Rows and columns i ≤ j of what is left change places, and the rows of $`L`$ so far.
    fn swap(&mut self, i: usize, j: usize) {
        if i == j {
            return;
        }
        let (n, a) = (self.rest.nrows(), &mut self.rest);
        a.swap((i, i), (j, j));
        (0..i).for_each(|k| a.swap((i, k), (j, k)));
        (i + 1..j).for_each(|k| a.swap((k, i), (j, k)));
        (j + 1..n).for_each(|k| a.swap((k, i), (k, j)));
        (0..i).for_each(|k| self.l.swap((i, k), (j, k)));
        self.permutation.swap(i, j);
    }

    /// $`l_i = a_{ik} / d`$, and $`a_{ij} \leftarrow a_{ij} - l_i\, a_{jk}`$.
    fn eliminate_one(&mut self, k: usize) {
        let n = self.rest.nrows();
        let d = self.rest[(k, k)];
        self.d[(k, k)] = d;
        for i in k + 1..n {
            self.l[(i, k)] = self.rest[(i, k)] / d;
        }
        self.subtract(k, k + 1);
    }

    /// $`(l_{i1}, l_{i2}) = (a_{ik}, a_{i,k+1})\, D^{-1}`$, and $`a_{ij}`$ less both products. Divided by the entry
    /// beside the diagonal, the greatest, all is near one: $`D = b \begin{psmallmatrix} p & 1 \\ 1 & q \end{psmallmatrix}`$.
    fn eliminate_two(&mut self, k: usize) {
        let n = self.rest.nrows();
        let (a, b, c) = (
            self.rest[(k, k)],
            self.rest[(k + 1, k)],
            self.rest[(k + 1, k + 1)],
        );
        for (i, j, entry) in [(0, 0, a), (1, 0, b), (0, 1, b), (1, 1, c)] {
            self.d[(k + i, k + j)] = entry;
        }
        let (p, q) = (a / b, c / b);
        let determinant = p * q - 1.0;
        for i in k + 2..n {
            let (s, t) = (self.rest[(i, k)] / b, self.rest[(i, k + 1)] / b);
            self.l[(i, k)] = (q * s - t) / determinant;
            self.l[(i, k + 1)] = (p * t - s) / determinant;
        }
        self.subtract(k, k + 2);
    }

    /// $`a_{ij} \leftarrow a_{ij} - \sum_{k} l_{ik}\, a_{jk}`$ for k from `start` to before `end` and $`i \ge j \ge`$ `end`;
    /// while a column is at hand, its greatest entry is found.
    fn subtract(&mut self, start: usize, end: usize) {
        let n = self.rest.nrows();
        for_length(
            n,
            #[inline(always)]
            || {
                for j in end..n {
                    for k in start..end {
                        let factor = -self.rest[(j, k)];
                        let left = &mut column_mut(&mut self.rest, j)[j..];
                        add_multiple(left, factor, &column(&self.l, k)[j..]);
                    }
                    self.beside[j] = greatest(&column(&self.rest, j)[j + 1..]);
                }
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::DiagonalPivoting;
    use nalgebra::DMatrix;

    #[test]
    fn the_greatest_entry_decides_where_it_starts() {
        // 2 on the diagonal is not enough beside 4, 3 is.
        for (diagonal, order) in [(2.0, 2), (3.0, 1)] {
            let a =
                DMatrix::from_row_slice(3, 3, &[1.0, 0.0, 4.0, 0.0, 1.0, 0.5, 4.0, 0.5, diagonal]);
            let f = DiagonalPivoting::new(&a);
            assert_eq!(f.d[(1, 0)] != 0.0, order == 2);
            assert_eq!(f.permutation[0], if order == 2 { 0 } else { 2 });
            let permuted = DMatrix::from_fn(3, 3, |i, j| a[(f.permutation[i], f.permutation[j])]);
            assert!((permuted - &f.l * f.d * f.l.transpose()).amax() < 1e-15);
        }
    }

    #[test]
    fn what_is_left_of_low_rank_is_not_divided_by() {
        let f = DiagonalPivoting::new(&DMatrix::from_element(4, 4, -2.0));
        assert_eq!(
            f.d,
            DMatrix::from_fn(4, 4, |i, j| if i + j == 0 { -2.0 } else { 0.0 })
        );
        assert_eq!(f.l.column(0).as_slice(), [1.0; 4]);
        assert_eq!(f.permutation, [0, 1, 2, 3]);
    }
}
