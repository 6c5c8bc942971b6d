//! Gaussian elimination with partial pivoting: the factors, in one matrix.

use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::side_by_side::{add_multiples, alone, dots};
use crate::kernels::vector::for_length;
use crate::kernels::view::{column, column_mut, upper_triangle};
use crate::systems::step::Step;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::lu::partial_pivoting::factor;
use faer::linalg::triangular_solve::{
    solve_unit_lower_triangular_in_place, solve_upper_triangular_in_place,
};
use faer::{Par, Spec};
use nalgebra::DMatrix;

/// $`P A = L U`$, both factors in one matrix: `L` below the diagonal (its own is 1), `U` on and above it.
#[derive(Debug)]
pub(crate) struct LuFactors {
    factors: DMatrix<f64>,
    /// Row `i` of `P A` is row `permutation[i]` of `A`.
    permutation: Vec<usize>,
}

impl LuFactors {
    /// The textbook's way for small matrices, by blocks for large ones. The blocks multiply by the reciprocal of
    /// every pivot: where it has none, the textbook's way divides or skips it.
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        /// From 40 to 56 both take about as long; at 24 blocks take 1.7 times as long, at 96 0.6 times
        /// (`examples/time.rs`: `time -- lu n`, with this at 0 and at 1000).
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

    /// Of an upper triangle with exact zeros below, which is its own $`U`$.
    pub(crate) fn of_triangle(u: DMatrix<f64>) -> Self {
        Self {
            permutation: (0..u.nrows()).collect(),
            factors: u,
        }
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

    /// For every column: the largest entry becomes the pivot, and multiples of its row are subtracted from
    /// the rows below.
    fn eliminate(&mut self, mut observer: impl FnMut(Step)) {
        let (m, n) = self.factors.shape();
        let (a, permutation) = (self.factors.as_mut_slice(), self.permutation.as_mut_slice());
        for_length(
            m,
            #[inline(always)]
            move || {
                for k in 0..m.min(n) {
                    let pivot_row = k + largest_at(&a[k * m + k..(k + 1) * m]);
                    if pivot_row != k {
                        let (row, other) = (k, pivot_row);
                        observer(Step::Swap { row, other });
                        permutation.swap(row, other);
                        a.chunks_exact_mut(m).for_each(|a| a.swap(row, other));
                    }
                    subtract_pivot_row(a, m, k, &mut observer);
                }
            },
        );
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
        /// So many columns one by one walk through the factors in less time than a blocked solver needs to begin
        /// (`examples/time.rs`: `time -- solve n`, which solves for one).
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

    /// $`A x = b`$.
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
        self.permute(b, x);
        self.substitute(
            alone(x),
            #[inline(always)]
            |row, [value]| observer(Step::BackSubstitute { row, value }),
        );
    }

    /// A few systems at once, given row by row.
    pub(crate) fn solve_rows<const K: usize>(
        &self,
        b: impl Fn(usize) -> [f64; K],
    ) -> Vec<[f64; K]> {
        let mut x: Vec<[f64; K]> = self.permutation.iter().map(|&row| b(row)).collect();
        self.substitute(
            &mut x,
            #[inline(always)]
            |_, _| {},
        );
        x
    }

    /// $`L y = b`$ and $`U x = y`$ in place, for a few systems side by side; reports the unknowns.
    #[inline(always)]
    fn substitute<const K: usize>(
        &self,
        x: &mut [[f64; K]],
        mut observer: impl FnMut(usize, [f64; K]),
    ) {
        let (n, factors) = (x.len(), self.factors.as_slice());
        for_length(
            n,
            #[inline(always)]
            move || {
                for k in 0..n {
                    let (known, rest) = x[k..].split_at_mut(1);
                    let l = &factors[k * n + k + 1..(k + 1) * n];
                    add_multiples(rest, known[0].map(|x| -x), l);
                }
                for k in (0..n).rev() {
                    let (rest, known) = x[..=k].split_at_mut(k);
                    let u = &factors[k * n..=k * n + k];
                    known[0] = known[0].map(|x| x / u[k]);
                    observer(k, known[0]);
                    add_multiples(rest, known[0].map(|x| -x), &u[..k]);
                }
            },
        );
    }

    /// $`z`$ with $`A^\top P^\top z = b`$ for a few systems, by $`U^\top y = b`$ and $`L^\top z = y`$, in place of $`b`$.
    pub(crate) fn solve_transposed<const K: usize>(&self, b: &mut [[f64; K]]) {
        let (n, factors) = (b.len(), self.factors.as_slice());
        for_length(
            n,
            #[inline(always)]
            move || {
                for k in 0..n {
                    let u = &factors[k * n..=k * n + k];
                    let known = dots(&u[..k], &b[..k]);
                    (0..K).for_each(|p| b[k][p] = (b[k][p] - known[p]) / u[k]);
                }
                for k in (0..n).rev() {
                    let l = &factors[k * n + k + 1..(k + 1) * n];
                    let known = dots(l, &b[k + 1..]);
                    (0..K).for_each(|p| b[k][p] -= known[p]);
                }
            },
        );
    }

    fn permute(&self, b: &[f64], x: &mut [f64]) {
        for (x, &row) in x.iter_mut().zip(&self.permutation) {
            *x = b[row];
        }
    }
}

/// $`l_{ik} = a_{ik} / a_{kk}`$, and $`a_{ij} \leftarrow a_{ij} - l_{ik} a_{kj}`$, for $`i, j > k`$.
#[inline(always)]
fn subtract_pivot_row(a: &mut [f64], m: usize, k: usize, observer: &mut impl FnMut(Step)) {
    let (done, rest) = a.split_at_mut((k + 1) * m);
    let (pivot, below) = done[k * m + k..].split_at_mut(1);
    if pivot[0] == 0.0 {
        return;
    }
    for factor in below.iter_mut() {
        *factor /= pivot[0];
    }
    for (row, factor) in (k + 1..).zip(below.iter().copied()) {
        if factor != 0.0 {
            let pivot_row = k;
            observer(Step::Eliminate {
                row,
                pivot_row,
                factor,
            });
        }
    }
    for column in rest.chunks_exact_mut(m) {
        let (u, tail) = column[k..].split_at_mut(1);
        add_multiples(alone(tail), [-u[0]], below);
    }
}

/// Where the first of the largest sizes is.
#[inline(always)]
fn largest_at(x: &[f64]) -> usize {
    let mut at = 0;
    let mut largest = 0.0;
    for (i, x) in x.iter().enumerate() {
        if x.abs() > largest {
            largest = x.abs();
            at = i;
        }
    }
    at
}
