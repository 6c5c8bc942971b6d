//! Matrices as faer sees them, without a copy.

use crate::scalar::Scalar;
use faer::{MatMut, MatRef};
use gradus_numeric::{MatrixMut, MatrixRef, Order};
use nalgebra::DMatrix;

/// The same matrix for faer.
pub(crate) fn faer(a: &DMatrix<f64>) -> MatRef<'_, f64> {
    MatRef::from_column_major_slice(a.as_slice(), a.nrows(), a.ncols())
}

/// The same matrix for faer to write.
pub(crate) fn faer_mut(a: &mut DMatrix<f64>) -> MatMut<'_, f64> {
    let (m, n) = a.shape();
    MatMut::from_column_major_slice_mut(a.as_mut_slice(), m, n)
}

/// The same matrix for faer, in either order.
pub(crate) fn readable<T: Scalar>(m: MatrixRef<'_, T>) -> MatRef<'_, T> {
    match m.order() {
        Order::Rows => MatRef::from_row_major_slice(m.as_slice(), m.rows(), m.columns()),
        Order::Columns => MatRef::from_column_major_slice(m.as_slice(), m.rows(), m.columns()),
    }
}

/// The same matrix for faer to write, in either order.
pub(crate) fn writable<T: Scalar>(m: MatrixMut<'_, T>) -> MatMut<'_, T> {
    let (rows, columns) = (m.rows(), m.columns());
    match m.order() {
        Order::Rows => MatMut::from_row_major_slice_mut(m.into_slice(), rows, columns),
        Order::Columns => MatMut::from_column_major_slice_mut(m.into_slice(), rows, columns),
    }
}
