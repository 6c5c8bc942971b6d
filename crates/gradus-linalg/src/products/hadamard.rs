//! The product of two matrices entry by entry.

use crate::error::LinalgError;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use nalgebra::DMatrix;

/// The product of two matrices entry by entry (Hadamard).
///
/// ```math
/// C = A \odot B, \qquad c_{ij} = a_{ij} \, b_{ij}
/// ```
///
/// What a mask does to a layer, and an activation's slope to a gradient.
///
/// # Shapes
///
/// `a: m × n`, `b: m × n`; so is the result.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A \odot B = B \odot A`$, to the bit | `the_hadamard_product_commutes` |
/// | $`\mathbf 1 \mathbf 1^\top \odot A = A`$ | `identity_and_zero_multiply_exactly` |
/// | $`x^\top (A \odot B) y = \operatorname{tr}(\operatorname{diag}(x) A \operatorname{diag}(y) B^\top)`$ | `a_hadamard_form_is_a_trace` |
///
/// # Numerics
///
/// One rounding an entry. NaN and infinities flow through it, as through every product.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`] if the shapes differ: nothing is repeated to make them fit.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{hadamard, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
/// let mask = DMatrix::from_row_slice(2, 2, &[0.0, 1.0, 1.0, 0.0]);
/// assert_eq!(hadamard(&a, &mask)?, DMatrix::from_row_slice(2, 2, &[0.0, 2.0, 3.0, 0.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// R. A. Horn and C. R. Johnson, *Topics in Matrix Analysis* (1991), definition 5.0.1 and lemma 5.1.5.
#[doc(alias = "elementwise product")]
#[doc(alias = "Schur product")]
pub fn hadamard<T: Scalar>(a: &DMatrix<T>, b: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    let (left, right) = (shape(a), shape(b));
    if left != right {
        let operation = "hadamard";
        return Err(LinalgError::ShapeMismatch {
            operation,
            left,
            right,
        });
    }
    Ok(a.zip_map(b, |a, b| a * b))
}

#[cfg(test)]
mod tests {
    use super::hadamard;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn shapes_must_be_equal() {
        let (a, b) = (DMatrix::<f64>::zeros(2, 3), DMatrix::zeros(2, 1));
        assert!(matches!(
            hadamard(&a, &b),
            Err(LinalgError::ShapeMismatch { .. })
        ));
    }

    #[test]
    fn empty_matrices_have_empty_products() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            let a = DMatrix::<f32>::zeros(m, n);
            assert_eq!(hadamard(&a, &a)?.shape(), (m, n));
        }
        Ok(())
    }
}
