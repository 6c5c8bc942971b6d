//! Whether matrices fit together.

use crate::error::AutodiffError;
use gradus_numeric::{MatrixRef, Shape};

/// The shape that both matrices have.
pub(crate) fn same(
    operation: &'static str,
    [left, right, _]: &[Shape; 3],
) -> Result<Shape, AutodiffError> {
    if left == right {
        Ok(*left)
    } else {
        Err(mismatch(operation, *left, *right))
    }
}

pub(crate) fn mismatch(operation: &'static str, left: Shape, right: Shape) -> AutodiffError {
    AutodiffError::ShapeMismatch {
        operation,
        left,
        right,
    }
}

/// How many products of entries the matrix product of such matrices takes.
pub(crate) const fn products(a: Shape, b: Shape) -> u64 {
    let [m, k, n] = [a.rows as u64, a.columns as u64, b.columns as u64];
    m.saturating_mul(k).saturating_mul(n)
}

/// The one entry of a 1×1 matrix.
pub(crate) fn only<T: Copy>(x: MatrixRef<'_, T>) -> Option<T> {
    x.as_slice().first().copied()
}
