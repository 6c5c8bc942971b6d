//! Norms of matrices.

use crate::error::LinalgError;
use crate::kernels::view::view;
use crate::scalar::Scalar;
use crate::spectra::svd::singular_values;
use gradus_numeric::{Float, MatrixRef};
use gradus_numeric::{norm_infinity, norm1, norm2};
use nalgebra::DMatrix;

/// The largest absolute column sum of a matrix.
///
/// ```math
/// \lVert A \rVert_1 = \max_{x \ne 0} \frac{\lVert A x \rVert_1}{\lVert x \rVert_1} = \max_j \sum_i |a_{ij}|
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert A B \rVert \le \lVert A \rVert \lVert B \rVert`$ | `matrix_norms_are_submultiplicative` |
/// | $`\lVert 2^k A \rVert = 2^k \lVert A \rVert`$, to the bit | `matrix_norms_scale_by_powers_of_two_to_the_bit` |
///
/// # Numerics
///
/// 0 for an empty matrix, NaN if an entry is NaN, infinite only if a sum is too large for `T`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{matrix_norm1, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, -2.0, 3.0, 4.0]);
/// assert_eq!(matrix_norm1(&a), 6.0);
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), eq. (2.3.9).
#[doc(alias = "column sum norm")]
#[must_use]
pub fn matrix_norm1<T: Float>(a: &DMatrix<T>) -> T {
    largest_column_norm(view(a))
}

/// The largest absolute row sum of a matrix.
///
/// ```math
/// \lVert A \rVert_\infty = \max_{x \ne 0} \frac{\lVert A x \rVert_\infty}{\lVert x \rVert_\infty}
/// = \max_i \sum_j |a_{ij}|
/// ```
///
/// # Laws
///
/// As [`matrix_norm1`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{matrix_norm_infinity, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, -2.0, 3.0, 4.0]);
/// assert_eq!(matrix_norm_infinity(&a), 7.0);
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), eq. (2.3.10).
#[doc(alias = "row sum norm")]
#[must_use]
pub fn matrix_norm_infinity<T: Float>(a: &DMatrix<T>) -> T {
    largest_column_norm(view(a).transposed())
}

/// The largest factor by which a matrix lengthens a vector: its largest singular value.
///
/// ```math
/// \lVert A \rVert_2 = \max_{x \ne 0} \frac{\lVert A x \rVert_2}{\lVert x \rVert_2} = \sigma_1
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert A \rVert_2^2 \le \lVert A \rVert_1 \lVert A \rVert_\infty`$ | `the_spectral_norm_is_bounded_by_the_column_and_row_sums` |
/// | $`\lVert A B \rVert \le \lVert A \rVert \lVert B \rVert`$ | `matrix_norms_are_submultiplicative` |
///
/// # Errors
///
/// As [`svd`](crate::svd).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{matrix_norm2, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[0.0, 3.0, -2.0, 0.0]);
/// assert!((matrix_norm2(&a)? - 3.0_f64).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §2.3.3.
#[doc(alias = "spectral norm")]
#[doc(alias = "operator norm")]
pub fn matrix_norm2<T: Scalar>(a: &DMatrix<T>) -> Result<T, LinalgError> {
    let sigma = singular_values(a)?;
    Ok(sigma.iter().next().copied().unwrap_or_default())
}

/// The Euclidean length of a matrix as one long vector (Frobenius).
///
/// ```math
/// \lVert A \rVert_F = \sqrt{\sum_{ij} a_{ij}^2} = \sqrt{\operatorname{tr} A^\top A} = \sqrt{\sum_i \sigma_i^2}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert A \rVert_F^2 = \operatorname{tr} A^\top A = \sum_i \sigma_i^2`$ | `squared_singular_values_sum_to_the_squared_frobenius_norm` |
/// | $`\lVert A + B \rVert_F^2 + \lVert A - B \rVert_F^2 = 2 \lVert A \rVert_F^2 + 2 \lVert B \rVert_F^2`$ | `frobenius_norms_obey_the_parallelogram_law` |
/// | $`\lVert 2^k A \rVert = 2^k \lVert A \rVert`$, to the bit | `matrix_norms_scale_by_powers_of_two_to_the_bit` |
///
/// # Numerics
///
/// As [`norm2`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{frobenius_norm, nalgebra::DMatrix};
///
/// assert_eq!(frobenius_norm(&DMatrix::from_row_slice(2, 2, &[1.0, 1.0, 1.0, 1.0])), 2.0);
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), eq. (2.3.1).
#[must_use]
pub fn frobenius_norm<T: Float>(a: &DMatrix<T>) -> T {
    norm2(a.as_slice())
}

/// The largest absolute value in a matrix.
///
/// ```math
/// \lVert A \rVert_{\max} = \max_{ij} |a_{ij}|
/// ```
///
/// A norm, but not a submultiplicative one: the square of the 2×2 matrix of ones has norm 2.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert A \rVert_{\max} \le \lVert A \rVert_2 \le \sqrt{m n} \lVert A \rVert_{\max}`$ | `the_spectral_norm_is_bounded_by_the_column_and_row_sums` |
///
/// # Examples
///
/// ```
/// use gradus_linalg::{max_norm, nalgebra::DMatrix};
///
/// assert_eq!(max_norm(&DMatrix::from_row_slice(2, 2, &[1.0, -5.0, 2.0, 4.0])), 5.0);
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §2.3.2.
#[must_use]
pub fn max_norm<T: Float>(a: &DMatrix<T>) -> T {
    norm_infinity(a.as_slice())
}

fn largest_column_norm<T: Float>(a: MatrixRef<'_, T>) -> T {
    if a.as_slice().is_empty() {
        return T::default(); // however many empty columns there are
    }
    let column_norm = |j| norm1(&a.column(j).collect::<Vec<_>>());
    norm_infinity(&(0..a.columns()).map(column_norm).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::{frobenius_norm, matrix_norm_infinity, matrix_norm1, matrix_norm2, max_norm};
    use nalgebra::DMatrix;

    #[test]
    fn empty_matrices_have_norm_zero() -> Result<(), crate::LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            let a = DMatrix::<f64>::zeros(m, n);
            let norms = [
                matrix_norm1(&a),
                matrix_norm_infinity(&a),
                frobenius_norm(&a),
                max_norm(&a),
                matrix_norm2(&a)?,
            ];
            assert_eq!(norms, [0.0; 5]);
        }
        Ok(())
    }

    #[test]
    fn extreme_entries_have_finite_norms() -> Result<(), crate::LinalgError> {
        for size in [1e-300_f64, 1e300] {
            let a = DMatrix::from_element(2, 2, size);
            assert_eq!(matrix_norm1(&a), 2.0 * size);
            assert_eq!(matrix_norm_infinity(&a), 2.0 * size);
            assert_eq!(frobenius_norm(&a), 2.0 * size);
            assert_eq!(max_norm(&a), size);
            assert!((matrix_norm2(&a)? / size - 2.0).abs() < 4.0 * f64::EPSILON);
        }
        Ok(())
    }

    #[test]
    fn not_a_number_is_seen() {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, f64::NAN, 2.0, 3.0]);
        assert!(matrix_norm1(&a).is_nan());
        assert!(matrix_norm_infinity(&a).is_nan());
        assert!(frobenius_norm(&a).is_nan());
        assert!(matrix_norm2(&a).is_err());
    }
}
