//! The inverse of a matrix.

use crate::error::LinalgError;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use crate::systems::solve::solve_columns;
use nalgebra::DMatrix;

/// The inverse of a matrix.
///
/// ```math
/// A A^{-1} = A^{-1} A = I
/// ```
///
/// The map that undoes $`A`$. To apply it, [`solve`](crate::solve) is cheaper and more accurate.
///
/// # Shapes
///
/// `a: n × n`; so is the result.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A A^{-1} = A^{-1} A = I`$ | `a_matrix_times_its_inverse_is_the_identity` |
/// | $`(A^{-1})^{-1} = A`$ | `the_inverse_of_the_inverse_is_the_matrix` |
/// | $`(A B)^{-1} = B^{-1} A^{-1}`$ | `the_inverse_of_a_product_reverses_the_order` |
///
/// # Numerics
///
/// The columns are solutions of $`A x = e_j`$, each with the checked backward error of `solve`.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; otherwise as [`solve`](crate::solve), by the same rule for matrices that cannot be told
/// from singular ones.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{inverse, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 0.0, -4.0]);
/// assert_eq!(inverse(&a)?, DMatrix::from_row_slice(2, 2, &[0.5, 0.0, 0.0, -0.25]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §14.1.
pub fn inverse<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    let n = a.nrows();
    if n != a.ncols() {
        let operation = "inverse";
        return Err(LinalgError::NotSquare {
            operation,
            shape: shape(a),
        });
    }
    let identity = DMatrix::from_fn(n, n, |i, j| T::from_f64(f64::from(u8::from(i == j))));
    Ok(solve_columns(a, &identity)?.x)
}

#[cfg(test)]
mod tests {
    use super::inverse;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn the_inverse_of_nothing_is_nothing() -> Result<(), LinalgError> {
        assert_eq!(inverse(&DMatrix::<f64>::zeros(0, 0))?.shape(), (0, 0));
        assert!(matches!(
            inverse(&DMatrix::<f64>::zeros(0, 1)),
            Err(LinalgError::NotSquare { .. })
        ));
        Ok(())
    }

    #[test]
    fn matrices_that_cannot_be_told_from_singular_ones_are_refused() {
        let nearly = DMatrix::from_row_slice(3, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
        assert!(matches!(inverse(&nearly), Err(LinalgError::Singular { rcond }) if rcond < 1e-16));
    }

    #[test]
    fn tiny_and_huge_matrices_have_inverses() -> Result<(), LinalgError> {
        for size in [2.0_f64.powi(-900), 2.0_f64.powi(900)] {
            let a = DMatrix::from_row_slice(2, 2, &[0.0, size, size, 0.0]);
            assert_eq!(inverse(&a)?[(0, 1)], 1.0 / size);
        }
        Ok(())
    }
}
