//! Gaussian elimination with partial pivoting: the factors, in one matrix.

use crate::as_faer::{faer, faer_mut};
use crate::triangular::upper_triangle;
use crate::vector::{add_multiple, dot, for_length};
use crate::view::{column, column_mut, columns};
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::lu::partial_pivoting::factor;
use faer::linalg::triangular_solve::{
    solve_unit_lower_triangular_in_place, solve_upper_triangular_in_place,
};
use faer::{Par, Spec};
use nalgebra::DMatrix;

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
    factors: DMatrix<f64>,
    /// Row `i` of `P A` is row `permutation[i]` of `A`.
    permutation: Vec<usize>,
}

impl Elimination {
    /// The textbook's way for small matrices, by blocks for great ones. The blocks multiply by the reciprocal of
    /// every pivot: where it has none, the textbook's way divides or skips it.
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        const SMALL: usize = 48;
        if a.ncols().min(a.nrows()) > SMALL {
            let lu = Self::blocked(a);
            if lu.pivots().all(f64::is_normal) {
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
    pub(crate) fn observed(a: &DMatrix<f64>, observer: impl FnMut(Step)) -> Self {
        let mut lu = Self::copied(a);
        lu.eliminate(observer);
        lu
    }

    fn blocked(a: &DMatrix<f64>) -> Self {
        let (m, n) = a.shape();
        let mut lu = Self::copied(a);
        let scratch = factor::lu_in_place_scratch::<usize, f64>(m, n, Par::Seq, Spec::default());
        factor::lu_in_place(
            faer_mut(&mut lu.factors),
            &mut lu.permutation,
            &mut vec![0; m],
            Par::Seq,
            MemStack::new(&mut MemBuffer::new(scratch)),
            Spec::default(),
        );
        lu
    }

    fn copied(a: &DMatrix<f64>) -> Self {
        Self {
            factors: a.clone(),
            permutation: (0..a.nrows()).collect(),
        }
    }

    /// For every column: the greatest entry becomes the pivot, and multiples of its row are subtracted from
    /// the rows below.
    fn eliminate(&mut self, mut observer: impl FnMut(Step)) {
        let (m, n) = self.factors.shape();
        for_length(
            m,
            #[inline(always)]
            || {
                for k in 0..m.min(n) {
                    let pivot_row = k + greatest_at(&column(&self.factors, k)[k..]);
                    if pivot_row != k {
                        observer(Step::Swap {
                            row: k,
                            other: pivot_row,
                        });
                        self.permutation.swap(k, pivot_row);
                        for column in self.factors.as_mut_slice().chunks_exact_mut(m) {
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
        let m = self.factors.nrows();
        let (done, rest) = self.factors.as_mut_slice().split_at_mut((k + 1) * m);
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

    /// $`L`$, with ones on its diagonal, and $`U`$.
    pub(crate) fn into_triangles(self) -> (DMatrix<f64>, DMatrix<f64>) {
        let (m, n) = self.factors.shape();
        let steps = m.min(n);
        let mut l = Vec::with_capacity(m * steps);
        for k in 0..steps {
            l.resize(k * m + k, 0.0);
            l.push(1.0);
            l.extend_from_slice(&column(&self.factors, k)[k + 1..]);
        }
        (DMatrix::from_vec(m, steps, l), upper_triangle(self.factors))
    }

    /// The diagonal of `U`.
    pub(crate) fn pivots(&self) -> impl Iterator<Item = f64> {
        let steps = self.factors.nrows().min(self.factors.ncols());
        (0..steps).map(|k| self.factors[(k, k)])
    }

    /// Whether some pivot $`u_{ii}`$ is exactly zero, or elimination has overflowed.
    pub(crate) fn is_singular(&self) -> bool {
        !self.pivots().all(|pivot| pivot != 0.0 && pivot.is_finite())
    }

    /// $`X`$ with $`A X = B`$.
    pub(crate) fn solve(&self, b: &DMatrix<f64>) -> DMatrix<f64> {
        const FEW: usize = 4;
        let mut x = DMatrix::zeros(b.nrows(), b.ncols());
        if b.ncols() <= FEW {
            for j in 0..b.ncols() {
                self.solve_column(column(b, j), column_mut(&mut x, j));
            }
        } else {
            for j in 0..b.ncols() {
                self.permute(column(b, j), column_mut(&mut x, j));
            }
            let factors = faer(&self.factors);
            solve_unit_lower_triangular_in_place(factors, faer_mut(&mut x), Par::Seq);
            solve_upper_triangular_in_place(factors, faer_mut(&mut x), Par::Seq);
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
        let n = self.factors.nrows();
        self.permute(b, x);
        for_length(
            n,
            #[inline(always)]
            || {
                for (k, l) in columns(&self.factors).enumerate() {
                    let (known, rest) = x[k..].split_at_mut(1);
                    add_multiple(rest, -known[0], &l[k + 1..]);
                }
                for (k, u) in columns(&self.factors).enumerate().rev() {
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
        let n = self.factors.nrows();
        for_length(
            n,
            #[inline(always)]
            || {
                for (k, u) in columns(&self.factors).enumerate() {
                    z[k] = (b[k] - dot(&u[..k], &z[..k])) / u[k];
                }
                for (k, l) in columns(&self.factors).enumerate().rev() {
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
