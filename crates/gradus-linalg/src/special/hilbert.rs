//! The Hilbert matrix and its inverse.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// The Hilbert matrix: the example of a matrix that is hard to invert.
///
/// ```math
/// h_{ij} = \frac{1}{i + j + 1} = \int_0^1 x^i x^j \, dx, \qquad i, j = 0, \dots, n - 1
/// ```
///
/// The powers of x are almost parallel as functions on the unit interval, so their inner products make a matrix that
/// is positive definite but nearly singular: its condition number grows as $`e^{3.5 n}`$, one and a half digits a row.
/// At n = 12 a solution in `f64` has no right digit left.
///
/// # Shapes
///
/// n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H H^{-1} = I`$ in fractions | `the_hilbert_matrix_times_its_inverse_is_the_identity` |
///
/// # Numerics
///
/// Every entry is rounded once; the inverse of what is stored is therefore not the inverse of $`H`$.
///
/// # Errors
///
/// [`LinalgError::TooLarge`] if it has more entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::hilbert};
///
/// assert_eq!(hilbert(2)?, DMatrix::from_row_slice(2, 2, &[1.0, 0.5, 0.5, 1.0 / 3.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §28.1.
pub fn hilbert(n: usize) -> Result<DMatrix<f64>, LinalgError> {
    check_size::<f64>("hilbert", Shape::new(n, n))?;
    let entry = |i, j| 1.0 / (i as f64 + j as f64 + 1.0);
    Ok(DMatrix::from_fn(n, n, entry))
}

/// The inverse of the Hilbert matrix, in integers.
///
/// ```math
/// (H^{-1})_{ij} = (-1)^{i + j} \, \frac{r_i \, r_j}{i + j + 1}, \qquad r_i = \frac{(n + i)!}{(i!)^2 \, (n - i - 1)!}
/// ```
///
/// # Shapes
///
/// n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H H^{-1} = I`$ in fractions | `the_hilbert_matrix_times_its_inverse_is_the_identity` |
///
/// # Numerics
///
/// The integers are computed as such and rounded once: all of them are exact up to n = 12.
///
/// # Errors
///
/// [`LinalgError::Overflow`] if a product $`r_i r_j`$ is above $`2^{128}`$: from n = 27 on, where the condition number
/// is $`10^{39}`$.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, special::hilbert_inverse};
///
/// assert_eq!(hilbert_inverse(2)?, DMatrix::from_row_slice(2, 2, &[4.0, -6.0, -6.0, 12.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// M.-D. Choi, *Tricks or treats with the Hilbert matrix*, Amer. Math. Monthly 90 (1983), 301–312,
/// <https://doi.org/10.2307/2975779>; Higham (2002), (28.1).
pub fn hilbert_inverse(n: usize) -> Result<DMatrix<f64>, LinalgError> {
    let overflow = LinalgError::Overflow {
        operation: "hilbert_inverse",
    };
    let r = factors(n).ok_or(overflow)?;
    let largest = r.iter().max().copied().unwrap_or(1);
    // No product is larger than this one.
    largest.checked_mul(largest).ok_or(overflow)?;
    Ok(DMatrix::from_fn(n, n, |i, j| {
        let magnitude = (r[i] * r[j] / (i + j + 1) as u128) as f64;
        if (i + j).is_multiple_of(2) {
            magnitude
        } else {
            -magnitude
        }
    }))
}

/// $`r_0 = n`$, $`r_{i + 1} = r_i (n + i + 1)(n - i - 1) / (i + 1)^2`$, unless one of them is too large.
fn factors(n: usize) -> Option<Vec<u128>> {
    let n = n as u128;
    let mut r = n;
    let mut factors = Vec::new();
    for i in 0..n {
        factors.push(r);
        r = r.checked_mul((n + i + 1).checked_mul(n - i - 1)?)? / ((i + 1) * (i + 1));
    }
    Some(factors)
}

#[cfg(test)]
mod tests {
    use super::{hilbert, hilbert_inverse};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn small_ones_by_hand() -> Result<(), LinalgError> {
        assert_eq!(hilbert(0)?.shape(), (0, 0));
        assert_eq!(hilbert_inverse(0)?.shape(), (0, 0));
        assert_eq!(hilbert_inverse(1)?, DMatrix::identity(1, 1));
        let three = [9.0, -36.0, 30.0, -36.0, 192.0, -180.0, 30.0, -180.0, 180.0];
        assert_eq!(hilbert_inverse(3)?, DMatrix::from_row_slice(3, 3, &three));
        Ok(())
    }

    #[test]
    fn the_inverse_ends_where_its_integers_do() {
        assert!(hilbert_inverse(26).is_ok());
        for n in [27, 100, usize::MAX] {
            assert!(matches!(
                hilbert_inverse(n),
                Err(LinalgError::Overflow { .. })
            ));
        }
    }
}
