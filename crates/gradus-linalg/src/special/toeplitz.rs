//! Matrices that are constant along their diagonals.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use gradus_numeric::Shape;
use nalgebra::{DMatrix, DVector};

/// The Toeplitz matrix of a first column and a first row: constant along every diagonal.
///
/// ```math
/// t_{ij} = \begin{cases} c_{i - j} & i \ge j \\ r_{j - i} & i \le j \end{cases}
/// ```
///
/// where $`c`$ is `first_column` and $`r`$ is `first_row`. Multiplying by it is a convolution: a filter that does the
/// same at every place, as a layer of a convolutional network does.
///
/// # Shapes
///
/// `first_column: m`, `first_row: n`; the result is m × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`t_{i+1, j+1} = t_{ij}`$ | `toeplitz_matrices_are_constant_along_diagonals` |
/// | a product is a convolution | `toeplitz_matrices_convolve` |
/// | tridiagonal −1, 2, −1 has $`\lambda_k = 2 - 2 \cos \frac{k \pi}{n + 1}`$ | `the_second_difference_has_the_spectrum_of_a_string` |
///
/// # Errors
///
/// [`LinalgError::Domain`] if the column and the row begin with different numbers, or with NaN;
/// [`LinalgError::TooLarge`] if the matrix has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, special::toeplitz};
///
/// let column = DVector::from_row_slice(&[1.0, 2.0]);
/// let row = DVector::from_row_slice(&[1.0, 3.0, 4.0]);
/// let expected = DMatrix::from_row_slice(2, 3, &[1.0, 3.0, 4.0, 2.0, 1.0, 3.0]);
/// assert_eq!(toeplitz(&column, &row)?, expected);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §4.7.
pub fn toeplitz(
    first_column: &DVector<f64>,
    first_row: &DVector<f64>,
) -> Result<DMatrix<f64>, LinalgError> {
    let (m, n) = (first_column.len(), first_row.len());
    check_size::<f64>("toeplitz", Shape::new(m, n))?;
    let (corner, value) = match (first_column.as_slice(), first_row.as_slice()) {
        ([corner, ..], [value, ..]) => (*corner, *value),
        _ => (0.0, 0.0), // there is no corner
    };
    if !(corner == value) {
        return Err(LinalgError::Domain {
            name: "first_row[0]",
            value,
            domain: "equal to first_column[0]",
        });
    }
    let entry = |i: usize, j: usize| {
        if i >= j {
            first_column[i - j]
        } else {
            first_row[j - i]
        }
    };
    Ok(DMatrix::from_fn(m, n, entry))
}

/// The circulant matrix of a first column: every column is the one before, turned down by one place.
///
/// ```math
/// a_{ij} = c_{(i - j) \bmod n}
/// ```
///
/// A Toeplitz matrix that closes to a ring. All circulant matrices commute, and have the eigenvectors of the discrete
/// Fourier transform.
///
/// # Shapes
///
/// `first_column: n`; the result is n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`t_{i+1, j+1} = t_{ij}`$ | `toeplitz_matrices_are_constant_along_diagonals` |
/// | $`A B = B A`$ | `circulant_matrices_commute` |
///
/// # Errors
///
/// [`LinalgError::TooLarge`] if it has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, special::circulant};
///
/// let a = circulant(&DVector::from_row_slice(&[1.0, 2.0, 3.0]))?;
/// let expected = [1.0, 3.0, 2.0, 2.0, 1.0, 3.0, 3.0, 2.0, 1.0];
/// assert_eq!(a, DMatrix::from_row_slice(3, 3, &expected));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §4.8.2.
pub fn circulant(first_column: &DVector<f64>) -> Result<DMatrix<f64>, LinalgError> {
    let n = first_column.len();
    check_size::<f64>("circulant", Shape::new(n, n))?;
    let entry = |i: usize, j: usize| first_column[(i + n - j) % n];
    Ok(DMatrix::from_fn(n, n, entry))
}

#[cfg(test)]
mod tests {
    use super::{circulant, toeplitz};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn the_corner_must_be_one_number() {
        let vector = |x: &[f64]| DVector::from_row_slice(x);
        let found = toeplitz(&vector(&[1.0]), &vector(&[2.0]));
        assert!(matches!(found, Err(LinalgError::Domain { value: 2.0, .. })));
        let nan = vector(&[f64::NAN]);
        assert!(matches!(
            toeplitz(&nan, &nan),
            Err(LinalgError::Domain { .. })
        ));
        let none = toeplitz(&vector(&[]), &vector(&[2.0, 3.0]));
        assert_eq!(none, Ok(DMatrix::zeros(0, 2)));
        assert_eq!(circulant(&vector(&[])), Ok(DMatrix::zeros(0, 0)));
    }
}
