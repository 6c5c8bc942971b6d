//! The nuclear norm of a matrix.

use crate::checked::scaled::Scaled;
use crate::error::LinalgError;
use crate::scalar::Scalar;
use crate::spectra::svd::Triples;
use gradus_numeric::norm1;
use nalgebra::DMatrix;

/// The sum of the singular values of a matrix.
///
/// ```math
/// \lVert A \rVert_* = \sum_i \sigma_i = \operatorname{tr} \sqrt{A^\top A}
/// ```
///
/// As the sum of absolute values is to the number of entries that are not zero, so is this norm to the
/// rank: the largest convex function below it on the unit ball of $`\lVert \cdot \rVert_2`$. Small nuclear
/// norm is therefore asked of a matrix that should have low rank.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert A + B \rVert_* \le \lVert A \rVert_* + \lVert B \rVert_*`$ | `the_nuclear_norm_satisfies_the_triangle_inequality` |
/// | $`\lVert A \rVert_F \le \lVert A \rVert_* \le \sqrt{r} \lVert A \rVert_F`$, with r the rank | `the_nuclear_norm_lies_between_multiples_of_the_frobenius_norm` |
/// | $`\lvert \operatorname{tr} A^\top B \rvert \le \lVert A \rVert_* \lVert B \rVert_2`$ | `the_nuclear_norm_is_dual_to_the_spectral_norm` |
/// | $`\lVert A \rVert_* = \operatorname{tr} A`$ for positive semidefinite $`A`$ | `the_nuclear_norm_of_a_gram_matrix_is_its_trace` |
///
/// # Numerics
///
/// The sum of the checked singular values in `f64`, rounded once.
///
/// # Errors
///
/// [`LinalgError::Overflow`] if the sum is too large for `T`; otherwise as [`svd`](crate::svd).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, nuclear_norm};
///
/// let a = DMatrix::from_row_slice(2, 2, &[0.0, 3.0, -2.0, 0.0]);
/// assert!((nuclear_norm(&a)? - 5.0_f64).abs() < 1e-14); // 3 + 2
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// B. Recht, M. Fazel and P. A. Parrilo, *Guaranteed minimum-rank solutions of linear matrix equations via
/// nuclear norm minimization*, SIAM Review 52 (2010), 471–501, theorem 2.2,
/// <https://doi.org/10.1137/070697835>.
#[doc(alias = "trace norm")]
#[doc(alias = "Schatten norm")]
pub fn nuclear_norm<T: Scalar>(a: &DMatrix<T>) -> Result<T, LinalgError> {
    let a = Scaled::new(a)?;
    let sigma = Triples::new(&a.matrix)?.sigma;
    let norm = T::from_f64(a.restored(norm1(&sigma)));
    if norm.is_finite() {
        Ok(norm)
    } else {
        let operation = "nuclear_norm";
        Err(LinalgError::Overflow { operation })
    }
}

#[cfg(test)]
mod tests {
    use super::nuclear_norm;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn empty_matrices_have_norm_zero() {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            assert_eq!(nuclear_norm(&DMatrix::<f64>::zeros(m, n)), Ok(0.0));
        }
    }

    #[test]
    fn the_identity_has_as_much_as_it_has_dimensions() -> Result<(), LinalgError> {
        assert_eq!(nuclear_norm(&DMatrix::<f32>::identity(5, 5))?, 5.0);
        let row = DMatrix::from_row_slice(1, 2, &[3e200, 4e200]);
        assert!((nuclear_norm(&row)? / 5e200 - 1.0_f64).abs() < 4.0 * f64::EPSILON);
        Ok(())
    }

    #[test]
    fn what_is_too_great_is_refused() {
        let a = DMatrix::<f64>::identity(2, 2) * f64::MAX;
        assert!(matches!(
            nuclear_norm(&a),
            Err(LinalgError::Overflow { .. })
        ));
    }
}
