//! Least squares.

use crate::checked::check::{at_most, frobenius, rounding, times};
use crate::checked::scaled::{Scaled, unscaled};
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::{columns_of, shape, view};
use crate::scalar::Scalar;
use crate::spectra::svd::{Triples, rank};
use gradus_numeric::{Float, Shape};
use nalgebra::{DMatrix, DVector};

/// The best approximation of a right-hand side by the columns of a matrix; made by [`least_squares`].
#[derive(Clone, Debug, PartialEq)]
pub struct LeastSquares<T: Scalar> {
    /// The shortest of all $`x`$ with the least $`\lVert A x - b \rVert_2`$.
    pub x: DVector<T>,
    /// How many columns of $`A`$ are independent, up to rounding; if less than `x` has entries, other
    /// solutions are as good but longer.
    pub rank: usize,
    /// $`\sigma_r / \sigma_1`$ of the singular values that were used, in $`(0, 1]`$; 1 if none was.
    pub rcond: f64,
    /// $`\lVert A x - b \rVert_2`$, before `x` is rounded to `T`.
    pub residual: f64,
}

/// The least-squares solution of a system of any shape and rank.
///
/// ```math
/// x = A^+ b = \operatorname*{arg\,min}_x \lVert A x - b \rVert_2, \text{ the one of least } \lVert x \rVert_2
/// ```
///
/// $`A x`$ is the foot of the perpendicular from $`b`$ to the span of the columns.
///
/// # Shapes
///
/// `a: m × n`, `b: m`; `x: n`. With data as features × samples, regression has $`A = X^\top`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A^\top (A x - b) = 0`$: the residual is perpendicular to the columns | `the_residual_is_perpendicular_to_the_columns` |
/// | $`\lVert A x \rVert^2 + \lVert r \rVert^2 = \lVert b \rVert^2`$ (Pythagoras) | `least_squares_obeys_pythagoras` |
/// | no other solution is shorter | `no_other_least_squares_solution_is_shorter` |
///
/// # Numerics
///
/// By singular values, $`x = V_r \Sigma_r^{-1} U_r^\top b`$, in `f64` on $`2^{-e} A`$; those below
/// $`\max(m, n)\,\varepsilon\,\sigma_1`$ (with the $`\varepsilon`$ of `T`) count as zero.
/// $`A^\top r = 0`$ is checked. The normal equations $`A^\top A x = A^\top b`$ would square the condition.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for a NaN or infinite entry;
/// [`LinalgError::Overflow`] if an entry of $`x`$ is too great for `T`, or the residual for `f64`;
/// [`LinalgError::TooLarge`] if $`x`$ is too long for memory; otherwise as [`svd`](crate::svd).
///
/// # Examples
///
/// The line through (0, 1), (1, 3), (2, 5):
///
/// ```
/// use gradus_linalg::{least_squares, nalgebra::{DMatrix, DVector}};
///
/// let a = DMatrix::from_row_slice(3, 2, &[1.0, 0.0, 1.0, 1.0, 1.0, 2.0]);
/// let line = least_squares(&a, &DVector::from_row_slice(&[1.0, 3.0, 5.0]))?;
/// assert!((line.x[0] - 1.0_f64).abs() < 1e-14 && (line.x[1] - 2.0).abs() < 1e-14);
/// assert_eq!(line.rank, 2);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §5.5.
#[doc(alias = "least squares")]
#[doc(alias = "pseudoinverse")]
pub fn least_squares<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
) -> Result<LeastSquares<T>, LinalgError> {
    check_shapes(a, b)?;
    check_size::<f64>("least_squares", Shape::new(a.ncols(), 1))?;
    let a = Scaled::new(a)?;
    let b = Scaled::new(&DMatrix::from_column_slice(b.len(), 1, b.as_slice()))?;
    let triples = Triples::new(&a.matrix)?;
    let rank = rank::<T>(&triples.sigma, a.matrix.nrows(), a.matrix.ncols());
    let x = minimum_norm(&triples, rank, &b.matrix);
    let residual = &b.matrix - times(view(&a.matrix), view(&x));
    check_perpendicular::<T>(&a.matrix, &x, &residual, &b.matrix)?;
    let (operation, residual) = ("least_squares", b.restored(frobenius(&residual)));
    if !residual.is_finite() {
        return Err(LinalgError::Overflow { operation });
    }
    Ok(LeastSquares {
        x: unscaled(x, b.exponent - a.exponent, operation)?
            .column(0)
            .into_owned(),
        rank,
        rcond: condition(&triples.sigma[..rank]),
        residual,
    })
}

/// $`V_r \Sigma_r^{-1} U_r^\top b`$.
fn minimum_norm(triples: &Triples, rank: usize, b: &DMatrix<f64>) -> DMatrix<f64> {
    let u = columns_of(&triples.u, 0..rank);
    let v = columns_of(&triples.v, 0..rank);
    let along = times(u.transposed(), view(b));
    let divided = DMatrix::from_fn(rank, 1, |i, _| along[(i, 0)] / triples.sigma[i]);
    times(v, view(&divided))
}

/// $`\lVert A^\top r \rVert \le t \lVert A \rVert (\lVert b \rVert + \lVert A \rVert \lVert x \rVert)`$, where `t`
/// allows for the singular values that were taken for zero.
fn check_perpendicular<T: Float>(
    a: &DMatrix<f64>,
    x: &DMatrix<f64>,
    residual: &DMatrix<f64>,
    b: &DMatrix<f64>,
) -> Result<(), LinalgError> {
    let (m, n) = a.shape();
    let norm = frobenius(a);
    let size = norm * (frobenius(b) + norm * frobenius(x));
    let found = match frobenius(&times(view(a).transposed(), view(residual))) {
        0.0 => 0.0,
        product => product / size,
    };
    let bound = rounding(m, n) + m.max(n) as f64 * T::EPSILON.to_f64();
    at_most("least_squares, angle of residual and columns", found, bound)
}

/// $`\sigma_r / \sigma_1`$ of the values that count.
fn condition(sigma: &[f64]) -> f64 {
    match sigma {
        [] => 1.0,
        [greatest, ..] => sigma[sigma.len() - 1] / greatest,
    }
}

fn check_shapes<T: Scalar>(a: &DMatrix<T>, b: &DVector<T>) -> Result<(), LinalgError> {
    let (left, right) = (shape(a), Shape::new(b.len(), 1));
    if left.rows == right.rows {
        return Ok(());
    }
    let operation = "least_squares";
    Err(LinalgError::ShapeMismatch {
        operation,
        left,
        right,
    })
}

#[cfg(test)]
mod tests {
    use super::least_squares;
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn empty_systems_have_the_zero_solution() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 2), (3, 0)] {
            let b = DVector::from_element(m, 2.0_f64);
            let best = least_squares(&DMatrix::zeros(m, n), &b)?;
            assert_eq!((best.x, best.rank, best.rcond), (DVector::zeros(n), 0, 1.0));
            assert!((best.residual - 2.0 * (m as f64).sqrt()).abs() < 1e-15);
        }
        Ok(())
    }

    /// x + y = 2 twice: all of (1 + t, 1 − t) solve it, (1, 1) is the shortest.
    #[test]
    fn of_many_solutions_the_shortest_is_given() -> Result<(), LinalgError> {
        let best = least_squares(
            &DMatrix::from_element(2, 2, 1.0),
            &DVector::from_element(2, 2.0),
        )?;
        assert!(best.x.iter().all(|x: &f64| (x - 1.0).abs() < 1e-14));
        assert_eq!(best.rank, 1);
        assert!(best.residual < 1e-14);
        Ok(())
    }

    #[test]
    fn a_residual_that_overflows_is_an_error() {
        let b = DVector::from_element(2, f64::MAX);
        for a in [
            DMatrix::zeros(2, 1),
            DMatrix::from_column_slice(2, 1, &[1.0, -1.0]),
        ] {
            let (operation, answer) = ("least_squares", least_squares(&a, &b));
            assert_eq!(answer, Err(LinalgError::Overflow { operation }));
        }
    }

    #[test]
    fn the_mean_is_the_best_constant() -> Result<(), LinalgError> {
        let ones = DMatrix::from_element(4, 1, 1.0);
        let best = least_squares(&ones, &DVector::from_row_slice(&[1.0, 2.0, 3.0, 6.0]))?;
        assert!((best.x[0] - 3.0_f64).abs() < 1e-14);
        assert!((best.residual - 14.0_f64.sqrt()).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn shapes_must_fit_and_entries_be_finite() {
        let a = DMatrix::<f64>::zeros(2, 3);
        assert!(matches!(
            least_squares(&a, &DVector::zeros(3)),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        let b = DVector::from_row_slice(&[0.0, f64::INFINITY]);
        assert!(matches!(
            least_squares(&a, &b),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
    }

    #[test]
    fn tiny_and_huge_systems_are_scaled() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(3, 1, &[1.0, 2.0, 2.0]);
        let b = DVector::from_row_slice(&[9.0, 0.0, 0.0]);
        for size in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
            let best = least_squares(&(&a * size), &(&b * size))?;
            assert!((best.x[0] - 1.0).abs() < 1e-14);
            assert!((best.residual / size - 72.0_f64.sqrt()).abs() < 1e-13);
        }
        Ok(())
    }
}
