//! The rank of a matrix.

use crate::checked::scaled::Scaled;
use crate::checked::tolerance::{check_tolerance, count_above, noise};
use crate::error::LinalgError;
use crate::scalar::Scalar;
use crate::spectra::svd::Triples;
use nalgebra::DMatrix;

/// The number of independent columns of a matrix, up to a tolerance.
///
/// ```math
/// \operatorname{rank}_t A = \# \{ i : \sigma_i > t \, \sigma_1 \}
/// ```
///
/// The dimension of what the columns span, and of what the rows span. The smallest rank of all matrices
/// within $`t \lVert A \rVert_2`$ of $`A`$: what counts as zero is a question about the data, so the tolerance is
/// yours. [`rank_tolerance`] is right for entries that are rounded and otherwise exact.
///
/// # Shapes
///
/// `a: m × n`; the result is at most min(m, n).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | rank + dim null = n | `rank_and_nullity_sum_to_the_number_of_columns` |
/// | $`\operatorname{rank} A = \operatorname{rank} A^\top = \operatorname{rank} A^\top A`$ | `rows_and_columns_have_the_same_rank` |
/// | $`\operatorname{rank} A B \le \min(\operatorname{rank} A, \operatorname{rank} B)`$ | `a_product_has_at_most_the_rank_of_its_factors` |
/// | a larger tolerance gives no larger rank | `rank_falls_with_the_tolerance` |
///
/// # Numerics
///
/// By checked singular values in `f64`.
///
/// # Errors
///
/// [`LinalgError::Domain`] unless the tolerance is 0 or larger; otherwise as [`svd`](crate::svd), except for
/// `Overflow`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, rank, rank_tolerance};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 1e-6]);
/// assert_eq!(rank(&a, rank_tolerance(&a))?, 2);
/// assert_eq!(rank(&a, 1e-3)?, 1); // measured to three digits: the second column says nothing
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §5.4.1.
pub fn rank<T: Scalar>(a: &DMatrix<T>, tolerance: f64) -> Result<usize, LinalgError> {
    check_tolerance(tolerance)?;
    let sigma = Triples::new(&Scaled::new(a)?.matrix)?.sigma;
    Ok(count_above(&sigma, tolerance))
}

/// The tolerance for the rank of a matrix whose entries are rounded and otherwise exact.
///
/// ```math
/// t = \max(m, n) \, \varepsilon
/// ```
///
/// With $`\varepsilon`$ of `T`. Rounding the entries moves every singular value by no more than
/// $`\tfrac12 \sqrt{m n}\,\varepsilon\,\sigma_1`$ (Weyl). [`Svd::rank`](crate::Svd::rank),
/// [`null_space`](crate::null_space), [`range`](crate::range()),
/// [`pseudo_inverse`](crate::pseudo_inverse) and [`least_squares`](crate::least_squares()) use it.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, rank_tolerance};
///
/// assert_eq!(rank_tolerance(&DMatrix::<f32>::zeros(4, 2)), 4.0 * 2.0_f64.powi(-23));
/// ```
///
/// # References
///
/// Golub and Van Loan (2013), §5.4.1; the default of MATLAB and NumPy.
#[must_use]
pub fn rank_tolerance<T: Scalar>(a: &DMatrix<T>) -> f64 {
    noise::<T>(a.nrows(), a.ncols())
}

#[cfg(test)]
mod tests {
    use super::{rank, rank_tolerance};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn empty_and_zero_matrices_have_rank_zero() {
        for (m, n) in [(0, 0), (0, 3), (3, 0), (2, 4)] {
            assert_eq!(rank(&DMatrix::<f64>::zeros(m, n), 0.0), Ok(0));
        }
    }

    #[test]
    fn a_tolerance_is_not_negative() {
        let a = DMatrix::<f64>::identity(2, 2);
        for tolerance in [-1e-3, f64::NAN] {
            let answer = rank(&a, tolerance);
            assert!(matches!(
                answer,
                Err(LinalgError::Domain {
                    name: "tolerance",
                    ..
                })
            ));
        }
        assert_eq!(rank(&a, 0.5), Ok(2));
        assert_eq!(rank(&a, 1.0), Ok(0));
        assert_eq!(rank(&a, f64::INFINITY), Ok(0));
    }

    #[test]
    fn the_size_of_the_matrix_does_not_matter() {
        let a = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        for size in [2.0_f64.powi(-1020), 1.0, 2.0_f64.powi(1000)] {
            let a = &a * size;
            assert_eq!(rank(&a, rank_tolerance(&a)), Ok(2));
        }
    }
}
