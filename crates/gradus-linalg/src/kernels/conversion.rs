//! Matrices into other matrices: from columns, from a view, from one number type to the other.

use crate::error::LinalgError;
use crate::kernels::vector::largest_of;
use gradus_numeric::{Float, MatrixRef, Order, Shape};
use nalgebra::{DMatrix, Scalar};

/// The matrix with these columns: the way in for data that lie as a list of samples.
///
/// # Shapes
///
/// n columns of m entries each; the result is m × n, and 0 × 0 for no column.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`] if a column is not as long as the first.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{from_columns, nalgebra::DMatrix};
///
/// let samples = vec![vec![5.1, 3.5], vec![4.9, 3.0], vec![4.7, 3.2]];
/// let x = from_columns(&samples)?; // two features, three samples
/// assert_eq!(x, DMatrix::from_row_slice(2, 3, &[5.1, 4.9, 4.7, 3.5, 3.0, 3.2]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
pub fn from_columns<T: Scalar>(columns: &[Vec<T>]) -> Result<DMatrix<T>, LinalgError> {
    let m = columns.first().map_or(0, Vec::len);
    if let Some(other) = columns.iter().find(|column| column.len() != m) {
        return Err(LinalgError::ShapeMismatch {
            operation: "from_columns",
            left: Shape::new(m, 1),
            right: Shape::new(other.len(), 1),
        });
    }
    Ok(DMatrix::from_vec(m, columns.len(), columns.concat()))
}

/// A copy of the matrix that a view shows, in either storage order.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{MatrixRef, Order, Shape, nalgebra::DMatrix, to_matrix};
///
/// // Rows one after the other, as C and NumPy store them.
/// let a = MatrixRef::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], Shape::new(2, 3), Order::Rows)?;
/// assert_eq!(to_matrix(a), DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
/// # Ok::<(), gradus_linalg::NumericError>(())
/// ```
#[must_use]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a view is passed on as it is, as to the product"
)]
pub fn to_matrix<T: Scalar>(view: MatrixRef<'_, T>) -> DMatrix<T> {
    let (m, n) = (view.rows(), view.columns());
    match view.order() {
        Order::Columns => DMatrix::from_vec(m, n, view.as_slice().to_vec()),
        Order::Rows => DMatrix::from_row_slice(m, n, view.as_slice()),
    }
}

/// The matrix in another number type, every entry rounded: `f64` to `f32` and back.
///
/// NaN and infinities stay what they are.
///
/// # Errors
///
/// [`LinalgError::Overflow`] if a finite entry is too large for the number type.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{converted, nalgebra::DMatrix};
///
/// let double = DMatrix::from_row_slice(1, 2, &[0.5, 0.1]);
/// let single: DMatrix<f32> = converted(&double)?;
/// assert_eq!(single, DMatrix::from_row_slice(1, 2, &[0.5, 0.1]));
/// let back: DMatrix<f64> = converted(&single)?;
/// assert_eq!(back[(0, 0)], 0.5);
/// assert!(back[(0, 1)] != 0.1); // what was rounded stays rounded
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
pub fn converted<S: Float, T: Float>(a: &DMatrix<S>) -> Result<DMatrix<T>, LinalgError> {
    let b = a.map(|x| T::from_f64(x.to_f64()));
    let overflowed = |(x, y): (&S, &T)| x.is_finite() && !y.is_finite();
    if largest_of(b.as_slice()).is_nan() && a.iter().zip(&b).any(overflowed) {
        let operation = "converted";
        return Err(LinalgError::Overflow { operation });
    }
    Ok(b)
}

#[cfg(test)]
mod tests {
    use super::{converted, from_columns, to_matrix};
    use crate::error::LinalgError;
    use crate::kernels::view::view;
    use nalgebra::DMatrix;

    #[test]
    fn columns_must_be_of_one_length() {
        assert_eq!(from_columns::<f64>(&[]).map(|a| a.shape()), Ok((0, 0)));
        assert_eq!(
            from_columns::<f64>(&[vec![]]).map(|a| a.shape()),
            Ok((0, 1))
        );
        let ragged = from_columns(&[vec![1.0, 2.0], vec![3.0]]);
        assert!(matches!(ragged, Err(LinalgError::ShapeMismatch { .. })));
    }

    #[test]
    fn a_view_gives_its_matrix_back() {
        let a = DMatrix::from_fn(2, 3, |i, j| i + 10 * j);
        assert_eq!(to_matrix(view(&a)), a);
        assert_eq!(to_matrix(view(&a).transposed()), a.transpose());
    }

    #[test]
    fn what_overflows_is_refused_and_what_is_infinite_stays() {
        let of = |x: f64| converted::<f64, f32>(&DMatrix::from_element(1, 1, x)).map(|a| a[(0, 0)]);
        assert_eq!(of(1e-50), Ok(0.0));
        assert_eq!(of(f64::NEG_INFINITY), Ok(f32::NEG_INFINITY));
        assert!(matches!(of(1e39), Err(LinalgError::Overflow { .. })));
        assert!(of(f64::NAN).is_ok_and(f32::is_nan));
    }
}
