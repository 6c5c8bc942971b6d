//! Systems of linear equations.

use crate::checked::size::check_rows;
use crate::error::LinalgError;
use crate::scalar::Scalar;
use crate::systems::lu_factors::LuFactors;
use crate::systems::solution::Solution;
use crate::systems::system::{Residual, System};
use nalgebra::{DMatrix, DVector};

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
/// | also with rows and columns in units of their own | `solutions_have_a_small_backward_error_in_any_units` |
/// | the forward error is at most condition × backward error | `solutions_err_by_condition_times_rounding` |
/// | the error is within its bound | `the_error_is_within_its_bound` |
/// | `rcond` is the reciprocal condition or up to ten times that | `the_condition_is_estimated_within_a_factor_of_ten` |
/// | `solve(A, A x) = x` for small integers | `solving_undoes_multiplying` |
///
/// # Numerics
///
/// Gaussian elimination with partial pivoting in `f64` on $`2^{-e} A`$, with iterative refinement where the
/// first residual is not small; on one thread. Rows or columns that differ by more than $`2^{30}`$ in size are
/// first brought to the same size by powers of two; then `rcond` and the errors are those of that system. The
/// checks cost $`O(n^2)`$. [`solve_refined`] finds more digits. An ill-conditioned matrix is not an error: the answer
/// carries `rcond`. At $`\text{rcond} \le n \varepsilon`$ (with the $`\varepsilon`$ of `f64`) rounding alone may have made
/// the matrix invertible and no digit of an answer is certain: it counts as singular, as it does for
/// [`inverse`](crate::inverse()). See [`least_squares`](crate::least_squares) for singular and rectangular systems.
///
/// # Errors
///
/// [`LinalgError::NotSquare`], [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for a NaN or
/// infinite entry; [`LinalgError::Singular`] if a pivot vanishes or the matrix cannot be told from a singular one;
/// [`LinalgError::Overflow`] if an entry of
/// the solution is too large for `T`; [`LinalgError::Inaccurate`] if the residual stays too large (entries
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
/// assert!(solution.backward_error < 1e-15 && solution.error_bound < 1e-13);
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
    let system = System::new("solve", a, b.as_slice(), 1)?;
    let lu = LuFactors::new(system.a());
    Ok(system
        .solution(&lu, Residual::Working)?
        .map(DVector::from_vec))
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
    let (n, k) = b.shape();
    check_rows("solve", a, n)?;
    if n == 0 {
        let none = solve(a, &DVector::from_vec(vec![]))?;
        return Ok(none.map(|_| DMatrix::from_vec(0, k, vec![])));
    }
    let system = System::new("solve", a, b.as_slice(), k)?;
    let lu = LuFactors::new(system.a());
    let solution = system.solution(&lu, Residual::Working)?;
    Ok(solution.map(|x| DMatrix::from_vec(n, k, x)))
}

/// Solves a system of linear equations to nearly all digits.
///
/// As [`solve`], and then corrects the solution as long as that helps, by the solution of
/// $`A d = b - A x`$ with a residual computed in twice the precision.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the error is of the order of rounding, whatever the condition | `refined_solutions_have_nearly_all_digits` |
///
/// # Numerics
///
/// Every step gains about as many digits as `rcond` promises, so that an `x` of the last digit but one is
/// reached as long as the matrix can be told from a singular one. It is exact for `a` and `b` as they are
/// stored: 0.1 is not one tenth.
///
/// # Errors
///
/// As [`solve`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, solve, solve_refined};
///
/// // 840 times Hilbert's matrix of order 8, times 27 720 / 840 to make its entries whole: condition 10¹⁰.
/// let a = DMatrix::from_fn(8, 8, |i, j| 360_360.0 / (i + j + 1) as f64);
/// let b = DVector::from_fn(8, |i, _| a.row(i).sum());
/// assert!(solve(&a, &b)?.error_bound < 1e-4);
/// let refined = solve_refined(&a, &b)?;
/// assert!(refined.error_bound < 1e-15);
/// assert!(refined.x.iter().all(|x: &f64| (x - 1.0).abs() < 1e-15));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// Higham (2002), §12.1, theorem 12.1 (mixed precision iterative refinement).
#[doc(alias = "iterative refinement")]
pub fn solve_refined<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
) -> Result<Solution<DVector<T>>, LinalgError> {
    let system = System::new("solve_refined", a, b.as_slice(), 1)?;
    let lu = LuFactors::new(system.a());
    Ok(system
        .solution(&lu, Residual::Twice)?
        .map(DVector::from_vec))
}

#[cfg(test)]
mod tests {
    use super::{solve, solve_columns, solve_refined};
    use crate::error::LinalgError;
    use crate::systems::eliminate::eliminate;
    use crate::systems::inverse::inverse;
    use gradus_numeric::{Real, norm1};
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
        for a in [[0.0, 0.0, 0.0, 0.0], [1.0, 2.0, 2.0, 4.0]] {
            let a = DMatrix::from_row_slice(2, 2, &a);
            let b = DVector::from_element(2, 1.0);
            assert!(
                matches!(solve(&a, &b), Err(LinalgError::Singular { rcond }) if rcond < 1e-290)
            );
        }
    }

    /// Rows and columns are brought to one size before anything is called singular.
    #[test]
    fn a_matrix_is_not_singular_for_its_units() -> Result<(), LinalgError> {
        let diagonal = DMatrix::from_row_slice(2, 2, &[1e200, 0.0, 0.0, 1e-200]);
        let solution = solve(&diagonal, &DVector::from_row_slice(&[2e200, 3e-200]))?;
        assert_eq!(solution.x, DVector::from_row_slice(&[2.0, 3.0]));
        // Powers of two only: the diagonal becomes 1.3… and 1.6….
        assert!(solution.rcond > 0.5 && solution.backward_error == 0.0);
        let a = DMatrix::from_row_slice(2, 2, &[1e-320, 0.0, 0.0, 1.0]);
        assert!(matches!(
            solve(&a, &DVector::from_element(2, 1.0)),
            Err(LinalgError::Overflow { .. })
        ));
        let units = [1e-250_f64, 1.0, 1e250];
        let a = DMatrix::from_row_slice(3, 3, &[4.0, 1.0, 2.0, 1.0, 5.0, 3.0, 2.0, 3.0, 6.0]);
        let scaled = DMatrix::from_fn(3, 3, |i, j| a[(i, j)] * units[i] * units[2 - j].powf(0.2));
        let b = DVector::from_fn(3, |i, _| scaled[(i, 1)]);
        let x = solve(&scaled, &b)?.x;
        assert!((x[1] - 1.0).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn refinement_finds_the_last_digits() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(8, 8, |i, j| 360_360.0 / (i + j + 1) as f64);
        let b = DVector::from_fn(8, |i, _| a.row(i).sum());
        let ones = DVector::from_element(8, 1.0);
        let (plain, refined) = (solve(&a, &b)?, solve_refined(&a, &b)?);
        assert!(refined.rcond < 1e-9 && refined.error_bound < 1e-15);
        assert_eq!(refined.x, ones);
        let error = norm1((plain.x - ones).as_slice()) / 8.0;
        assert!(error > 1e-10 && error <= plain.error_bound && plain.error_bound < 1e-3);
        Ok(())
    }

    #[test]
    fn ill_conditioned_matrices_are_reported() -> Result<(), LinalgError> {
        let hilbert = |n| DMatrix::from_fn(n, n, |i, j| 1.0 / (i + j + 1) as f64);
        let solution = solve(&hilbert(10), &DVector::from_element(10, 1.0))?;
        assert!(solution.rcond < 1e-12 && solution.error_bound < 1.0);
        let refused = solve(&hilbert(13), &DVector::from_element(13, 1.0));
        assert!(
            matches!(refused, Err(LinalgError::Singular { rcond }) if rcond < 13.0 * f64::EPSILON)
        );
        Ok(())
    }

    /// The magic square of order 4 has rank 3; elimination leaves a last pivot of rounding errors.
    #[test]
    fn one_rule_says_what_is_singular() {
        let magic = [
            16.0, 2.0, 3.0, 13.0, 5.0, 11.0, 10.0, 8.0, 9.0, 7.0, 6.0, 12.0, 4.0, 14.0, 15.0, 1.0,
        ];
        let a = DMatrix::<f64>::from_row_slice(4, 4, &magic);
        let b = DVector::from_element(4, 34.0);
        let answers = [
            solve(&a, &b).err(),
            solve_refined(&a, &b).err(),
            eliminate(&a, &b, |_| {}).err(),
            solve_columns(&a, &DMatrix::identity(4, 4)).err(),
            inverse(&a).err(),
        ];
        for answer in answers {
            assert!(
                matches!(answer, Some(LinalgError::Singular { rcond }) if rcond < 4.0 * f64::EPSILON),
                "{answer:?}"
            );
        }
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
                    argument: "a",
                    row: 1,
                    column: 0,
                    ..
                })
            ));
            assert!(matches!(
                solve(&a, &bad_b),
                Err(LinalgError::NonFinite {
                    argument: "b",
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
