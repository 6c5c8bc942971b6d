//! The matrix product of nalgebra's matrices.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::{shape, view, view_mut};
use crate::products::product::product;
use crate::scalar::Scalar;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// The product of two matrices: first `b`, then `a`.
///
/// ```math
/// C = A B, \qquad c_{ij} = \sum_{l} a_{il} \, b_{lj}
/// ```
///
/// # Shapes
///
/// `a: m × k`, `b: k × n`; the result is m × n, zero if k = 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A I = I A = A`$, $`A 0 = 0`$ | `identity_and_zero_multiply_exactly` |
/// | $`x^\top y = y^\top x`$, to the bit; $`\lvert x^\top y \rvert \le \lVert x \rVert \lVert y \rVert`$ (Cauchy and Schwarz) | `scalar_products_commute_to_the_bit` |
/// | $`(2^k A) B = A (2^k B) = 2^k (A B)`$, to the bit | `products_scale_by_powers_of_two_to_the_bit` |
/// | $`(A B) C = A (B C)`$ | `multiplying_is_associative` |
/// | $`A (B + C) = A B + A C`$ | `multiplying_is_distributive` |
/// | $`(A B)^\top = B^\top A^\top`$ | `a_transposed_product_is_the_product_of_transposes_reversed` |
///
/// # Numerics
///
/// As [`product`], which writes to memory that you have.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`] if `a` has not as many columns as `b` has rows;
/// [`LinalgError::TooLarge`] if the result has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{matmul, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
/// let b = DMatrix::from_row_slice(2, 2, &[5.0, 6.0, 7.0, 8.0]);
/// assert_eq!(matmul(&a, &b)?, DMatrix::from_row_slice(2, 2, &[19.0, 22.0, 43.0, 50.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §1.1.
#[doc(alias = "matrix multiplication")]
pub fn matmul<T: Scalar>(a: &DMatrix<T>, b: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    let (left, right) = (shape(a), shape(b));
    if left.columns != right.rows {
        let operation = "matmul";
        return Err(LinalgError::ShapeMismatch {
            operation,
            left,
            right,
        });
    }
    check_size::<T>("matmul", Shape::new(left.rows, right.columns))?;
    let mut c = DMatrix::from_element(left.rows, right.columns, T::default());
    product(view(a), view(b), view_mut(&mut c))?;
    Ok(c)
}

#[cfg(test)]
mod tests {
    use super::matmul;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn empty_sums_are_zero() -> Result<(), LinalgError> {
        let c = matmul(&DMatrix::<f64>::zeros(2, 0), &DMatrix::zeros(0, 3))?;
        assert_eq!(c, DMatrix::zeros(2, 3));
        assert_eq!(
            matmul(&DMatrix::<f64>::zeros(0, 4), &DMatrix::zeros(4, 3))?.shape(),
            (0, 3)
        );
        Ok(())
    }

    #[test]
    fn shapes_must_fit() {
        let a = DMatrix::<f64>::zeros(2, 3);
        assert!(matches!(
            matmul(&a, &a),
            Err(LinalgError::ShapeMismatch { .. })
        ));
    }

    #[test]
    fn a_result_too_great_for_memory_is_refused() {
        let (a, b) = (DMatrix::<f64>::zeros(usize::MAX, 0), DMatrix::zeros(0, 2));
        assert!(matches!(matmul(&a, &b), Err(LinalgError::TooLarge { .. })));
        let (a, b) = (
            DMatrix::<f64>::zeros(usize::MAX / 8, 0),
            DMatrix::zeros(0, 1),
        );
        assert!(matches!(matmul(&a, &b), Err(LinalgError::TooLarge { .. })));
    }
}
