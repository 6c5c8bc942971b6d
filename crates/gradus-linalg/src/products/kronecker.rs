//! The Kronecker product.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// The Kronecker product: a copy of `b` for every entry of `a`, multiplied by that entry.
///
/// ```math
/// A \otimes B = \begin{pmatrix} a_{11} B & \cdots & a_{1n} B \\ \vdots & & \vdots \\ a_{m1} B & \cdots & a_{mn} B \end{pmatrix}
/// ```
///
/// It turns an equation between matrices into one between vectors: with the columns of a matrix put below
/// each other, $`\operatorname{vec}(A X B) = (B^\top \otimes A) \operatorname{vec} X`$.
///
/// # Shapes
///
/// `a: m × n`, `b: p × q`; the result is m p × n q.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`(A \otimes B)(C \otimes D) = A C \otimes B D`$ | `kronecker_products_multiply_factor_by_factor` |
/// | $`\operatorname{vec}(A X B) = (B^\top \otimes A) \operatorname{vec} X`$ | `a_two_sided_product_is_a_kronecker_product` |
/// | $`(A \otimes B)^\top = A^\top \otimes B^\top`$ | `a_transposed_kronecker_product_is_that_of_the_transposes` |
/// | $`1 \otimes A = A \otimes 1 = A`$ | `identity_and_zero_multiply_exactly` |
/// | $`\lVert A \otimes B \rVert_F = \lVert A \rVert_F \lVert B \rVert_F`$ | `norms_of_kronecker_and_outer_products_multiply` |
///
/// # Numerics
///
/// One rounding an entry. NaN and infinities flow through it, as through every product.
///
/// # Errors
///
/// [`LinalgError::TooLarge`] if the result has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{kronecker, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(1, 2, &[1.0, 10.0]);
/// let b = DMatrix::from_row_slice(2, 1, &[2.0, 3.0]);
/// assert_eq!(kronecker(&a, &b)?, DMatrix::from_row_slice(2, 2, &[2.0, 20.0, 3.0, 30.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// J. R. Magnus and H. Neudecker, *Matrix Differential Calculus*, 3rd ed. (2019), ch. 2, §2 and §4.
#[doc(alias = "tensor product")]
pub fn kronecker<T: Scalar>(a: &DMatrix<T>, b: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    let operation = "kronecker";
    let product = blocks(operation, shape(a), shape(b))?;
    check_size::<T>(operation, product)?;
    let (p, q) = b.shape();
    // An entry exists only if p and q are positive.
    let entry = |i: usize, j: usize| a[(i / p, j / q)] * b[(i % p, j % q)];
    Ok(DMatrix::from_fn(product.rows, product.columns, entry))
}

/// The shape of as many copies of `block` as a matrix of shape `of` has entries.
fn blocks(operation: &'static str, of: Shape, block: Shape) -> Result<Shape, LinalgError> {
    let rows = of.rows.checked_mul(block.rows);
    let columns = of.columns.checked_mul(block.columns);
    if let (Some(rows), Some(columns)) = (rows, columns) {
        return Ok(Shape::new(rows, columns));
    }
    let [rows, columns] = [rows, columns].map(|side| side.unwrap_or(usize::MAX));
    let shape = Shape::new(rows, columns);
    Err(LinalgError::TooLarge { operation, shape })
}

#[cfg(test)]
mod tests {
    use super::kronecker;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn blocks_stand_where_their_factors_stood() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 0.0, -1.0]);
        let b = DMatrix::from_row_slice(1, 2, &[3.0, 4.0]);
        let expected = DMatrix::from_row_slice(2, 4, &[3.0, 4.0, 6.0, 8.0, 0.0, 0.0, -3.0, -4.0]);
        assert_eq!(kronecker(&a, &b)?, expected);
        Ok(())
    }

    #[test]
    fn empty_factors_have_empty_products() -> Result<(), LinalgError> {
        let (a, b) = (DMatrix::<f64>::zeros(2, 3), DMatrix::zeros(0, 4));
        assert_eq!(kronecker(&a, &b)?.shape(), (0, 12));
        assert_eq!(kronecker(&b, &a)?.shape(), (0, 12));
        Ok(())
    }

    #[test]
    fn a_result_too_great_for_memory_is_refused() {
        let tall = |rows| DMatrix::<f64>::zeros(rows, 0);
        for (a, b) in [
            (tall(usize::MAX), tall(2)),
            (tall(usize::MAX / 2), tall(2).transpose()),
        ] {
            let answer = kronecker(&a, &b).map(|c| c.shape());
            let fits = a.nrows().checked_mul(b.nrows()).is_some();
            assert_eq!(answer.is_ok(), fits);
        }
    }
}
