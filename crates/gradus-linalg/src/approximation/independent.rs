//! Least squares with independent columns.

use crate::checked::check::largest_entry;
use crate::checked::check::times;
use crate::kernels::side_by_side::alone;
use crate::kernels::twice::{dot_twice, subtract_twice};
use crate::kernels::vector::absolute_sum;
use crate::kernels::view::{columns, view};
use crate::orthogonal::qr::householder;
use crate::systems::inverse_norm::{reciprocal_condition, solve_with_inverse_norm};
use crate::systems::lu_factors::LuFactors;
use nalgebra::DMatrix;
use std::iter::{once, zip};

/// $`A = Q R`$ of a matrix with at least as many rows as columns, near one in every column.
#[derive(Debug)]
pub(crate) struct Factors {
    pub(crate) q: DMatrix<f64>,
    pub(crate) r: DMatrix<f64>,
    /// $`R`$ once more, to be solved with.
    triangle: LuFactors,
}

impl Factors {
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        let (q, r) = householder(a);
        let triangle = LuFactors::of_triangle(r.clone());
        Self { q, r, triangle }
    }

    /// Estimate of $`1 / (\lVert R \rVert_1 \lVert R^{-1} \rVert_1)`$.
    pub(crate) fn rcond(&self) -> f64 {
        let norm = columns(&self.r).map(absolute_sum).fold(0.0, f64::max);
        let (_, inverse_norm) = solve_with_inverse_norm(&self.triangle, |_| 0.0);
        reciprocal_condition(norm, inverse_norm)
    }

    /// $`x = R^{-1} Q^\top b`$, refined.
    ///
    /// Solution and residual together solve a square system,
    ///
    /// ```math
    /// \begin{pmatrix} I & A \\ A^\top & 0 \end{pmatrix} \begin{pmatrix} r \\ x \end{pmatrix} =
    /// \begin{pmatrix} b \\ 0 \end{pmatrix}
    /// ```
    ///
    /// and its own residuals, computed in twice the precision, correct both. The first correction, of zero, is the plain
    /// solution. Refining $`x`$ alone would only help where $`r`$ is small.
    ///
    /// # References
    ///
    /// Å. Björck, *Iterative refinement of linear least squares solutions I*, BIT 7 (1967), 257–278.
    pub(crate) fn solution(&self, a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
        /// Each gains the digits that the condition leaves of sixteen; what two do not mend is not mended by more.
        const REFINEMENTS: usize = 2;
        let (mut r, mut x) = (DMatrix::zeros(a.nrows(), 1), DMatrix::zeros(a.ncols(), 1));
        let mut last = f64::INFINITY;
        for _ in 0..=REFINEMENTS {
            let (dr, dx) = self.correction(a, b, &r, &x);
            let change = largest_entry(&dx);
            // A correction that does not shrink is made of rounding errors.
            if change.is_nan() || change > 0.5 * last {
                break;
            }
            (r, x) = (r + dr, x + dx);
            if change <= f64::EPSILON * largest_entry(&x) {
                break;
            }
            last = change;
        }
        x
    }

    /// The solution of the square system with the residuals $`f = b - r - A x`$ and $`g = -A^\top r`$ on its right:
    /// $`R^\top z = g`$, $`h = Q^\top f`$, $`R\,dx = h - z`$, $`dr = f + Q (z - h)`$.
    fn correction(
        &self,
        a: &DMatrix<f64>,
        b: &DMatrix<f64>,
        r: &DMatrix<f64>,
        x: &DMatrix<f64>,
    ) -> (DMatrix<f64>, DMatrix<f64>) {
        let mut f = b.clone();
        let ax = zip(x.iter().copied(), columns(a));
        subtract_twice(f.as_mut_slice(), ax.chain(once((1.0, r.as_slice()))));
        let mut z = DMatrix::from_fn(x.nrows(), 1, |j, _| {
            -dot_twice(a.column(j).as_slice(), r.as_slice())
        });
        self.triangle.solve_transposed(alone(z.as_mut_slice()));
        let h = times(view(&self.q).transposed(), view(&f));
        let dx = self.triangle.solve(&(&h - &z));
        let dr = f + times(view(&self.q), view(&(z - h)));
        (dr, dx)
    }
}

#[cfg(test)]
mod tests {
    use super::Factors;
    use nalgebra::DMatrix;

    /// Läuchli's matrix: columns (1, μ, 0) and (1, 0, μ), condition √2/μ; b = a₁ + a₂ + 1000 w with w across both.
    #[test]
    fn a_large_residual_costs_no_digits() {
        let mu = 2.0_f64.powi(-20);
        let a = DMatrix::from_row_slice(3, 2, &[1.0, 1.0, mu, 0.0, 0.0, mu]);
        let w = [-mu * 1024.0, 1024.0, 1024.0];
        let b = DMatrix::from_row_slice(3, 1, &[2.0 + w[0], mu + w[1], mu + w[2]]);
        let factors = Factors::new(&a);
        assert!(factors.rcond() < 1e-5 && factors.rcond() > 1e-8);
        let x = factors.solution(&a, &b);
        assert!((x.add_scalar(-1.0)).amax() <= f64::EPSILON, "{x}");
    }
}
