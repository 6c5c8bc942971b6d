//! The null space of a matrix.

use crate::checked::check::{at_most, frobenius, largest_entry, rounding, times};
use crate::checked::scaled::{Scaled, unscaled};
use crate::checked::size::check_size;
use crate::checked::tolerance::{check_tolerance, count_above};
use crate::error::LinalgError;
use crate::kernels::view::{columns_of, view};
use crate::scalar::Scalar;
use crate::spectra::rank::rank_tolerance;
use crate::spectra::svd::Triples;
use gradus_numeric::Shape;
use nalgebra::DMatrix;

/// An orthonormal basis of all vectors that a matrix sends to zero.
///
/// ```math
/// A N = 0, \qquad N^\top N = I
/// ```
///
/// The freedom in the solutions of $`A x = b`$: with one solution $`x`$, the others are $`x + N t`$. For data,
/// the linear dependences between its features.
///
/// # Shapes
///
/// `a: m × n`; the result is n × (n − r) with r the rank: no columns if only zero goes to zero.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A N = 0`$ | `the_null_space_goes_to_zero` |
/// | $`N^\top N = I`$ | `bases_of_subspaces_are_orthonormal` |
/// | rank + dim null = n | `rank_and_nullity_sum_to_the_number_of_columns` |
/// | it is perpendicular to the rows, and fills what they leave | `the_null_space_is_what_the_rows_leave` |
///
/// # Numerics
///
/// The right singular vectors of all $`\sigma_i \le \max(m, n)\,\varepsilon\,\sigma_1`$ (with the $`\varepsilon`$
/// of `T`, [`rank_tolerance`](crate::rank_tolerance)), by the checked decomposition in `f64`; $`A N = 0`$ is
/// checked within that tolerance and rounding. A basis is unique up to rotation.
///
/// # Errors
///
/// As [`svd`](crate::svd), except for `Overflow`; [`LinalgError::TooLarge`] if a square with as many columns is too large for
/// memory.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, null_space};
///
/// let a = DMatrix::from_row_slice(1, 2, &[4.0, -3.0]);
/// let n = null_space(&a)?; // ±(3, 4) / 5
/// assert_eq!(n.shape(), (2, 1));
/// assert!((n[(1, 0)] / n[(0, 0)] - 4.0_f64 / 3.0).abs() < 1e-14);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), corollary 2.4.6.
#[doc(alias = "kernel")]
pub fn null_space<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    null_space_within(a, rank_tolerance(a))
}

/// As [`null_space`], with a tolerance that you choose: vectors that go to no more than $`t \sigma_1`$ count as going to zero.
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
/// [`LinalgError::Domain`] unless the tolerance is 0 or larger; otherwise as [`null_space`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, null_space_within};
///
/// // A relation between two features that were measured to three digits.
/// let a = DMatrix::from_row_slice(3, 2, &[1.0, 2.001, 2.0, 3.999, 3.0, 6.0]);
/// assert_eq!(null_space_within(&a, 1e-3)?.ncols(), 1);
/// assert_eq!(null_space_within(&a, 1e-6)?.ncols(), 0);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`null_space`].
pub fn null_space_within<T: Scalar>(
    a: &DMatrix<T>,
    tolerance: f64,
) -> Result<DMatrix<T>, LinalgError> {
    check_tolerance(tolerance)?;
    let (m, n) = a.shape();
    check_size::<f64>("null_space", Shape::new(m.max(n), n))?;
    let a = Scaled::new(a)?.matrix;
    let triples = Triples::new(&with_rows(&a, m.max(n)))?;
    let rank = count_above(&triples.sigma, tolerance);
    let basis = columns_of(&triples.v, rank..n);
    at_most(
        "null_space, image of the basis",
        largest_entry(&times(view(&a), basis)),
        (tolerance + rounding(m, n)) * frobenius(&a),
    )?;
    unscaled(
        triples.v.columns(rank, n - rank).into_owned(),
        0,
        "null_space",
    )
}

/// The same matrix with rows of zeros below: then its thin decomposition has all of $`V`$.
fn with_rows(a: &DMatrix<f64>, m: usize) -> DMatrix<f64> {
    let entry = |i, j| if i < a.nrows() { a[(i, j)] } else { 0.0 };
    DMatrix::from_fn(m, a.ncols(), entry)
}

#[cfg(test)]
mod tests {
    use super::null_space;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn without_equations_everything_is_free() -> Result<(), LinalgError> {
        assert_eq!(null_space(&DMatrix::<f64>::zeros(0, 0))?.shape(), (0, 0));
        assert_eq!(null_space(&DMatrix::<f64>::zeros(3, 0))?.shape(), (0, 0));
        for m in [0, 1, 5] {
            let n = null_space(&DMatrix::<f64>::zeros(m, 3))?;
            assert_eq!(n.transpose() * &n, DMatrix::identity(3, 3));
        }
        Ok(())
    }

    #[test]
    fn independent_columns_leave_nothing() -> Result<(), LinalgError> {
        let tall = DMatrix::from_row_slice(3, 2, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(null_space(&tall)?.shape(), (2, 0));
        assert_eq!(null_space(&DMatrix::<f32>::identity(4, 4))?.shape(), (4, 0));
        Ok(())
    }

    /// Differences of neighbors: what they do not see is the constant vector.
    #[test]
    fn differences_lose_the_constant() -> Result<(), LinalgError> {
        let a = DMatrix::from_fn(4, 5, |i, j| match j.wrapping_sub(i) {
            0 => -1.0_f32,
            1 => 1.0,
            _ => 0.0,
        });
        let n = null_space(&a)?;
        assert_eq!(n.shape(), (5, 1));
        let size = 5.0_f32.sqrt().recip();
        assert!(
            n.iter()
                .all(|x| (x.abs() - size).abs() <= 2.0 * f32::EPSILON)
        );
        Ok(())
    }
}
