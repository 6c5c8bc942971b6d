//! Orthogonal projection on the columns of a matrix.

use crate::checked::check::{at_most, frobenius, largest_entry, rounding, times};
use crate::checked::scaled::{Scaled, unscaled};
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::{shape, view};
use crate::scalar::Scalar;
use crate::spectra::range::column_basis;
use crate::spectra::rank::rank_tolerance;
use gradus_numeric::Shape;
use nalgebra::{DMatrix, DVector};

/// The matrix that projects orthogonally on the span of the columns of a matrix.
///
/// ```math
/// P = Q Q^\top = A A^+, \qquad P^2 = P = P^\top
/// ```
///
/// $`P b`$ is the point of the span nearest to $`b`$; $`I - P`$ projects on what is perpendicular to all columns.
/// Regression calls it the hat matrix, for it puts the hat on $`y`$. To project one vector, [`project`] needs
/// less memory.
///
/// # Shapes
///
/// `a: m × n`; the result is m × m.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`P^2 = P = P^\top`$, $`P (I - P) = 0`$ | `a_projector_is_symmetric_and_idempotent` |
/// | $`\operatorname{tr} P = \operatorname{rank} A`$ | `the_trace_of_a_projector_is_the_rank` |
/// | $`P A = A`$ | `a_projector_keeps_the_columns` |
///
/// # Numerics
///
/// From an orthonormal basis of the [`range`](crate::range()) in `f64`; symmetric to the bit, and checked to
/// be idempotent. $`A (A^\top A)^{-1} A^\top`$ would square the condition and fail for dependent columns.
///
/// # Errors
///
/// [`LinalgError::TooLarge`] if the result has more entries than memory can hold; otherwise as
/// [`range`](crate::range()).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, projector};
///
/// let p = projector(&DMatrix::from_column_slice(2, 1, &[3.0, 4.0]))?;
/// let expected = DMatrix::from_row_slice(2, 2, &[0.36, 0.48, 0.48, 0.64]); // a aᵀ / 25
/// assert!(p.iter().zip(&expected).all(|(p, e): (&f64, &f64)| (p - e).abs() < 1e-15));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// L. N. Trefethen and D. Bau, *Numerical Linear Algebra* (1997), lecture 6; M. P. Deisenroth, A. A. Faisal
/// and C. S. Ong, *Mathematics for Machine Learning* (2020), §3.8.
#[doc(alias = "hat matrix")]
pub fn projector<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    let m = a.nrows();
    check_size::<f64>("projector", Shape::new(m, m))?;
    let q = column_basis(a, rank_tolerance(a))?;
    let product = times(view(&q), view(&q).transposed());
    let p = DMatrix::from_fn(m, m, |i, j| product[(i.max(j), i.min(j))]);
    at_most(
        "projector, P P - P",
        largest_entry(&(times(view(&p), view(&p)) - &p)),
        rounding(m, m),
    )?;
    unscaled(p, 0, "projector")
}

/// The point of the span of the columns of a matrix that is nearest to a vector.
///
/// ```math
/// p = Q Q^\top b, \qquad A^\top (b - p) = 0
/// ```
///
/// The foot of the perpendicular from $`b`$. [`least_squares`](crate::least_squares()) gives its coordinates
/// in the columns, $`p = A x`$.
///
/// # Shapes
///
/// `a: m × n`, `b: m`; the result has m entries.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`b - p`$ is perpendicular to every column | `what_a_projection_leaves_is_perpendicular` |
/// | $`p = P b`$, and projecting again changes nothing | `projecting_twice_is_projecting_once` |
/// | $`\lVert p \rVert^2 + \lVert b - p \rVert^2 = \lVert b \rVert^2`$ | `a_projection_obeys_pythagoras` |
///
/// # Numerics
///
/// Both factors of two products are orthonormal, so the error is a few roundings of $`\lVert b \rVert`$, whatever
/// the condition of $`A`$. $`Q^\top (b - p) = 0`$ is checked.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`]; [`LinalgError::NonFinite`] for a NaN or infinite entry of `a` or `b`;
/// [`LinalgError::Overflow`] if an entry is too large for `T`; otherwise as [`range`](crate::range()).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::{DMatrix, DVector}, project};
///
/// let diagonal = DMatrix::from_column_slice(2, 1, &[1.0, 1.0]);
/// let p = project(&diagonal, &DVector::from_row_slice(&[1.0, 3.0]))?;
/// assert!((p[0] - 2.0_f64).abs() < 1e-15 && (p[1] - 2.0).abs() < 1e-15); // the mean
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`projector`].
pub fn project<T: Scalar>(a: &DMatrix<T>, b: &DVector<T>) -> Result<DVector<T>, LinalgError> {
    let operation = "project";
    let (left, right) = (shape(a), Shape::new(b.len(), 1));
    if left.rows != right.rows {
        return Err(LinalgError::ShapeMismatch {
            operation,
            left,
            right,
        });
    }
    let q = column_basis(a, rank_tolerance(a))?;
    let b = Scaled::named("b", &DMatrix::from_column_slice(b.len(), 1, b.as_slice()))?;
    let p = times(
        view(&q),
        view(&times(view(&q).transposed(), view(&b.matrix))),
    );
    let left = times(view(&q).transposed(), view(&(&b.matrix - &p)));
    at_most(
        "project, angle of the rest and the columns",
        frobenius(&left),
        2.0 * rounding(q.nrows(), q.ncols()) * frobenius(&b.matrix),
    )?;
    Ok(unscaled(p, b.exponent, operation)?.column(0).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{project, projector};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn on_nothing_everything_is_projected_to_zero() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0), (3, 2)] {
            let a = DMatrix::<f64>::zeros(m, n);
            assert_eq!(projector(&a)?, DMatrix::zeros(m, m));
            assert_eq!(
                project(&a, &DVector::from_element(m, 1.0))?,
                DVector::zeros(m)
            );
        }
        Ok(())
    }

    #[test]
    fn on_everything_nothing_moves() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 3, &[1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let moved = projector(&a)? - DMatrix::identity(2, 2);
        assert!(moved.iter().all(|x| x.abs() < 8.0 * f32::EPSILON));
        let b = DVector::from_row_slice(&[f32::MAX, 1e-30]);
        let p = project(&a, &b)?;
        assert!((p[0] / f32::MAX - 1.0).abs() <= f32::EPSILON);
        Ok(())
    }

    #[test]
    fn shapes_must_fit_and_entries_be_finite() {
        let a = DMatrix::<f64>::identity(2, 2);
        assert!(matches!(
            project(&a, &DVector::zeros(3)),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        let b = DVector::from_row_slice(&[1.0, f64::NAN]);
        assert!(matches!(
            project(&a, &b),
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
        let tall = DMatrix::<f64>::zeros(usize::MAX, 0);
        assert!(matches!(
            projector(&tall),
            Err(LinalgError::TooLarge { .. })
        ));
    }
}
