//! Systems with a triangular matrix.

use crate::checked::check::{at_most, ratio, rounding};
use crate::checked::scaled::{Scaled, unscaled};
use crate::checked::size::check_rows;
use crate::error::LinalgError;
use crate::kernels::vector::{add_multiple, for_length, largest};
use crate::kernels::view::{column, column_mut, columns};
use crate::scalar::Scalar;
use nalgebra::{DMatrix, DVector};

/// Which half of a matrix is meant; the other half is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Triangle {
    /// On and below the diagonal.
    Lower,
    /// Below the diagonal, which counts as 1.
    UnitLower,
    /// On and above the diagonal.
    Upper,
    /// Above the diagonal, which counts as 1.
    UnitUpper,
}

/// Solves a system with a triangular matrix by substitution.
///
/// ```math
/// x_i = \frac{1}{t_{ii}} \Bigl( b_i - \sum_{j < i} t_{ij} x_j \Bigr) \text{ (lower)}, \qquad
/// x_i = \frac{1}{t_{ii}} \Bigl( b_i - \sum_{j > i} t_{ij} x_j \Bigr) \text{ (upper)}
/// ```
///
/// What every factorization leads to: each equation has one unknown more than the one before.
///
/// # Shapes
///
/// `t: n × n`, `b: n`; the solution has n entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`T x = b`$ | `substitution_solves_triangular_systems` |
///
/// # Numerics
///
/// In `f64` on $`2^{-e} T`$, column by column; the backward error is checked to be within $`10\,n\,u`$.
///
/// # Errors
///
/// [`LinalgError::NotSquare`], [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for an entry of the
/// triangle or of `b`; [`LinalgError::Singular`] if an entry of the diagonal is 0, or $`10^{308}`$ times smaller than the
/// largest of the triangle; [`LinalgError::Overflow`] if an unknown is too large for the number type.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Triangle, nalgebra::{DMatrix, DVector}, solve_triangular};
///
/// // 2 x = 4 and 3 x + 4 y = 2; the 9 is not read
/// let t = DMatrix::from_row_slice(2, 2, &[2.0, 9.0, 3.0, 4.0]);
/// let x = solve_triangular(&t, &DVector::from_row_slice(&[4.0, 2.0]), Triangle::Lower)?;
/// assert_eq!(x, DVector::from_row_slice(&[2.0, -1.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), algorithm 8.1, theorem 8.5.
#[doc(alias = "forward substitution")]
#[doc(alias = "back substitution")]
pub fn solve_triangular<T: Scalar>(
    t: &DMatrix<T>,
    b: &DVector<T>,
    triangle: Triangle,
) -> Result<DVector<T>, LinalgError> {
    let operation = "solve_triangular";
    check_rows(operation, t, b.len())?;
    let t = Scaled::named("t", &half(t, triangle))?;
    let b = Scaled::named("b", &DMatrix::from_column_slice(b.len(), 1, b.as_slice()))?;
    if (0..t.matrix.nrows()).any(|i| t.matrix[(i, i)] == 0.0) {
        return Err(LinalgError::Singular { rcond: 0.0 });
    }
    let x = substituted(&t.matrix, column(&b.matrix, 0), triangle);
    if largest(&x).is_nan() {
        return Err(LinalgError::Overflow { operation });
    }
    let x = DMatrix::from_vec(x.len(), 1, x);
    check_backward_error(&t.matrix, &x, &b.matrix)?;
    let given = unscaled(x, b.exponent - t.exponent, operation)?;
    Ok(given.column(0).into_owned())
}

/// The triangle with zeros in the other half.
fn half<T: Scalar>(t: &DMatrix<T>, triangle: Triangle) -> DMatrix<T> {
    let (zero, one) = (T::from_f64(0.0), T::from_f64(1.0));
    let mut half = DMatrix::from_element(t.nrows(), t.ncols(), zero);
    for (j, t) in columns(t).enumerate() {
        let kept = match triangle {
            Triangle::Lower | Triangle::UnitLower => j..t.len(),
            Triangle::Upper | Triangle::UnitUpper => 0..j + 1,
        };
        column_mut(&mut half, j)[kept.clone()].copy_from_slice(&t[kept]);
        if matches!(triangle, Triangle::UnitLower | Triangle::UnitUpper) {
            half[(j, j)] = one;
        }
    }
    half
}

/// Each unknown, once found, is taken out of the equations that are left.
fn substituted(t: &DMatrix<f64>, b: &[f64], triangle: Triangle) -> Vec<f64> {
    let (mut x, n) = (b.to_vec(), b.len());
    for_length(
        n,
        #[inline(always)]
        || match triangle {
            Triangle::Lower | Triangle::UnitLower => {
                for (j, t) in columns(t).enumerate() {
                    x[j] /= t[j];
                    let (known, rest) = x.split_at_mut(j + 1);
                    add_multiple(rest, -known[j], &t[j + 1..]);
                }
            }
            Triangle::Upper | Triangle::UnitUpper => {
                for (j, t) in columns(t).enumerate().rev() {
                    x[j] /= t[j];
                    let (rest, known) = x.split_at_mut(j);
                    add_multiple(rest, -known[0], &t[..j]);
                }
            }
        },
    );
    x
}

/// $`\lVert b - T x \rVert_\infty \le t (\lVert T \rVert_\infty \lVert x \rVert_\infty + \lVert b \rVert_\infty)`$.
fn check_backward_error(
    t: &DMatrix<f64>,
    x: &DMatrix<f64>,
    b: &DMatrix<f64>,
) -> Result<(), LinalgError> {
    let (x, b) = (column(x, 0), column(b, 0));
    // An unknown near the end of the range would overflow its products.
    let size = largest(x).max(1.0);
    let mut residual: Vec<f64> = b.iter().map(|b| b / size).collect();
    let mut row_sums = vec![0.0; x.len()];
    for_length(
        x.len(),
        #[inline(always)]
        || {
            for (t, x) in columns(t).zip(x) {
                add_multiple(&mut residual, -x / size, t);
                row_sums
                    .iter_mut()
                    .zip(t)
                    .for_each(|(sum, t)| *sum += t.abs());
            }
        },
    );
    let scale = largest(&row_sums) * (largest(x) / size) + largest(b) / size;
    let found = ratio(largest(&residual), scale);
    at_most(
        "solve_triangular, backward error",
        found,
        rounding(x.len(), 1),
    )
}

#[cfg(test)]
mod tests {
    use super::{Triangle, solve_triangular};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn each_triangle_is_read_and_no_other_entry() -> Result<(), LinalgError> {
        let nan = f64::NAN;
        let lower = DMatrix::from_row_slice(2, 2, &[2.0, nan, 4.0, 5.0]);
        let upper = DMatrix::from_row_slice(2, 2, &[2.0, 4.0, nan, 5.0]);
        let b = DVector::from_row_slice(&[4.0, 10.0]);
        let x =
            |t: &DMatrix<f64>, triangle| solve_triangular(t, &b, triangle).map(|x| (x[0], x[1]));
        assert_eq!(x(&lower, Triangle::Lower)?, (2.0, 0.4));
        assert_eq!(x(&lower, Triangle::UnitLower)?, (4.0, -6.0));
        assert_eq!(x(&upper, Triangle::Upper)?, (-2.0, 2.0));
        assert_eq!(x(&upper, Triangle::UnitUpper)?, (-36.0, 10.0));
        assert!(matches!(
            x(&lower, Triangle::Upper),
            Err(LinalgError::NonFinite {
                row: 0,
                column: 1,
                ..
            })
        ));
        Ok(())
    }

    #[test]
    fn a_zero_on_the_diagonal_is_singular_unless_it_counts_as_one() -> Result<(), LinalgError> {
        let t = DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 3.0, 0.0]);
        let b = DVector::from_row_slice(&[1.0, 5.0]);
        assert!(matches!(
            solve_triangular(&t, &b, Triangle::Lower),
            Err(LinalgError::Singular { .. })
        ));
        let x = solve_triangular(&t, &b, Triangle::UnitLower)?;
        assert_eq!(x, DVector::from_row_slice(&[1.0, 2.0]));
        let none = solve_triangular(
            &DMatrix::<f32>::zeros(0, 0),
            &DVector::zeros(0),
            Triangle::Upper,
        )?;
        assert_eq!(none.len(), 0);
        Ok(())
    }

    #[test]
    fn unknowns_beyond_the_range_are_an_error() {
        let t = DMatrix::from_diagonal_element(2, 2, 1e-300);
        let b = DVector::from_element(2, 1e300);
        assert!(matches!(
            solve_triangular(&t, &b, Triangle::Lower),
            Err(LinalgError::Overflow { .. })
        ));
        let growing = DMatrix::from_fn(400, 400, |i, j| if i == j { 1.0 } else { -1000.0 });
        let b = DVector::from_element(400, 1.0);
        assert!(matches!(
            solve_triangular(&growing, &b, Triangle::Upper),
            Err(LinalgError::Overflow { .. })
        ));
    }
}
