//! The condition number of a matrix.

use crate::checked::scaled::Scaled;
use crate::checked::tolerance::{count_above, noise};
use crate::error::LinalgError;
use crate::scalar::Scalar;
use crate::spectra::svd::Triples;
use nalgebra::DMatrix;

/// The condition number of a matrix: how much it can magnify a relative error.
///
/// ```math
/// \kappa_2(A) = \frac{\sigma_1}{\sigma_k} = \lVert A \rVert_2 \lVert A^+ \rVert_2, \qquad k = \min(m, n)
/// ```
///
/// The longest half axis of the ellipsoid that $`A`$ makes of the unit ball, over the shortest. Of the 16
/// digits of the data, a solution of $`A x = b`$ keeps about $`16 - \log_{10} \kappa`$.
///
/// # Shapes
///
/// `a: m × n`; the result is a scalar, in `f64` for every `T`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\kappa(A) \ge 1`$, and 1 for orthogonal $`A`$ | `orthogonal_matrices_have_condition_one` |
/// | $`\kappa(2^k A) = \kappa(A)`$, to the bit | `the_condition_number_does_not_depend_on_the_scale` |
/// | $`\kappa(A^{-1}) = \kappa(A) = \lVert A \rVert_2 \lVert A^{-1} \rVert_2`$ | `a_matrix_and_its_inverse_have_one_condition_number` |
/// | $`\kappa(A B) \le \kappa(A) \kappa(B)`$ | `condition_numbers_are_submultiplicative` |
/// | $`1 / \kappa_2(A)`$ is the relative distance to the nearest matrix of lower rank | `the_nearest_singular_matrix_is_as_far_as_the_condition_says` |
///
/// # Numerics
///
/// From the checked singular values in `f64`: the relative error is about $`10\,m\,n\,u\,\kappa`$. Infinite if
/// $`\sigma_k \le \max(m, n)\,\varepsilon\,\sigma_1`$ (with the $`\varepsilon`$ of `f64`, as
/// [`inverse`](crate::inverse)): such a matrix cannot be told from a singular one, and a quotient would be made of
/// rounding errors. The empty matrix has condition 1. `rcond` of a [`Solution`](crate::Solution) is the
/// same question in the norm 1, estimated at a tenth of the price.
///
/// # Errors
///
/// As [`svd`](crate::svd), except for `Overflow`.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{cond, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(2, 2, &[0.0, 2.0, 8.0, 0.0]);
/// assert!((cond(&a)? - 4.0).abs() < 1e-14); // 8 / 2
/// assert_eq!(cond(&DMatrix::from_element(2, 2, 0.1))?, f64::INFINITY);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §2.6.2; L. N. Trefethen and
/// D. Bau, *Numerical Linear Algebra* (1997), lecture 12.
#[doc(alias = "condition number")]
pub fn cond<T: Scalar>(a: &DMatrix<T>) -> Result<f64, LinalgError> {
    let sigma = Triples::new(&Scaled::new(a)?.matrix)?.sigma;
    let rank = count_above(&sigma, noise::<f64>(a.nrows(), a.ncols()));
    match (sigma.first(), sigma.last()) {
        (Some(largest), Some(smallest)) if rank == sigma.len() => Ok(largest / smallest),
        (Some(_), Some(_)) => Ok(f64::INFINITY),
        _ => Ok(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::cond;
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn empty_matrices_and_single_numbers_have_condition_one() {
        for (m, n) in [(0, 0), (0, 3), (3, 0)] {
            assert_eq!(cond(&DMatrix::<f64>::zeros(m, n)), Ok(1.0));
        }
        for x in [5e-324, -3.0, f64::MAX] {
            assert_eq!(cond(&DMatrix::from_element(1, 1, x)), Ok(1.0));
        }
        assert_eq!(cond(&DMatrix::from_element(1, 7, 0.1_f32)), Ok(1.0));
    }

    #[test]
    fn singular_matrices_have_no_finite_condition() {
        for a in [
            [0.0, 0.0, 0.0, 0.0],
            [1.0, 2.0, 2.0, 4.0],
            [0.1, 0.2, 0.3, 0.6],
        ] {
            let a = DMatrix::from_row_slice(2, 2, &a);
            assert_eq!(cond(&a), Ok(f64::INFINITY));
        }
    }

    #[test]
    fn diagonal_matrices_have_the_quotient_of_their_entries() -> Result<(), LinalgError> {
        for kappa in [1.0, 1e3, 1e9, 1e15] {
            let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[1.0 / kappa, -1.0]));
            assert!((cond(&a)? / kappa - 1.0).abs() < 4.0 * f64::EPSILON);
        }
        Ok(())
    }
}
