//! Läuchli's matrix.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// Läuchli's matrix: a row of ones above $`\mu I`$.
///
/// ```math
/// A = \begin{pmatrix} 1 & \cdots & 1 \\ \mu & & \\ & \ddots & \\ & & \mu \end{pmatrix}, \qquad
/// A^\top A = \mathbf 1 \mathbf 1^\top + \mu^2 I
/// ```
///
/// Its columns differ by $`\mu`$ only. For $`\mu < \sqrt u`$ the product $`A^\top A`$ rounds to a matrix of rank one
/// although A has rank n: the normal equations lose what A knows, and classical Gram–Schmidt loses all orthogonality.
///
/// # Shapes
///
/// (n + 1) × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sigma_1 = \sqrt{n + \mu^2}`$, all others $`\lvert \mu \rvert`$ | `the_lauchli_matrix_has_two_singular_values` |
///
/// # Numerics
///
/// Exact; a NaN or infinite `mu` stands in the matrix as it is.
///
/// # Errors
///
/// [`LinalgError::TooLarge`] if it has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::lauchli};
///
/// let a = lauchli(2, 1e-9)?;
/// assert_eq!(a, DMatrix::from_row_slice(3, 2, &[1.0, 1.0, 1e-9, 0.0, 0.0, 1e-9]));
/// assert_eq!(a.transpose() * a, DMatrix::from_element(2, 2, 1.0)); // singular
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// P. Läuchli, *Jordan-Elimination und Ausgleichung nach kleinsten Quadraten*, Numer. Math. 3 (1961), 226–240,
/// <https://doi.org/10.1007/BF01386022>.
pub fn lauchli(n: usize, mu: f64) -> Result<DMatrix<f64>, LinalgError> {
    let shape = Shape::new(n.saturating_add(1), n);
    check_size::<f64>("lauchli", shape)?;
    Ok(DMatrix::from_fn(shape.rows, n, |i, j| {
        if i == 0 {
            1.0
        } else if i == j + 1 {
            mu
        } else {
            0.0
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::lauchli;
    use crate::error::LinalgError;

    #[test]
    fn nothing_has_one_empty_row() -> Result<(), LinalgError> {
        assert_eq!(lauchli(0, 1.0)?.shape(), (1, 0));
        Ok(())
    }
}
