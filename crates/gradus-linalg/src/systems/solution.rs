//! A solution and how far it can be trusted.

/// A solution and how far it can be trusted; made by [`solve`](crate::solve) and [`solve_columns`](crate::solve_columns).
///
/// Where rows or columns of the matrix differ much in size, condition and errors are those of the system in units in
/// which they do not: see the numerics of [`solve`](crate::solve).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Solution<X> {
    /// The solution: a vector, or a matrix with one solution a column.
    pub x: X,
    /// Estimate of the reciprocal condition number $`1 / (\lVert A \rVert_1 \lVert A^{-1} \rVert_1)`$, above
    /// $`n \varepsilon`$ and at most 1, rarely more than three times too large: about
    /// $`-\log_{10} (\varepsilon / \text{rcond})`$ digits of `x` are right.
    pub rcond: f64,
    /// How much, relatively, `a` and `b` must change for `x` to be the exact solution:
    /// $`\lVert b - A x \rVert_\infty / (\lVert A \rVert_\infty \lVert x \rVert_\infty + \lVert b \rVert_\infty)`$,
    /// the largest of all columns.
    pub backward_error: f64,
    /// Bound of the relative error $`\lVert x - x^* \rVert_1 / \lVert x \rVert_1`$ of every column, from its
    /// residual and the estimate of $`\lVert A^{-1} \rVert_1`$: infinite only if `x` has underflowed to 0. It is a bound
    /// for the vector: an entry much smaller than the others may have fewer right digits.
    pub error_bound: f64,
}

impl<X> Solution<X> {
    pub(crate) fn map<Y>(self, f: impl FnOnce(X) -> Y) -> Solution<Y> {
        let Self {
            x,
            rcond,
            backward_error,
            error_bound,
        } = self;
        Solution {
            x: f(x),
            rcond,
            backward_error,
            error_bound,
        }
    }
}
