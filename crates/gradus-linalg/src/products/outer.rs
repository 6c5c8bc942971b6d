//! The outer product of two vectors.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::scalar::Scalar;
use gradus_numeric::Shape;
use nalgebra::{DMatrix, DVector};

/// The outer product of two vectors.
///
/// ```math
/// A = x y^\top, \qquad a_{ij} = x_i \, y_j
/// ```
///
/// The matrix of rank one that sends $`z`$ to $`(y \cdot z)\, x`$. The gradient of a linear layer is a sum
/// of these: error of the output times input.
///
/// # Shapes
///
/// `x: m`, `y: n`; the result is m × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`(x y^\top) z = (y \cdot z) x`$ | `an_outer_product_sends_everything_along_its_first_vector` |
/// | $`\operatorname{rank} x y^\top = 1`$ for $`x, y \ne 0`$ | `an_outer_product_has_rank_one` |
/// | $`\lVert x y^\top \rVert_F = \lVert x \rVert \lVert y \rVert`$ | `norms_of_kronecker_and_outer_products_multiply` |
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
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, outer};
///
/// let x = DVector::from_row_slice(&[1.0, 2.0]);
/// let y = DVector::from_row_slice(&[3.0, 4.0, 5.0]);
/// let expected = DMatrix::from_row_slice(2, 3, &[3.0, 4.0, 5.0, 6.0, 8.0, 10.0]);
/// assert_eq!(outer(&x, &y)?, expected);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §1.1.4.
#[doc(alias = "dyadic product")]
pub fn outer<T: Scalar>(x: &DVector<T>, y: &DVector<T>) -> Result<DMatrix<T>, LinalgError> {
    check_size::<T>("outer", Shape::new(x.len(), y.len()))?;
    Ok(DMatrix::from_fn(x.len(), y.len(), |i, j| x[i] * y[j]))
}

#[cfg(test)]
mod tests {
    use super::outer;
    use crate::error::LinalgError;
    use nalgebra::DVector;

    #[test]
    fn with_an_empty_vector_it_is_empty() -> Result<(), LinalgError> {
        let (x, none) = (DVector::from_element(3, 1.0), DVector::<f64>::zeros(0));
        assert_eq!(outer(&x, &none)?.shape(), (3, 0));
        assert_eq!(outer(&none, &x)?.shape(), (0, 3));
        Ok(())
    }

    #[test]
    fn single_precision_rounds_each_entry_once() -> Result<(), LinalgError> {
        let x = DVector::from_row_slice(&[0.1_f32]);
        assert_eq!(outer(&x, &x)?[(0, 0)], 0.1_f32 * 0.1);
        Ok(())
    }
}
