//! Systems with a symmetric positive definite matrix.

use crate::checked::check::{at_most, frobenius, ratio, rounding, times};
use crate::checked::scaled::Scaled;
use crate::checked::size::check_rows;
use crate::error::LinalgError;
use crate::factorizations::cholesky::{check_symmetric, cholesky};
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::view::view;
use crate::scalar::Scalar;
use faer::Par;
use faer::linalg::triangular_solve::{
    solve_lower_triangular_in_place, solve_upper_triangular_in_place,
};
use gradus_numeric::{Real, binary_exponent, ldexp};
use nalgebra::{DMatrix, DVector};

/// Solves a system with a symmetric positive definite matrix.
///
/// ```math
/// A x = b \quad \text{by} \quad A = L L^\top, \quad L y = b, \quad L^\top x = y
/// ```
///
/// The solution is the bottom of a bowl, $`\arg\min_x \tfrac12 x^\top A x - b^\top x`$: a Newton step with the
/// Hessian $`A`$, the mean of a Gaussian process, ridge regression with $`A = X^\top X + \lambda I`$.
///
/// # Shapes
///
/// `a: n × n`, `b: n`; the solution has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the backward error is of the order of rounding | `solutions_by_cholesky_have_a_small_backward_error` |
/// | $`A x = b`$ has one solution: that of [`solve`](crate::solve) | `two_ways_lead_to_one_solution` |
/// | $`D A D\, y = D b`$ with $`x = D y`$, for powers of two | `units_do_not_change_a_positive_definite_system` |
/// | what is not positive definite is refused | `a_saddle_is_no_bowl` |
///
/// # Numerics
///
/// In `f64`, from the lower triangle, on $`D A D`$ with powers of two in $`D`$ that bring the diagonal into
/// $`[1, 4)`$: units of measurement do not matter. Half the work of elimination, and no pivoting is needed. The
/// residual of that system is checked to be within $`10\,n^2 u\,(\lVert A \rVert_F \lVert x \rVert + \lVert b \rVert)`$. An
/// ill-conditioned matrix is no error; [`solve`](crate::solve) tells the condition.
///
/// # Errors
///
/// As [`cholesky`]; [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for an entry of `b`;
/// [`LinalgError::Overflow`] if an unknown is too large for `T`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, solve_positive_definite};
///
/// // 4 x + 2 y = 8 and 2 x + 10 y = 22
/// let a = DMatrix::from_row_slice(2, 2, &[4.0, 2.0, 2.0, 10.0]);
/// let x = solve_positive_definite(&a, &DVector::from_row_slice(&[8.0, 22.0]))?;
/// assert!((x[0] - 1.0_f64).abs() < 1e-15 && (x[1] - 2.0).abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), theorem 10.4, and §10.1 for the
/// scaling (van der Sluis, Demmel).
#[doc(alias = "cho_solve")]
#[doc(alias = "posv")]
pub fn solve_positive_definite<T: Scalar>(
    a: &DMatrix<T>,
    b: &DVector<T>,
) -> Result<DVector<T>, LinalgError> {
    let operation = "solve_positive_definite";
    check_rows(operation, a, b.len())?;
    let b = Scaled::named("b", &DMatrix::from_column_slice(b.len(), 1, b.as_slice()))?;
    let a = a.map(Real::to_f64);
    check_symmetric(&Scaled::new(&a)?, T::EPSILON.to_f64())?;
    let units = units(&a);
    let a = in_units(&a, &units);
    let l = cholesky(&a).map_err(|error| restored(error, &units))?;
    let (b, exponent) = right_hand_side(&b, &units);
    let x = substituted(&l, &b);
    check_backward_error(&a, &x, &b)?;
    let x = DVector::from_fn(units.len(), |i, _| {
        T::from_f64(ldexp(x[(i, 0)], exponent - units[i]))
    });
    if x.iter().all(|x| x.is_finite()) {
        Ok(x)
    } else {
        Err(LinalgError::Overflow { operation })
    }
}

/// The exponents $`e_i`$ with $`2^{-2 e_i} a_{ii}`$ in $`[1, 4)`$, if all other entries come near one too.
///
/// A positive definite matrix has $`\lvert a_{ij} \rvert < \sqrt{a_{ii} a_{jj}}`$; any other is left as it is, to be
/// refused.
fn units(a: &DMatrix<f64>) -> Vec<i32> {
    let n = a.nrows();
    let units: Vec<i32> = (0..n).map(|i| binary_exponent(a[(i, i)]) >> 1).collect();
    let is_small = |(i, j): (usize, usize)| {
        a[(i, j)] == 0.0 || binary_exponent(a[(i, j)]) - units[i] - units[j] < 2
    };
    let mut pairs = (0..n).flat_map(|j| (j..n).map(move |i| (i, j)));
    if pairs.all(is_small) {
        units
    } else {
        vec![0; n]
    }
}

/// $`2^{-e_i - e_j} a_{ij}`$, from the lower triangle.
fn in_units(a: &DMatrix<f64>, units: &[i32]) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), a.nrows(), |i, j| {
        ldexp(a[(i.max(j), i.min(j))], -units[i] - units[j])
    })
}

/// $`2^{-e_i} b_i = 2^e \hat b_i`$ with the largest entry of $`\hat b`$ in $`[1, 2)`$, and $`e`$.
fn right_hand_side(b: &Scaled, units: &[i32]) -> (DMatrix<f64>, i32) {
    let entries = (0..units.len()).filter(|&i| b.matrix[(i, 0)] != 0.0);
    let largest = entries
        .map(|i| binary_exponent(b.matrix[(i, 0)]) - units[i])
        .max();
    let e = largest.unwrap_or(0);
    let entry = |i: usize, _| ldexp(b.matrix[(i, 0)], -units[i] - e);
    (DMatrix::from_fn(units.len(), 1, entry), e + b.exponent)
}

/// The pivot in the units that were given.
fn restored(error: LinalgError, units: &[i32]) -> LinalgError {
    match error {
        LinalgError::NotPositiveDefinite { index, pivot } => {
            let pivot = ldexp(pivot, 2 * units[index]);
            LinalgError::NotPositiveDefinite { index, pivot }
        }
        other => other,
    }
}

/// $`x`$ with $`L L^\top x = b`$.
fn substituted(l: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut x = b.clone();
    solve_lower_triangular_in_place(faer(l), faer_mut(&mut x), Par::Seq);
    solve_upper_triangular_in_place(faer(l).transpose(), faer_mut(&mut x), Par::Seq);
    x
}

/// $`\lVert b - A x \rVert \le t\,(\lVert A \rVert_F \lVert x \rVert + \lVert b \rVert)`$.
fn check_backward_error(
    a: &DMatrix<f64>,
    x: &DMatrix<f64>,
    b: &DMatrix<f64>,
) -> Result<(), LinalgError> {
    let norm = |x: &DMatrix<f64>| frobenius(x);
    let residual = norm(&(b - times(view(a), view(x))));
    let found = ratio(residual, norm(a) * norm(x) + norm(b));
    let operation = "solve_positive_definite, backward error";
    at_most(operation, found, rounding(b.nrows(), b.nrows()))
}

#[cfg(test)]
mod tests {
    use super::solve_positive_definite;
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn small_systems_have_their_solution() -> Result<(), LinalgError> {
        let nothing = solve_positive_definite(&DMatrix::<f64>::zeros(0, 0), &DVector::zeros(0))?;
        assert_eq!(nothing.len(), 0);
        let one = DMatrix::from_element(1, 1, 4.0_f32);
        assert_eq!(
            solve_positive_definite(&one, &DVector::from_element(1, 2.0))?[0],
            0.5
        );
        // 2 x − y = 1, −x + 2 y − z = 0, −y + 2 z = 1
        let a = [2.0, -1.0, 0.0, -1.0, 2.0, -1.0, 0.0, -1.0, 2.0];
        let a = DMatrix::<f64>::from_row_slice(3, 3, &a);
        let x = solve_positive_definite(&a, &DVector::from_row_slice(&[1.0, 0.0, 1.0]))?;
        assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-15));
        assert_eq!(
            solve_positive_definite(&a, &DVector::zeros(3))?,
            DVector::zeros(3)
        );
        Ok(())
    }

    #[test]
    fn every_unknown_may_have_its_own_unit() -> Result<(), LinalgError> {
        let units = [2.0_f64.powi(-480), 1.0, 2.0_f64.powi(480)];
        let a = [4.0, 1.0, 1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 4.0];
        let a = DMatrix::from_fn(3, 3, |i, j| a[3 * i + j] * units[i] * units[j]);
        let b = DVector::from_fn(3, |i, _| 6.0 * units[i]);
        let x = solve_positive_definite(&a, &b)?;
        for (x, unit) in x.iter().zip(units) {
            assert!((x * unit - 1.0).abs() < 1e-15, "{x:e}");
        }
        Ok(())
    }

    #[test]
    fn what_is_not_positive_definite_is_refused_with_its_pivot() {
        let refused = |entries: [f64; 4], index: usize, pivot: f64| {
            let a = DMatrix::from_row_slice(2, 2, &entries);
            let expected = LinalgError::NotPositiveDefinite { index, pivot };
            assert_eq!(
                solve_positive_definite(&a, &DVector::zeros(2)),
                Err(expected)
            );
        };
        refused([0.0, 0.0, 0.0, 1.0], 0, 0.0);
        refused([64.0, 128.0, 128.0, 64.0], 1, -192.0);
        refused([64.0, 64.0, 64.0, 64.0], 1, 0.0);
        refused([-64.0, 1.0, 1.0, 64.0], 0, -64.0);
        let (tiny, huge) = (2.0_f64.powi(-1000), 2.0_f64.powi(1000));
        refused([tiny, 1.0, 1.0, 0.0], 1, -huge);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (mut a, mut b) = (DMatrix::<f64>::identity(2, 2), DVector::zeros(2));
        assert!(matches!(
            solve_positive_definite(&a, &DVector::zeros(3)),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        assert!(matches!(
            solve_positive_definite(&DMatrix::<f64>::zeros(2, 3), &b),
            Err(LinalgError::NotSquare { .. })
        ));
        b[1] = f64::NEG_INFINITY;
        assert!(matches!(
            solve_positive_definite(&a, &b),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
        a[(0, 1)] = f64::NAN;
        assert!(matches!(
            solve_positive_definite(&a, &DVector::zeros(2)),
            Err(LinalgError::NonFinite {
                row: 0,
                column: 1,
                ..
            })
        ));
        a[(0, 1)] = 0.5;
        assert!(matches!(
            solve_positive_definite(&a, &DVector::zeros(2)),
            Err(LinalgError::NotSymmetric {
                row: 1,
                column: 0,
                ..
            })
        ));
    }

    #[test]
    fn extreme_sizes_keep_their_digits() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[4.0, 1.0, 1.0, 3.0]);
        let b = DVector::from_row_slice(&[1.0, 2.0]);
        let x = solve_positive_definite(&a, &b)?;
        let (tiny, huge) = (2.0_f64.powi(-1000), 2.0_f64.powi(1000));
        for size in [tiny, huge] {
            assert_eq!(solve_positive_definite(&(&a * size), &(&b * size))?, x);
        }
        assert!(matches!(
            solve_positive_definite(&(&a * tiny), &(&b * huge)),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }
}
