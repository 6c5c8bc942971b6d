//! Systems of linear equations.

use crate::check::{at_most, rounding, times};
use crate::condition::reciprocal_condition;
use crate::error::LinalgError;
use crate::lu::Lu;
use crate::scalar::Scalar;
use crate::scaled::{Scaled, ScaledColumns, rescaled};
use crate::view::shape;
use faer::{Mat, MatRef};
use gradus_numeric::{norm_infinity, norm1};
use nalgebra::{DMatrix, DVector};

/// A solution and how far it can be trusted; made by [`solve`] and [`solve_columns`].
///
/// The relative error of `x` is at most about `backward_error / rcond`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Solution<X> {
    /// The solution: a vector, or a matrix with one solution a column.
    pub x: X,
    /// Estimate of the reciprocal condition number $`1 / (\lVert A \rVert_1 \lVert A^{-1} \rVert_1)`$, in
    /// $`[0, 1]`$: below $`n \varepsilon`$ no digit of `x` need be right.
    pub rcond: f64,
    /// How much, relatively, `a` and `b` must change for `x` to be the exact solution:
    /// $`\lVert b - A x \rVert_\infty / (\lVert A \rVert_\infty \lVert x \rVert_\infty + \lVert b \rVert_\infty)`$,
    /// the greatest of all columns.
    pub backward_error: f64,
}

/// Solves a system of linear equations.
///
/// ```math
/// A x = b
/// ```
///
/// Which combination of the columns of `a` is `b`?
///
/// # Shapes
///
/// `a: n × n`, `b: n`; the solution has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the backward error is of the order of rounding | `solutions_have_a_small_backward_error` |
/// | the forward error is at most condition × backward error | `solutions_err_by_condition_times_rounding` |
/// | `solve(A, A x) = x` for small integers | `solving_undoes_multiplying` |
///
/// # Numerics
///
/// Gaussian elimination with partial pivoting in `f64` on $`2^{-e} A`$, with iterative refinement where the
/// first residual is not small; on one thread. An ill-conditioned matrix is not an error: the answer
/// carries `rcond`. See [`least_squares`](crate::least_squares) for singular and rectangular systems.
///
/// # Errors
///
/// [`LinalgError::NotSquare`], [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for a NaN or
/// infinite entry; [`LinalgError::Singular`] if a pivot vanishes; [`LinalgError::Overflow`] if an entry of
/// the solution is too great for `T`; [`LinalgError::Inaccurate`] if the residual stays too great (entries
/// grew during elimination: `least_squares` still solves such a system).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, solve};
///
/// // x + 2 y = 5 and 3 x + 4 y = 6
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
/// let b = DVector::from_row_slice(&[5.0, 6.0]);
/// let solution = solve(&a, &b)?;
/// assert!((solution.x[0] + 4.0_f64).abs() < 1e-14 && (solution.x[1] - 4.5).abs() < 1e-14);
/// assert!((solution.rcond - 1.0 / 21.0).abs() < 1e-15);
/// assert!(solution.backward_error < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), §7.1 (backward error),
/// §9.3 (elimination), §12.1 (refinement).
#[doc(alias = "linear system")]
pub fn solve<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
) -> Result<Solution<DVector<T>>, LinalgError> {
    let one_column = DMatrix::from_column_slice(b.len(), 1, b.as_slice());
    let solution = solve_columns(a, &one_column)?;
    Ok(Solution {
        x: solution.x.column(0).into_owned(),
        rcond: solution.rcond,
        backward_error: solution.backward_error,
    })
}

/// Solves many systems with one matrix, a column each: $`A X = B`$.
///
/// The matrix is factored once. Numerics and laws are those of [`solve`].
///
/// # Shapes
///
/// `a: n × n`, `b: n × k`; the solution is n × k.
///
/// # Errors
///
/// As [`solve`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, solve_columns};
///
/// let half = DMatrix::from_row_slice(2, 2, &[0.5, 0.0, 0.0, 0.25]);
/// let x = solve_columns(&half, &DMatrix::identity(2, 2))?.x;
/// assert_eq!(x, DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 0.0, 4.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`solve`].
pub fn solve_columns<T: Scalar>(
    a: &DMatrix<T>,
    b: &DMatrix<T>,
) -> Result<Solution<DMatrix<T>>, LinalgError> {
    check_shapes(a, b)?;
    let a = Scaled::new(a)?;
    let b = ScaledColumns::new(b)?;
    let (x, rcond) = refined_solution(&a.matrix, &b.matrix)?;
    let exponents: Vec<i32> = b.exponents.iter().map(|e| e - a.exponent).collect();
    let x = ScaledColumns {
        matrix: x,
        exponents,
    };
    let given = x.unscaled("solve")?;
    // What is returned was rounded to T: its backward error is the one to report.
    let rounded = rescaled(&given, &x.exponents);
    Ok(Solution {
        x: given,
        rcond,
        backward_error: backward_error(&a.matrix, &rounded, &b.matrix),
    })
}

/// Solves, refines while that helps, and checks.
fn refined_solution(a: &Mat<f64>, b: &Mat<f64>) -> Result<(Mat<f64>, f64), LinalgError> {
    const REFINEMENTS: usize = 3;
    /// Below this, a solution or its residual may overflow.
    const NO_CONDITION: f64 = f64::MIN_POSITIVE / f64::EPSILON;
    let lu = Lu::new(a);
    let rcond = reciprocal_condition(a, &lu);
    if rcond <= NO_CONDITION {
        return Err(LinalgError::Singular { rcond });
    }
    let mut x = lu.solve(b);
    let mut error = backward_error(a, &x, b);
    for _ in 0..REFINEMENTS {
        if error <= f64::EPSILON {
            break;
        }
        let refined = &x + lu.solve(&(b - times(a.as_ref(), x.as_ref())));
        let refined_error = backward_error(a, &refined, b);
        if refined_error >= error {
            break;
        }
        (x, error) = (refined, refined_error);
    }
    at_most("solve, backward error", error, rounding(a.nrows(), 1))?;
    Ok((x, rcond))
}

/// The normwise relative backward error, greatest over the columns.
///
/// ```math
/// \eta(x) = \frac{\lVert b - A x \rVert_\infty}{\lVert A \rVert_\infty \lVert x \rVert_\infty + \lVert b \rVert_\infty}
/// ```
///
/// # References
///
/// Higham (2002), theorem 7.1 (Rigal and Gaches).
fn backward_error(a: &Mat<f64>, x: &Mat<f64>, b: &Mat<f64>) -> f64 {
    let norm = row_sum_norm(a.as_ref());
    let residual = b - times(a.as_ref(), x.as_ref());
    let of_column = |j: usize| match column_norm(&residual, j) {
        0.0 => 0.0,
        r => r / (norm * column_norm(x, j) + column_norm(b, j)),
    };
    norm_infinity(&(0..b.ncols()).map(of_column).collect::<Vec<_>>())
}

/// $`\lVert A \rVert_\infty`$.
fn row_sum_norm(a: MatRef<'_, f64>) -> f64 {
    let row = |i| norm1(&a.row(i).iter().copied().collect::<Vec<_>>());
    norm_infinity(&(0..a.nrows()).map(row).collect::<Vec<_>>())
}

fn column_norm(a: &Mat<f64>, j: usize) -> f64 {
    norm_infinity(&a.col(j).iter().copied().collect::<Vec<_>>())
}

fn check_shapes<T>(a: &DMatrix<T>, b: &DMatrix<T>) -> Result<(), LinalgError> {
    let operation = "solve";
    let (left, right) = (shape(a), shape(b));
    if left.rows != left.columns {
        return Err(LinalgError::NotSquare {
            operation,
            shape: left,
        });
    }
    if left.rows != right.rows {
        return Err(LinalgError::ShapeMismatch {
            operation,
            left,
            right,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{solve, solve_columns};
    use crate::error::LinalgError;
    use gradus_numeric::Real;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn shapes_must_fit() {
        let (a, b) = (DMatrix::<f64>::zeros(2, 3), DVector::zeros(2));
        assert!(matches!(solve(&a, &b), Err(LinalgError::NotSquare { .. })));
        let a = DMatrix::<f64>::identity(3, 3);
        assert!(matches!(
            solve(&a, &b),
            Err(LinalgError::ShapeMismatch { .. })
        ));
    }

    #[test]
    fn empty_systems_have_empty_solutions() -> Result<(), LinalgError> {
        let solution = solve(&DMatrix::<f64>::zeros(0, 0), &DVector::zeros(0))?;
        assert_eq!(
            (solution.x.len(), solution.rcond, solution.backward_error),
            (0, 1.0, 0.0)
        );
        let none = solve_columns(&DMatrix::<f64>::identity(3, 3), &DMatrix::zeros(3, 0))?;
        assert_eq!((none.x.shape(), none.backward_error), ((3, 0), 0.0));
        Ok(())
    }

    #[test]
    fn singular_matrices_are_refused() {
        for a in [
            [0.0, 0.0, 0.0, 0.0],
            [1.0, 2.0, 2.0, 4.0],
            [1e-320, 0.0, 0.0, 1.0],
        ] {
            let a = DMatrix::from_row_slice(2, 2, &a);
            let b = DVector::from_element(2, 1.0);
            assert!(
                matches!(solve(&a, &b), Err(LinalgError::Singular { rcond }) if rcond < 1e-290)
            );
        }
    }

    #[test]
    fn ill_conditioned_matrices_are_reported() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(12, 12, |i, j| 1.0 / (i + j + 1) as f64);
        let solution = solve(&a, &DVector::from_element(12, 1.0))?;
        assert!(solution.rcond < 12.0 * f64::EPSILON);
        Ok(())
    }

    #[test]
    fn not_a_number_and_infinity_are_refused() {
        let (a, b) = (
            DMatrix::<f64>::identity(2, 2),
            DVector::from_element(2, 1.0),
        );
        for value in [f64::NAN, f64::INFINITY] {
            let (mut bad_a, mut bad_b) = (a.clone(), b.clone());
            bad_a[(1, 0)] = value;
            bad_b[1] = value;
            assert!(matches!(
                solve(&bad_a, &b),
                Err(LinalgError::NonFinite {
                    row: 1,
                    column: 0,
                    ..
                })
            ));
            assert!(matches!(
                solve(&a, &bad_b),
                Err(LinalgError::NonFinite {
                    row: 1,
                    column: 0,
                    ..
                })
            ));
        }
    }

    #[test]
    fn extreme_systems_are_scaled() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
        let b = DVector::from_row_slice(&[5.0, 6.0]);
        let x = solve(&a, &b)?.x;
        for (p, q) in [(1000, 1000), (-1000, -1000), (-500, 500), (500, -500)] {
            let (p, q) = (2.0_f64.powi(p), 2.0_f64.powi(q));
            assert_eq!(solve(&(&a * p), &(&b * q))?.x, &x * (q / p));
        }
        let (tiny, huge) = (2.0_f64.powi(-1000), 2.0_f64.powi(1000));
        assert!(matches!(
            solve(&(&a * tiny), &(&b * huge)),
            Err(LinalgError::Overflow { .. })
        ));
        assert_eq!(solve(&(&a * huge), &(&b * tiny))?.x, DVector::zeros(2));
        Ok(())
    }

    #[test]
    fn single_precision_is_rounded_once() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(7, 7, |i, j| 1.0 / (i + j + 1) as f32);
        let b = DVector::from_element(7, 1.0_f32);
        let exact = solve(&a.map(f64::from), &b.map(f64::from))?.x;
        let solution = solve(&a, &b)?;
        assert_eq!(solution.x, exact.map(f32::from_f64));
        assert!(solution.backward_error <= f64::from(f32::EPSILON));
        Ok(())
    }

    /// Elimination doubles the last column at every step; n steps of that leave no digit.
    #[test]
    fn element_growth_gives_a_small_residual_or_an_error() {
        for n in [10, 40, 54, 60, 100] {
            let a = DMatrix::from_fn(n, n, |i, j| match (i, j) {
                (i, j) if i == j || j == n - 1 => 1.0,
                (i, j) if i > j => -1.0,
                _ => 0.0,
            });
            let b = DVector::from_fn(n, |i, _| (i as f64 * 0.7).sin());
            match solve(&a, &b) {
                Ok(solution) => assert!(solution.backward_error <= 10.0 * n as f64 * f64::EPSILON),
                Err(error) => assert!(
                    matches!(error, LinalgError::Inaccurate { found, bound, .. } if found > bound)
                ),
            }
        }
    }
}
