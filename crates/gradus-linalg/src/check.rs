//! What an answer must satisfy before it is given.

use crate::error::LinalgError;
use crate::vector::{dot, greatest};
use faer::linalg::matmul::triangular::{self, BlockStructure};
use faer::{Accum, Mat, MatRef, Par, linalg::matmul::matmul};
use gradus_numeric::{norm_infinity, norm2};

/// $`A B`$ on one thread.
pub(crate) fn times(a: MatRef<'_, f64>, b: MatRef<'_, f64>) -> Mat<f64> {
    let mut c = Mat::zeros(a.nrows(), b.ncols());
    matmul(c.as_mut(), Accum::Replace, a, b, 1.0, Par::Seq);
    c
}

/// What rounding may leave of zero in a backward-stable answer of this size: $`10\,m\,n\,u`$.
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), theorems 10.3 and 19.4,
/// with their constants rounded up to 10.
pub(crate) fn rounding(m: usize, n: usize) -> f64 {
    5.0 * f64::EPSILON * (m.max(1) as f64) * (n.max(1) as f64)
}

/// $`\lVert A - \hat A \rVert_F \le t \lVert A \rVert_F`$.
pub(crate) fn check_residual(
    operation: &'static str,
    a: MatRef<'_, f64>,
    recomposed: MatRef<'_, f64>,
) -> Result<(), LinalgError> {
    let bound = rounding(a.nrows(), a.ncols());
    let size = frobenius(a);
    let found = frobenius((a - recomposed).as_ref());
    let found = if found == 0.0 { 0.0 } else { found / size };
    at_most(operation, found, bound)
}

/// $`\lVert Q^\top Q - I \rVert_{\max} \le t`$: the columns are orthonormal.
pub(crate) fn check_orthonormal(
    operation: &'static str,
    q: MatRef<'_, f64>,
) -> Result<(), LinalgError> {
    at_most(
        operation,
        loss_of_orthogonality(q),
        rounding(q.nrows(), q.ncols()),
    )
}

/// $`\lVert Q^\top Q - I \rVert_{\max}`$.
pub(crate) fn loss_of_orthogonality(q: MatRef<'_, f64>) -> f64 {
    let mut loss = Mat::<f64>::identity(q.ncols(), q.ncols());
    let (minus_one, all) = (-1.0, BlockStructure::Rectangular);
    // The lower half tells all.
    triangular::matmul(
        loss.as_mut(),
        BlockStructure::TriangularLower,
        Accum::Add,
        q.transpose(),
        all,
        q,
        all,
        minus_one,
        Par::Seq,
    );
    greatest_entry(loss.as_ref())
}

/// Whether `found` ≤ `bound`; NaN is not.
pub(crate) fn at_most(operation: &'static str, found: f64, bound: f64) -> Result<(), LinalgError> {
    if found <= bound {
        Ok(())
    } else {
        Err(LinalgError::Inaccurate {
            operation,
            found,
            bound,
        })
    }
}

/// $`\lVert A \rVert_F`$.
pub(crate) fn frobenius(a: MatRef<'_, f64>) -> f64 {
    const SAFE: f64 = 1e-200;
    let squares: f64 = of_columns(a, |x| dot(x, x)).sum();
    if squares > SAFE && squares < 1.0 / SAFE {
        squares.sqrt()
    } else {
        norm2(&of_columns(a, norm2).collect::<Vec<_>>())
    }
}

/// $`\lVert A \rVert_{\max}`$; NaN if an entry is NaN or infinite.
pub(crate) fn greatest_entry(a: MatRef<'_, f64>) -> f64 {
    let greatest = of_columns(a, greatest).collect::<Vec<_>>();
    norm_infinity(&greatest)
}

fn of_columns(a: MatRef<'_, f64>, measure: impl Fn(&[f64]) -> f64) -> impl Iterator<Item = f64> {
    (0..a.ncols()).map(move |j| match a.col(j).try_as_col_major() {
        Some(column) => measure(column.as_slice()),
        None => measure(&a.col(j).iter().copied().collect::<Vec<_>>()),
    })
}

#[cfg(test)]
mod tests {
    use super::{check_orthonormal, check_residual};
    use crate::error::LinalgError;
    use faer::{Mat, mat};

    #[test]
    fn the_checks_can_fail() {
        let identity = Mat::<f64>::identity(2, 2);
        assert!(check_orthonormal("Q", identity.as_ref()).is_ok());
        assert!(check_residual("A", identity.as_ref(), identity.as_ref()).is_ok());
        let bent = mat![[1.0, 1e-13], [0.0, 1.0]];
        assert!(
            matches!(check_orthonormal("Q", bent.as_ref()), Err(LinalgError::Inaccurate { found, .. }) if found == 1e-13)
        );
        assert!(check_residual("A", identity.as_ref(), bent.as_ref()).is_err());
        let unknown = mat![[f64::NAN, 0.0], [0.0, 1.0]];
        assert!(check_residual("A", identity.as_ref(), unknown.as_ref()).is_err());
    }
}
