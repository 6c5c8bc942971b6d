//! Hadamard matrices.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// The Hadamard matrix of Sylvester: signs whose rows are perpendicular.
///
/// ```math
/// H_1 = (1), \qquad H_{2n} = \begin{pmatrix} H_n & H_n \\ H_n & -H_n \end{pmatrix}, \qquad
/// h_{ij} = (-1)^{\operatorname{popcount}(i \wedge j)}
/// ```
///
/// Divided by $`\sqrt n`$ it is orthogonal, and multiplying by it mixes all entries of a vector without a single
/// multiplication. Its determinant $`n^{n/2}`$ is the largest that entries in $`[-1, 1]`$ can give.
///
/// # Shapes
///
/// n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H H^\top = n I`$, exactly, and $`H = H^\top`$ | `rows_of_hadamard_matrices_are_perpendicular` |
/// | $`H_{2n} = H_2 \otimes H_n`$, and the first row is of ones | `hadamard_matrices_double` |
///
/// # Errors
///
/// [`LinalgError::NotAPowerOfTwo`]; [`LinalgError::TooLarge`] if it has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::hadamard_matrix};
///
/// assert_eq!(hadamard_matrix(2)?, DMatrix::from_row_slice(2, 2, &[1.0, 1.0, 1.0, -1.0]));
/// assert_eq!(hadamard_matrix(8)?.row_sum()[0], 8.0);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// J. J. Sylvester, *Thoughts on inverse orthogonal matrices …*, Philosophical Magazine 34 (1867), 461–475; R. A. Horn
/// and C. R. Johnson, *Matrix Analysis*, 2nd ed. (2013), §7.8 (the determinant).
#[doc(alias = "Walsh matrix")]
pub fn hadamard_matrix(n: usize) -> Result<DMatrix<f64>, LinalgError> {
    if !n.is_power_of_two() {
        return Err(LinalgError::NotAPowerOfTwo { n });
    }
    check_size::<f64>("hadamard_matrix", Shape::new(n, n))?;
    Ok(DMatrix::from_fn(n, n, |i, j| {
        if (i & j).count_ones().is_multiple_of(2) {
            1.0
        } else {
            -1.0
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::hadamard_matrix;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn only_powers_of_two_have_one() {
        assert_eq!(hadamard_matrix(1), Ok(DMatrix::identity(1, 1)));
        for n in [0, 3, 12] {
            assert_eq!(hadamard_matrix(n), Err(LinalgError::NotAPowerOfTwo { n }));
        }
    }

    #[test]
    fn four_by_hand() {
        let signs = [
            [1.0, 1.0, 1.0, 1.0],
            [1.0, -1.0, 1.0, -1.0],
            [1.0, 1.0, -1.0, -1.0],
            [1.0, -1.0, -1.0, 1.0],
        ];
        assert_eq!(
            hadamard_matrix(4),
            Ok(DMatrix::from_fn(4, 4, |i, j| signs[i][j]))
        );
    }
}
