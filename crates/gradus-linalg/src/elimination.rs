//! Gaussian elimination with partial pivoting: the factors, in one matrix.

use crate::vector::{add_multiple, dot, for_length};
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::lu::partial_pivoting::factor;
use faer::linalg::triangular_solve::{
    solve_unit_lower_triangular_in_place, solve_upper_triangular_in_place,
};
use faer::{Mat, MatMut, MatRef, Par, Spec};

/// What elimination does next; reported by [`eliminate`](crate::eliminate) to its observer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step {
    /// Two rows change places, for the greater pivot.
    Swap {
        /// The row that is to be the pivot row.
        row: usize,
        /// The row below it with the greatest entry in the pivot column.
        other: usize,
    },
    /// `factor` times the pivot row is subtracted from a row below it.
    Eliminate {
        /// The row that changes; its entry in column `pivot_row` becomes 0.
        row: usize,
        /// The row that is subtracted.
        pivot_row: usize,
        /// $`l_{ik} = a_{ik} / a_{kk}`$, between −1 and 1; not 0.
        factor: f64,
    },
    /// An unknown is found, the last one first.
    BackSubstitute {
        /// Which unknown.
        row: usize,
        /// Its value.
        value: f64,
    },
}

/// $`P A = L U`$, both factors in one matrix: `L` below the diagonal (its own is 1), `U` on and above it.
#[derive(Debug)]
pub(crate) struct Elimination {
    rows: usize,
    columns: usize,
    /// Column by column.
    factors: Vec<f64>,
    /// Row `i` of `P A` is row `permutation[i]` of `A`.
    permutation: Vec<usize>,
}

impl Elimination {
    /// The textbook's way for small matrices, by blocks for great ones. The blocks divide by every pivot:
    /// where one is zero, the textbook's way skips it.
    pub(crate) fn new(a: &Mat<f64>) -> Self {
        const SMALL: usize = 48;
        if a.ncols().min(a.nrows()) > SMALL {
            let lu = Self::blocked(a);
            if !lu.is_singular() {
                return lu;
            }
        }
        Self::observed(
            a,
            #[inline(always)]
            |_| {},
        )
    }

    /// The textbook's way, step by step.
    pub(crate) fn observed(a: &Mat<f64>, observer: impl FnMut(Step)) -> Self {
        let mut lu = Self::copied(a);
        lu.eliminate(observer);
        lu
    }

    fn blocked(a: &Mat<f64>) -> Self {
        let (m, n) = a.shape();
        let mut lu = Self::copied(a);
        let scratch = factor::lu_in_place_scratch::<usize, f64>(m, n, Par::Seq, Spec::default());
        factor::lu_in_place(
            MatMut::from_column_major_slice_mut(&mut lu.factors, m, n),
            &mut lu.permutation,
            &mut vec![0; m],
            Par::Seq,
            MemStack::new(&mut MemBuffer::new(scratch)),
            Spec::default(),
        );
        lu
    }

    fn copied(a: &Mat<f64>) -> Self {
        let (rows, columns) = a.shape();
        let mut factors = Vec::with_capacity(rows * columns);
        for j in 0..columns {
            factors.extend_from_slice(a.col_as_slice(j));
        }
        Self {
            rows,
            columns,
            factors,
            permutation: (0..rows).collect(),
        }
    }

    /// For every column: the greatest entry becomes the pivot, and multiples of its row are subtracted from
    /// the rows below.
    fn eliminate(&mut self, mut observer: impl FnMut(Step)) {
        let m = self.rows;
        for_length(
            m,
            #[inline(always)]
            || {
                for k in 0..m.min(self.columns) {
                    let pivot_row = k + greatest_at(&self.factors[k * m + k..(k + 1) * m]);
                    if pivot_row != k {
                        observer(Step::Swap {
                            row: k,
                            other: pivot_row,
                        });
                        self.permutation.swap(k, pivot_row);
                        for column in self.factors.chunks_exact_mut(m) {
                            column.swap(k, pivot_row);
                        }
                    }
                    self.subtract_pivot_row(k, &mut observer);
                }
            },
        );
    }

    #[inline(always)]
    fn subtract_pivot_row(&mut self, k: usize, observer: &mut impl FnMut(Step)) {
        let m = self.rows;
        let (done, rest) = self.factors.split_at_mut((k + 1) * m);
        let (pivot, below) = done[k * m + k..].split_at_mut(1);
        if pivot[0] == 0.0 {
            return;
        }
        for (i, factor) in below.iter_mut().enumerate() {
            *factor /= pivot[0];
            if *factor != 0.0 {
                observer(Step::Eliminate {
                    row: k + 1 + i,
                    pivot_row: k,
                    factor: *factor,
                });
            }
        }
        for column in rest.chunks_exact_mut(m) {
            let (u, tail) = column[k..].split_at_mut(1);
            add_multiple(tail, -u[0], below);
        }
    }

    pub(crate) fn permutation(&self) -> &[usize] {
        &self.permutation
    }

    pub(crate) fn factors(&self) -> MatRef<'_, f64> {
        MatRef::from_column_major_slice(&self.factors, self.rows, self.columns)
    }

    /// The diagonal of `U`.
    pub(crate) fn pivots(&self) -> impl Iterator<Item = f64> {
        let steps = self.rows.min(self.columns);
        (0..steps).map(|k| self.factors[k * self.rows + k])
    }

    /// Whether some pivot $`u_{ii}`$ is exactly zero, or elimination has overflowed.
    pub(crate) fn is_singular(&self) -> bool {
        !self.pivots().all(|pivot| pivot != 0.0 && pivot.is_finite())
    }

    /// $`X`$ with $`A X = B`$.
    pub(crate) fn solve(&self, b: &Mat<f64>) -> Mat<f64> {
        const FEW: usize = 4;
        let mut x = Mat::zeros(b.nrows(), b.ncols());
        if b.ncols() <= FEW {
            for j in 0..b.ncols() {
                self.solve_column(b.col_as_slice(j), x.col_as_slice_mut(j));
            }
        } else {
            for j in 0..b.ncols() {
                self.permute(b.col_as_slice(j), x.col_as_slice_mut(j));
            }
            solve_unit_lower_triangular_in_place(self.factors(), x.as_mut(), Par::Seq);
            solve_upper_triangular_in_place(self.factors(), x.as_mut(), Par::Seq);
        }
        x
    }

    /// $`A x = b`$ by $`L y = P b`$ and $`U x = y`$.
    pub(crate) fn solve_column(&self, b: &[f64], x: &mut [f64]) {
        self.solve_observed(
            b,
            x,
            #[inline(always)]
            |_| {},
        );
    }

    /// As [`Self::solve_column`]; reports the unknowns.
    pub(crate) fn solve_observed(&self, b: &[f64], x: &mut [f64], mut observer: impl FnMut(Step)) {
        let n = self.rows;
        self.permute(b, x);
        for_length(
            n,
            #[inline(always)]
            || {
                for (k, l) in self.factors.chunks_exact(n.max(1)).enumerate() {
                    let (known, rest) = x[k..].split_at_mut(1);
                    add_multiple(rest, -known[0], &l[k + 1..]);
                }
                for (k, u) in self.factors.chunks_exact(n.max(1)).enumerate().rev() {
                    let (rest, known) = x[..=k].split_at_mut(k);
                    known[0] /= u[k];
                    observer(Step::BackSubstitute {
                        row: k,
                        value: known[0],
                    });
                    add_multiple(rest, -known[0], &u[..k]);
                }
            },
        );
    }

    /// $`A^\top x = b`$ by $`U^\top y = b`$, $`L^\top z = y`$ and $`x = P^\top z`$; `z` is scratch.
    pub(crate) fn solve_transposed_column(&self, b: &[f64], z: &mut [f64], x: &mut [f64]) {
        let n = self.rows;
        for_length(
            n,
            #[inline(always)]
            || {
                for (k, u) in self.factors.chunks_exact(n.max(1)).enumerate() {
                    z[k] = (b[k] - dot(&u[..k], &z[..k])) / u[k];
                }
                for (k, l) in self.factors.chunks_exact(n.max(1)).enumerate().rev() {
                    z[k] -= dot(&l[k + 1..], &z[k + 1..]);
                }
            },
        );
        for (z, &row) in z.iter().zip(&self.permutation) {
            x[row] = *z;
        }
    }

    fn permute(&self, b: &[f64], x: &mut [f64]) {
        for (x, &row) in x.iter_mut().zip(&self.permutation) {
            *x = b[row];
        }
    }
}

/// Where the first of the greatest sizes is.
#[inline(always)]
fn greatest_at(x: &[f64]) -> usize {
    let mut at = 0;
    let mut greatest = 0.0;
    for (i, x) in x.iter().enumerate() {
        if x.abs() > greatest {
            greatest = x.abs();
            at = i;
        }
    }
    at
}
