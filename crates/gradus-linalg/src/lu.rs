//! Gaussian elimination with partial pivoting.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::lu::partial_pivoting::{factor, solve};
use faer::perm::PermRef;
use faer::{Mat, Par, Spec};

/// $`P A = L U`$ of a square matrix, both factors in one: `L` below the diagonal (its own is 1).
#[derive(Debug)]
pub(crate) struct Lu {
    factors: Mat<f64>,
    forward: Vec<usize>,
    inverse: Vec<usize>,
}

impl Lu {
    pub(crate) fn new(a: &Mat<f64>) -> Self {
        let n = a.nrows();
        let mut lu = Self {
            factors: a.clone(),
            forward: vec![0; n],
            inverse: vec![0; n],
        };
        let scratch = factor::lu_in_place_scratch::<usize, f64>(n, n, Par::Seq, Spec::default());
        factor::lu_in_place(
            lu.factors.as_mut(),
            &mut lu.forward,
            &mut lu.inverse,
            Par::Seq,
            MemStack::new(&mut MemBuffer::new(scratch)),
            Spec::default(),
        );
        lu
    }

    /// Whether some pivot $`u_{ii}`$ is exactly zero, or elimination has overflowed.
    pub(crate) fn is_singular(&self) -> bool {
        let mut pivots = (0..self.factors.nrows()).map(|i| self.factors[(i, i)].abs());
        !pivots.all(|pivot| pivot > 0.0 && pivot.is_finite())
    }

    /// $`X`$ with $`A X = B`$.
    pub(crate) fn solve(&self, b: &Mat<f64>) -> Mat<f64> {
        let mut x = b.clone();
        let (n, k) = b.shape();
        let scratch = solve::solve_in_place_scratch::<usize, f64>(n, k, Par::Seq);
        let stack = &mut MemBuffer::new(scratch);
        let (l, u) = (self.factors.as_ref(), self.factors.as_ref());
        let stack = MemStack::new(stack);
        solve::solve_in_place(l, u, self.permutation(), x.as_mut(), Par::Seq, stack);
        x
    }

    /// $`X`$ with $`A^\top X = B`$.
    pub(crate) fn solve_transposed(&self, b: &Mat<f64>) -> Mat<f64> {
        let mut x = b.clone();
        let (n, k) = b.shape();
        let scratch = solve::solve_transpose_in_place_scratch::<usize, f64>(n, k, Par::Seq);
        let stack = &mut MemBuffer::new(scratch);
        let (l, u) = (self.factors.as_ref(), self.factors.as_ref());
        let stack = MemStack::new(stack);
        solve::solve_transpose_in_place(l, u, self.permutation(), x.as_mut(), Par::Seq, stack);
        x
    }

    fn permutation(&self) -> PermRef<'_, usize> {
        PermRef::new_checked(&self.forward, &self.inverse, self.forward.len())
    }
}
