//! nalgebra's matrices seen as slices with a shape.

use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use nalgebra::{DMatrix, Scalar};
use std::ops::Range;

/// The matrix as a slice with a shape, without a copy.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, view};
///
/// let a = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(view(&a).get(1, 0), Some(4.0));
/// assert_eq!(view(&a).as_slice(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
/// ```
#[must_use]
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a DMatrix holds rows · columns entries, column by column"
)]
pub fn view<T: Scalar>(a: &DMatrix<T>) -> MatrixRef<'_, T> {
    MatrixRef::new(a.as_slice(), shape(a), Order::Columns).expect("a DMatrix holds its entries")
}

/// The matrix as a slice with a shape, to be written.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, view_mut};
///
/// let mut a = DMatrix::from_element(2, 2, 0.0);
/// view_mut(&mut a).as_mut_slice()[2] = 7.0;
/// assert_eq!(a[(0, 1)], 7.0);
/// ```
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a DMatrix holds rows · columns entries, column by column"
)]
pub fn view_mut<T: Scalar>(a: &mut DMatrix<T>) -> MatrixMut<'_, T> {
    let shape = shape(a);
    MatrixMut::new(a.as_mut_slice(), shape, Order::Columns).expect("a DMatrix holds its entries")
}

/// Column `j`.
#[inline(always)]
pub(crate) fn column<T>(a: &DMatrix<T>, j: usize) -> &[T] {
    &a.as_slice()[j * a.nrows()..(j + 1) * a.nrows()]
}

/// Column `j`, to be written.
#[inline(always)]
pub(crate) fn column_mut<T>(a: &mut DMatrix<T>, j: usize) -> &mut [T] {
    let m = a.nrows();
    &mut a.as_mut_slice()[j * m..(j + 1) * m]
}

/// All columns, one by one.
#[inline(always)]
pub(crate) fn columns<T>(
    a: &DMatrix<T>,
) -> impl DoubleEndedIterator<Item = &[T]> + ExactSizeIterator {
    a.as_slice().chunks_exact(a.nrows().max(1))
}

/// Some columns, without a copy.
#[expect(clippy::expect_used, reason = "so many columns have so many entries")]
pub(crate) fn columns_of<T: Scalar>(a: &DMatrix<T>, range: Range<usize>) -> MatrixRef<'_, T> {
    let (m, k) = (a.nrows(), range.len());
    let entries = &a.as_slice()[range.start * m..range.end * m];
    MatrixRef::new(entries, Shape::new(m, k), Order::Columns).expect("columns hold their entries")
}

/// Rows and columns.
pub(crate) fn shape<T>(a: &DMatrix<T>) -> Shape {
    let (rows, columns) = a.shape();
    Shape::new(rows, columns)
}

/// The matrix on and above the diagonal, zeros below: as many rows as the diagonal has entries.
pub(crate) fn upper_triangle(mut a: DMatrix<f64>) -> DMatrix<f64> {
    let (m, n) = a.shape();
    if m > n {
        a = a.rows(0, n).into_owned();
    }
    for j in 0..n.min(a.nrows()) {
        column_mut(&mut a, j)[j + 1..].fill(0.0);
    }
    a
}
