//! Two matrices of Wilkinson.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// Wilkinson's matrix $`W_n^+`$, whose large eigenvalues come in pairs that almost agree.
///
/// ```math
/// w_{ii} = \left| \tfrac{n - 1}{2} - i \right|, \qquad w_{i, i \pm 1} = 1
/// ```
///
/// and zeros elsewhere. No entry beside the diagonal is small, yet the two largest eigenvalues of $`W_{21}^+`$ agree to
/// 14 digits: a tridiagonal matrix need not fall apart for its eigenvalues to be close. [`wilkinson_growth`] is his other
/// one.
///
/// # Shapes
///
/// n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric about both diagonals | `the_wilkinson_matrix_is_symmetric_about_both_diagonals` |
///
/// # Numerics
///
/// Exact.
///
/// # Errors
///
/// [`LinalgError::TooLarge`] if it has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::wilkinson};
///
/// let expected = DMatrix::from_row_slice(3, 3, &[1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0]);
/// assert_eq!(wilkinson(3)?, expected);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// J. H. Wilkinson, *The Algebraic Eigenvalue Problem* (1965), §5.45–5.46.
pub fn wilkinson(n: usize) -> Result<DMatrix<f64>, LinalgError> {
    check_size::<f64>("wilkinson", Shape::new(n, n))?;
    Ok(DMatrix::from_fn(n, n, |i, j| match i.abs_diff(j) {
        0 => (0.5 * (n as f64 - 1.0) - i as f64).abs(),
        1 => 1.0,
        _ => 0.0,
    }))
}

/// Wilkinson's example of growth in Gaussian elimination.
///
/// ```math
/// a_{ij} = \begin{cases} 1 & i = j \text{ or } j = n - 1 \\ -1 & i > j,\ j \ne n - 1 \\ 0 & \text{otherwise} \end{cases}
/// ```
///
/// Partial pivoting exchanges no rows, and every step doubles the last column: the last pivot is $`2^{n - 1}`$.
/// The matrix itself is well conditioned, so from n = 54 on it is elimination that loses the digits.
///
/// # Shapes
///
/// n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A = L U`$ with $`u_{nn} = 2^{n - 1}`$ | `elimination_grows_to_a_power_of_two` |
///
/// # Numerics
///
/// Exact.
///
/// # Errors
///
/// [`LinalgError::TooLarge`] if it has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::wilkinson_growth};
///
/// let expected = DMatrix::from_row_slice(3, 3, &[1.0, 0.0, 1.0, -1.0, 1.0, 1.0, -1.0, -1.0, 1.0]);
/// assert_eq!(wilkinson_growth(3)?, expected);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §9.4.
pub fn wilkinson_growth(n: usize) -> Result<DMatrix<f64>, LinalgError> {
    check_size::<f64>("wilkinson_growth", Shape::new(n, n))?;
    Ok(DMatrix::from_fn(n, n, |i, j| {
        if i == j || j + 1 == n {
            1.0
        } else if i > j {
            -1.0
        } else {
            0.0
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::{wilkinson, wilkinson_growth};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn even_orders_have_halves() -> Result<(), LinalgError> {
        let expected = DMatrix::from_row_slice(2, 2, &[0.5, 1.0, 1.0, 0.5]);
        assert_eq!(wilkinson(2)?, expected);
        assert_eq!(wilkinson(1)?, DMatrix::zeros(1, 1));
        assert_eq!(wilkinson(0)?.shape(), (0, 0));
        assert_eq!(wilkinson_growth(1)?, DMatrix::identity(1, 1));
        assert_eq!(wilkinson_growth(0)?.shape(), (0, 0));
        Ok(())
    }
}
