//! The Vandermonde matrix.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use gradus_numeric::Shape;
use nalgebra::{DMatrix, DVector};

/// The Vandermonde matrix: the powers of some points.
///
/// ```math
/// v_{ij} = x_i^j, \qquad j = 0, \dots, k - 1
/// ```
///
/// $`V c`$ are the values of the polynomial $`c_0 + c_1 x + \dots + c_{k - 1} x^{k - 1}`$ at the points, so solving
/// with it interpolates, and least squares with it fits a polynomial. Points that differ make it regular, but
/// it is ill-conditioned for real points: the condition number grows exponentially in k.
///
/// # Shapes
///
/// `x: m`, `columns: k`; the result is m × k.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`V c`$ evaluates a polynomial | `the_vandermonde_matrix_evaluates_polynomials` |
/// | $`\det V = \prod_{i < j} (x_j - x_i)`$ for integers | `the_determinant_of_vandermonde_is_the_product_of_differences` |
///
/// # Numerics
///
/// Powers by repeated multiplication: exact for small integers. $`x^0 = 1`$ for every x, 0 included.
///
/// # Errors
///
/// [`LinalgError::NonFinite`] for a point that is NaN or infinite; [`LinalgError::Overflow`] if a power is;
/// [`LinalgError::TooLarge`] if there are more powers than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, special::vandermonde};
///
/// let x = DVector::from_row_slice(&[2.0, 3.0]);
/// let expected = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 4.0, 1.0, 3.0, 9.0]);
/// assert_eq!(vandermonde(&x, 3)?, expected);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), ch. 22.
pub fn vandermonde(x: &DVector<f64>, columns: usize) -> Result<DMatrix<f64>, LinalgError> {
    if let Some(row) = x.iter().position(|x| !x.is_finite()) {
        return Err(LinalgError::NonFinite {
            argument: "x",
            row,
            column: 0,
            value: x[row],
        });
    }
    let m = x.len();
    check_size::<f64>("vandermonde", Shape::new(m, columns))?;
    let mut v = DMatrix::from_element(m, columns, 1.0);
    // Column by column: the lower power of the same point lies m places before.
    for at in m..v.len() {
        v[at] = v[at - m] * x[at % m];
    }
    if v.iter().all(|v| v.is_finite()) {
        Ok(v)
    } else {
        Err(LinalgError::Overflow {
            operation: "vandermonde",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::vandermonde;
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn edges() {
        let x = DVector::from_row_slice(&[0.0, -1.0]);
        assert_eq!(vandermonde(&x, 0), Ok(DMatrix::zeros(2, 0)));
        let expected = DMatrix::from_row_slice(2, 3, &[1.0, 0.0, 0.0, 1.0, -1.0, 1.0]);
        assert_eq!(vandermonde(&x, 3), Ok(expected));
        assert_eq!(vandermonde(&DVector::zeros(0), 3), Ok(DMatrix::zeros(0, 3)));
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        let one = |x| vandermonde(&DVector::from_element(1, x), 3);
        assert!(matches!(
            one(f64::NAN),
            Err(LinalgError::NonFinite { row: 0, .. })
        ));
        assert!(matches!(one(1e200), Err(LinalgError::Overflow { .. })));
    }
}
