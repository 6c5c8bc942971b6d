//! What an answer must satisfy before it is given.

use crate::checked::probe::{difference, frobenius_of_map, image};
use crate::error::LinalgError;
use crate::kernels::as_faer::{faer_mut, readable};
use crate::kernels::vector::{dot, for_length, largest_of};
use crate::kernels::view::view;
use crate::scalar::Engine;
use faer::Accum;
use gradus_numeric::{MatrixRef, norm2};
use nalgebra::DMatrix;
use std::borrow::Cow;

/// $`A B`$ on one thread.
pub(crate) fn times(a: MatrixRef<'_, f64>, b: MatrixRef<'_, f64>) -> DMatrix<f64> {
    let mut c = DMatrix::zeros(a.rows(), b.columns());
    f64::multiply(faer_mut(&mut c), Accum::Replace, readable(a), readable(b));
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

/// $`\lVert A - F_1 F_2 \cdots \rVert_F \le t \lVert A \rVert_F`$, as far as the images of a few vectors tell.
pub(crate) fn check_product(
    operation: &'static str,
    a: &DMatrix<f64>,
    factors: &[MatrixRef<'_, f64>],
) -> Result<(), LinalgError> {
    let (m, n) = a.shape();
    seen_at_most(operation, seen_residual(a, factors), rounding(m, n))
}

/// $`\lVert A - F_1 F_2 \cdots \rVert_F / \lVert A \rVert_F`$, as far as the images of a few vectors tell.
pub(crate) fn seen_residual(a: &DMatrix<f64>, factors: &[MatrixRef<'_, f64>]) -> f64 {
    if a.is_empty() {
        return 0.0;
    }
    let residual = frobenius_of_map(a.ncols(), |v| {
        let factors = factors.iter().rev();
        let recomposed = factors.fold(Cow::from(v), |y, f| Cow::from(image(*f, &y)));
        difference(image(view(a), v), &recomposed)
    });
    ratio(residual, frobenius(a))
}

/// $`\lVert Q^\top Q - I \rVert_F \le t`$, as far as the images of a few vectors tell: the columns are orthonormal.
pub(crate) fn check_orthonormal(
    operation: &'static str,
    q: MatrixRef<'_, f64>,
) -> Result<(), LinalgError> {
    let (m, n) = (q.rows(), q.columns());
    if n == 0 {
        return Ok(());
    }
    let loss = frobenius_of_map(n, |v| difference(image(q.transposed(), &image(q, v)), v));
    seen_at_most(operation, loss, rounding(m, n))
}

/// $`\lVert Q^\top Q - I \rVert_{\max}`$.
pub(crate) fn loss_of_orthogonality(q: &DMatrix<f64>) -> f64 {
    let n = q.ncols();
    largest_entry(&(times(view(q).transposed(), view(q)) - DMatrix::identity(n, n)))
}

/// Whether an estimate by [`frobenius_of_map`] is at most `bound`, or twice that: it may see more than there is.
pub(crate) fn seen_at_most(
    operation: &'static str,
    seen: f64,
    bound: f64,
) -> Result<(), LinalgError> {
    at_most(operation, seen, 2.0 * bound)
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

/// A residual by the size of what it is a residual of; nothing is nothing also of nothing.
pub(crate) fn ratio(residual: f64, size: f64) -> f64 {
    if residual == 0.0 {
        0.0
    } else {
        residual / size
    }
}

/// $`\lVert A \rVert_F`$.
pub(crate) fn frobenius(a: &DMatrix<f64>) -> f64 {
    const SAFE: f64 = 1e-200;
    let x = a.as_slice();
    let squares = for_length(
        x.len(),
        #[inline(always)]
        || dot(x, x),
    );
    if squares > SAFE && squares < 1.0 / SAFE {
        squares.sqrt()
    } else {
        norm2(x)
    }
}

/// $`\lVert A \rVert_{\max}`$; NaN if an entry is NaN or infinite.
pub(crate) fn largest_entry(a: &DMatrix<f64>) -> f64 {
    largest_of(a.as_slice())
}

#[cfg(test)]
mod tests {
    use super::{check_orthonormal, check_product, loss_of_orthogonality};
    use crate::error::LinalgError;
    use crate::kernels::view::view;
    use nalgebra::DMatrix;

    #[test]
    fn the_checks_can_fail() {
        let identity = DMatrix::<f64>::identity(2, 2);
        assert!(check_orthonormal("Q", view(&identity)).is_ok());
        let bent = DMatrix::from_row_slice(2, 2, &[1.0, 1e-13, 0.0, 1.0]);
        assert_eq!(loss_of_orthogonality(&bent), 1e-13);
        assert!(
            matches!(check_orthonormal("Q", view(&bent)), Err(LinalgError::Inaccurate { found, .. }) if found > 4e-14)
        );
        let recomposes =
            |a: &DMatrix<f64>, b: &DMatrix<f64>| check_product("A", a, &[view(&identity), view(b)]);
        assert!(recomposes(&bent, &bent).is_ok());
        assert!(recomposes(&identity, &bent).is_err() && recomposes(&bent, &identity).is_err());
        let unknown = DMatrix::from_row_slice(2, 2, &[f64::NAN, 0.0, 0.0, 1.0]);
        assert!(recomposes(&identity, &unknown).is_err());
        let zero = DMatrix::zeros(2, 2);
        assert!(recomposes(&zero, &zero).is_ok() && recomposes(&zero, &bent).is_err());
    }
}
