//! The trace of a matrix.

use crate::error::LinalgError;
use crate::kernels::view::shape;
use crate::scalar::Scalar;
use gradus_numeric::{CompensatedSum, ldexp};
use nalgebra::DMatrix;

/// The sum of the diagonal entries of a matrix.
///
/// ```math
/// \operatorname{tr} A = \sum_{i=1}^{n} a_{ii}
/// ```
///
/// It does not depend on the basis: it is the sum of the eigenvalues, and for a projection the dimension
/// of what it projects on.
///
/// # Shapes
///
/// `a: n × n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{tr} A B = \operatorname{tr} B A`$ | `the_trace_of_a_product_does_not_depend_on_the_order` |
/// | $`\operatorname{tr}(\alpha A + B) = \alpha \operatorname{tr} A + \operatorname{tr} B`$ | `the_trace_is_linear` |
/// | $`\operatorname{tr} A^\top B = \sum_{ij} a_{ij} b_{ij}`$ | `the_trace_is_an_inner_product_of_matrices` |
///
/// # Numerics
///
/// A [`CompensatedSum`], rounded once. Only the diagonal is read. Sums that overflow on their way to a
/// number that does not are done again at a $`2^{64}`$th of the size. 0 for the 0 × 0 matrix.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`] for a NaN or infinite entry on the diagonal;
/// [`LinalgError::Overflow`] if the sum is too large for `T`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, trace};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
/// assert_eq!(trace(&a)?, 5.0);
/// let huge = DMatrix::from_diagonal(&vec![1e308, 1e308, -1e308].into());
/// assert_eq!(trace(&huge)?, 1e308);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// R. A. Horn and C. R. Johnson, *Matrix Analysis*, 2nd ed. (2013), §1.2.
pub fn trace<T: Scalar>(a: &DMatrix<T>) -> Result<T, LinalgError> {
    const FAR: i32 = 64; // more than the binary digits of any order n
    let operation = "trace";
    if !a.is_square() {
        let shape = shape(a);
        return Err(LinalgError::NotSquare { operation, shape });
    }
    let diagonal = diagonal(a)?;
    let sum = match scaled_sum(&diagonal, 0) {
        sum if sum.is_finite() => sum,
        _ => ldexp(scaled_sum(&diagonal, -FAR), FAR),
    };
    let trace = T::from_f64(sum);
    if trace.is_finite() {
        Ok(trace)
    } else {
        Err(LinalgError::Overflow { operation })
    }
}

/// The diagonal entries, all finite.
fn diagonal<T: Scalar>(a: &DMatrix<T>) -> Result<Vec<f64>, LinalgError> {
    let entry = |i: usize| match a[(i, i)].to_f64() {
        value if value.is_finite() => Ok(value),
        value => Err(LinalgError::NonFinite {
            argument: "a",
            row: i,
            column: i,
            value,
        }),
    };
    (0..a.nrows()).map(entry).collect()
}

/// $`\sum_i 2^k x_i`$.
fn scaled_sum(x: &[f64], k: i32) -> f64 {
    let sum: CompensatedSum = x.iter().map(|&x| ldexp(x, k)).collect();
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::trace;
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    fn of(diagonal: &[f64]) -> Result<f64, LinalgError> {
        trace(&DMatrix::from_diagonal(&DVector::from_row_slice(diagonal)))
    }

    #[test]
    fn the_empty_matrix_has_trace_zero() {
        assert_eq!(of(&[]), Ok(0.0));
        let row = DMatrix::<f64>::zeros(0, 1);
        assert!(matches!(trace(&row), Err(LinalgError::NotSquare { .. })));
    }

    #[test]
    fn sums_neither_drift_nor_overflow_on_the_way() {
        assert_eq!(of(&[1e100, 1.0, -1e100]), Ok(1.0));
        assert_eq!(of(&[f64::MAX, f64::MAX, -f64::MAX, -f64::MAX]), Ok(0.0));
        assert_eq!(of(&[f64::MAX, 1e-20, -f64::MAX]), Ok(1e-20));
        let operation = "trace";
        assert_eq!(
            of(&[f64::MAX, f64::MAX]),
            Err(LinalgError::Overflow { operation })
        );
        let single = DMatrix::from_diagonal(&DVector::from_element(2, f32::MAX));
        assert_eq!(trace(&single), Err(LinalgError::Overflow { operation }));
    }

    #[test]
    fn only_the_diagonal_is_read() {
        let mut a = DMatrix::from_element(2, 2, 1.0);
        a[(0, 1)] = f64::NAN;
        assert_eq!(trace(&a), Ok(2.0));
        a[(1, 1)] = f64::INFINITY;
        assert!(matches!(
            trace(&a),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 1,
                ..
            })
        ));
    }
}
