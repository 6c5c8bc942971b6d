//! Läuchli's matrix.

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
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::lauchli};
///
/// let a = lauchli(2, 1e-9);
/// assert_eq!(a, DMatrix::from_row_slice(3, 2, &[1.0, 1.0, 1e-9, 0.0, 0.0, 1e-9]));
/// assert_eq!(a.transpose() * a, DMatrix::from_element(2, 2, 1.0)); // singular
/// ```
///
/// # References
///
/// P. Läuchli, *Jordan-Elimination und Ausgleichung nach kleinsten Quadraten*, Numer. Math. 3 (1961), 226–240,
/// <https://doi.org/10.1007/BF01386022>.
#[must_use]
pub fn lauchli(n: usize, mu: f64) -> DMatrix<f64> {
    DMatrix::from_fn(n + 1, n, |i, j| {
        if i == 0 {
            1.0
        } else if i == j + 1 {
            mu
        } else {
            0.0
        }
    })
}

#[cfg(test)]
mod tests {
    use super::lauchli;

    #[test]
    fn nothing_has_one_empty_row() {
        assert_eq!(lauchli(0, 1.0).shape(), (1, 0));
    }
}
