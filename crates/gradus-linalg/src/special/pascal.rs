//! The Pascal matrix.

use crate::error::LinalgError;
use nalgebra::DMatrix;

/// The symmetric Pascal matrix: Pascal's triangle, turned by an eighth.
///
/// ```math
/// p_{ij} = \binom{i + j}{i}, \qquad i, j = 0, \dots, n - 1
/// ```
///
/// $`P = L L^\top`$ with the triangle itself for $`L`$ (Vandermonde's identity $`\sum_k \binom ik \binom jk =
/// \binom{i + j}{i}`$), so the determinant is 1 and the inverse consists of integers, although the condition number
/// grows as $`16^n`$.
///
/// # Shapes
///
/// n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`P = L L^\top`$ with the unit triangle $`l_{ij} = \binom ij`$, hence $`\det P = 1`$ | `the_pascal_matrix_is_a_unit_triangle_times_its_transpose` |
/// | $`P = P^\top`$ | `the_pascal_matrix_is_symmetric` |
///
/// # Numerics
///
/// Made by additions, $`p_{ij} = p_{i-1,j} + p_{i,j-1}`$: exact below $`2^{53}`$, that is up to n = 29.
///
/// # Errors
///
/// [`LinalgError::Overflow`] from n = 516 on.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::pascal};
///
/// let expected = DMatrix::from_row_slice(3, 3, &[1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 1.0, 3.0, 6.0]);
/// assert_eq!(pascal(3)?, expected);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §28.4.
pub fn pascal(n: usize) -> Result<DMatrix<f64>, LinalgError> {
    /// The binomial coefficient of 1030 and 515 is above every double.
    const LARGEST: usize = 515;
    if n > LARGEST {
        return Err(LinalgError::Overflow {
            operation: "pascal",
        });
    }
    let mut p = DMatrix::from_element(n, n, 1.0);
    for (j, i) in (1..n).flat_map(|j| (1..n).map(move |i| (j, i))) {
        p[(i, j)] = p[(i - 1, j)] + p[(i, j - 1)];
    }
    Ok(p)
}

#[cfg(test)]
mod tests {
    use super::pascal;
    use crate::error::LinalgError;

    #[test]
    fn the_largest_one_is_finite_and_the_next_is_not() -> Result<(), LinalgError> {
        assert_eq!(pascal(0)?.shape(), (0, 0));
        let corner = pascal(515)?[(514, 514)];
        assert!(corner.is_finite());
        // The next corner is (2n choose n) with n = 515: times 1030 · 1029 / 515².
        assert_eq!(corner * (1030.0 * 1029.0 / (515.0 * 515.0)), f64::INFINITY);
        assert!(matches!(pascal(516), Err(LinalgError::Overflow { .. })));
        Ok(())
    }

    #[test]
    fn entries_are_exact_to_the_last_that_can_be() -> Result<(), LinalgError> {
        assert_eq!(pascal(29)?[(28, 28)], 7_648_690_600_760_440.0);
        Ok(())
    }
}
