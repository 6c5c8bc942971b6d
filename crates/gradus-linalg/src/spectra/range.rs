//! The range of a matrix.

use crate::checked::check::{at_most, frobenius, largest_entry, rounding, times};
use crate::checked::scaled::{Scaled, unscaled};
use crate::checked::tolerance::{check_tolerance, count_above};
use crate::error::LinalgError;
use crate::kernels::view::{columns_of, view};
use crate::scalar::Scalar;
use crate::spectra::rank::rank_tolerance;
use crate::spectra::svd::Triples;
use nalgebra::DMatrix;

/// An orthonormal basis of what the columns of a matrix span.
///
/// ```math
/// \operatorname{range} A = \{ A x \} = \operatorname{range} Q, \qquad Q^\top Q = I
/// ```
///
/// All right-hand sides for which $`A x = b`$ has a solution. The basis is sorted: the first k columns come
/// nearest to all of $`A`$ among all k-dimensional subspaces.
///
/// # Shapes
///
/// `a: m × n`; the result is m × r with r the rank.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q Q^\top A = A`$ | `the_range_contains_every_column` |
/// | $`Q^\top Q = I`$ | `bases_of_subspaces_are_orthonormal` |
/// | $`\operatorname{range} A \perp \operatorname{null} A^\top`$, together they are everything | `the_null_space_is_what_the_rows_leave` |
///
/// # Numerics
///
/// The left singular vectors of all $`\sigma_i > \max(m, n)\,\varepsilon\,\sigma_1`$ (with the $`\varepsilon`$ of
/// `T`, [`rank_tolerance`](crate::rank_tolerance)), by the checked decomposition in `f64`;
/// $`Q Q^\top A = A`$ is checked within that tolerance and rounding. A basis is unique up to rotation.
///
/// # Errors
///
/// As [`svd`](crate::svd), except for `Overflow`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, range};
///
/// let a = DMatrix::from_row_slice(2, 3, &[3.0, 6.0, -3.0, 4.0, 8.0, -4.0]);
/// let q = range(&a)?; // every column is a multiple of (3, 4)
/// assert_eq!(q.shape(), (2, 1));
/// assert!((q[(1, 0)] / q[(0, 0)] - 4.0_f64 / 3.0).abs() < 1e-14);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), corollary 2.4.6.
#[doc(alias = "column space")]
#[doc(alias = "image")]
#[doc(alias = "orth")]
pub fn range<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    range_within(a, rank_tolerance(a))
}

/// As [`range`], with a tolerance that you choose: directions that columns reach by no more than $`t \sigma_1`$ are left out.
///
/// The singular values are those of the matrix as it is: bring columns in different units to one unit first.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a larger tolerance gives a larger null space and a smaller range | `subspaces_change_with_the_tolerance` |
///
/// # Errors
///
/// [`LinalgError::Domain`] unless the tolerance is 0 or larger; otherwise as [`range`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, range_within};
///
/// let a = DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 1e-4]);
/// assert_eq!(range_within(&a, 1e-3)?.shape(), (2, 1));
/// assert_eq!(range_within(&a, 1e-5)?.shape(), (2, 2));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`range`].
pub fn range_within<T: Scalar>(a: &DMatrix<T>, tolerance: f64) -> Result<DMatrix<T>, LinalgError> {
    check_tolerance(tolerance)?;
    unscaled(column_basis(a, tolerance)?, 0, "range")
}

/// [`range_within`] in `f64`.
pub(crate) fn column_basis<T: Scalar>(
    a: &DMatrix<T>,
    tolerance: f64,
) -> Result<DMatrix<f64>, LinalgError> {
    let a = Scaled::new(a)?.matrix;
    let (m, n) = a.shape();
    let triples = Triples::new(&a)?;
    let rank = count_above(&triples.sigma, tolerance);
    let basis = columns_of(&triples.u, 0..rank);
    let missed = &a - times(basis, view(&times(basis.transposed(), view(&a))));
    at_most(
        "range, what it misses",
        largest_entry(&missed),
        (tolerance + 2.0 * rounding(m, n)) * frobenius(&a),
    )?;
    Ok(triples.u.columns(0, rank).into_owned())
}

#[cfg(test)]
mod tests {
    use super::range;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn zero_and_nothing_span_nothing() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0), (3, 2)] {
            assert_eq!(range(&DMatrix::<f64>::zeros(m, n))?.shape(), (m, 0));
        }
        Ok(())
    }

    #[test]
    fn a_column_spans_its_direction() -> Result<(), LinalgError> {
        for size in [1e-300_f64, 1.0, 1e300] {
            let q = range(&DMatrix::from_column_slice(2, 1, &[3.0 * size, 4.0 * size]))?;
            assert!((q[(0, 0)].abs() - 0.6).abs() < 4.0 * f64::EPSILON);
        }
        Ok(())
    }

    #[test]
    fn the_tolerance_is_that_of_the_number_type() -> Result<(), LinalgError> {
        let nearly = [1.0, 1.0, 1.0, 1.0 + 1e-9];
        let a = DMatrix::from_row_slice(2, 2, &nearly);
        assert_eq!(range(&a)?.ncols(), 2);
        let single = DMatrix::from_row_slice(2, 2, &[1.0_f32, 1.0, 1.0, 1.0 + f32::EPSILON]);
        assert_eq!(range(&single)?.ncols(), 1);
        Ok(())
    }
}
