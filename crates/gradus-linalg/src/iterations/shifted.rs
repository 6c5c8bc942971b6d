//! A matrix minus a multiple of the identity, factored.

use crate::error::LinalgError;
use crate::systems::lu_factors::LuFactors;
use nalgebra::{DMatrix, DVector};

/// The solution of $`(A - \mu I) y = x`$, of which only the direction is wanted.
///
/// Where $`\mu`$ is an eigenvalue to the last bit, the shift is moved by one rounding error of $`A`$,
/// $`u \lVert A \rVert`$ with `size` for the norm, or a few if that is an eigenvalue too: the solution then is the
/// eigenvector, blown up. Nearly singular is no harm either, since the error of the solution lies along the eigenvector.
///
/// # References
///
/// G. Peters and J. H. Wilkinson, *Inverse iteration, ill-conditioned equations and Newton's method*, SIAM Review
/// 21 (1979), 339–360; Golub and Van Loan, *Matrix Computations*, 4th ed. (2013), §7.6.1.
pub(crate) struct Shifted {
    lu: LuFactors,
}

impl Shifted {
    pub(crate) fn new(a: &DMatrix<f64>, mu: f64, size: f64) -> Self {
        let nudge = f64::EPSILON * if size > 0.0 { size } else { 1.0 };
        let mut lu = factored(a, mu);
        for roundings in [1.0, 2.0, 3.0, 4.0] {
            if !lu.is_singular() {
                break;
            }
            lu = factored(a, mu + roundings * nudge);
        }
        Self { lu }
    }

    /// The solution, unless it overflows.
    pub(crate) fn solve(&self, x: &DVector<f64>) -> Result<DVector<f64>, LinalgError> {
        let mut y = DVector::zeros(x.len());
        self.lu.solve_column(x.as_slice(), y.as_mut_slice());
        if y.iter().all(|y| y.is_finite()) {
            Ok(y)
        } else {
            Err(LinalgError::Singular { rcond: 0.0 })
        }
    }
}

fn factored(a: &DMatrix<f64>, mu: f64) -> LuFactors {
    let diagonal = |i, j| if i == j { mu } else { 0.0 };
    LuFactors::new(&DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
        a[(i, j)] - diagonal(i, j)
    }))
}
