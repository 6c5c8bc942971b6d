//! The pseudo-inverse of a matrix.

use crate::checked::check::{at_most, frobenius, rounding, times};
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

/// The pseudo-inverse of a matrix of any shape and rank (Moore and Penrose).
///
/// ```math
/// A^+ = V_r \Sigma_r^{-1} U_r^\top: \qquad
/// A A^+ A = A, \quad A^+ A A^+ = A^+, \quad (A A^+)^\top = A A^+, \quad (A^+ A)^\top = A^+ A
/// ```
///
/// The only matrix with these four properties (Penrose). $`A^+ b`$ is the shortest of the vectors that $`A`$
/// sends nearest to $`b`$; to have it for one $`b`$, [`least_squares`](crate::least_squares()) is cheaper and more
/// accurate.
///
/// # Shapes
///
/// `a: m × n`; the result is n × m.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the four conditions of Penrose | `the_pseudo_inverse_satisfies_the_four_conditions_of_penrose` |
/// | $`A^+ = A^{-1}`$ if there is one | `the_pseudo_inverse_of_an_invertible_matrix_is_its_inverse` |
/// | $`A^+ = (A^\top A)^{-1} A^\top`$ for independent columns | `independent_columns_have_the_pseudo_inverse_of_the_normal_equations` |
/// | $`A^{++} = A`$, $`(A^\top)^+ = (A^+)^\top`$ | `the_pseudo_inverse_can_be_undone_and_transposed` |
/// | $`A^+ b`$ is the least-squares solution | `the_pseudo_inverse_solves_least_squares` |
///
/// # Numerics
///
/// By checked singular values in `f64` on $`2^{-e} A`$; those up to $`\max(m, n)\,\varepsilon\,\sigma_1`$ (with the
/// $`\varepsilon`$ of `T`, [`rank_tolerance`](crate::rank_tolerance)) count as zero. The four conditions are checked
/// within $`10\,m\,n\,u\,\lVert A \rVert \lVert A^+ \rVert`$ and what was taken for zero. $`A^+`$ is not continuous: where
/// the rank changes, so does all of it.
///
/// # Errors
///
/// [`LinalgError::Overflow`] if an entry is too large for `T`; [`LinalgError::TooLarge`] if $`A A^+`$ or $`A^+ A`$ is too
/// large for memory; otherwise as [`svd`](crate::svd).
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, pseudo_inverse};
///
/// let a = DMatrix::from_element(2, 3, 1.0);
/// let x = pseudo_inverse(&a)?; // the mean of b, shared by three: 1/6 everywhere
/// assert_eq!(x.shape(), (3, 2));
/// assert!(x.iter().all(|x: &f64| (x - 1.0 / 6.0).abs() < 1e-15));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// R. Penrose, *A generalized inverse for matrices*, Proc. Cambridge Phil. Soc. 51 (1955), 406–413,
/// theorem 1, <https://doi.org/10.1017/S0305004100030401>; G. H. Golub and C. F. Van Loan, *Matrix
/// Computations*, 4th ed. (2013), §5.5.2.
#[doc(alias = "Moore-Penrose")]
#[doc(alias = "pinv")]
pub fn pseudo_inverse<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    pseudo_inverse_within(a, rank_tolerance(a))
}

/// As [`pseudo_inverse`], with a tolerance that you choose: singular values up to $`t \sigma_1`$ count as zero.
///
/// The singular values are those of the matrix as it is: bring columns in different units to one unit first.
///
/// # Errors
///
/// [`LinalgError::Domain`] unless the tolerance is 0 or larger; otherwise as [`pseudo_inverse`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DMatrix, pseudo_inverse_within};
///
/// // To be inverted, 1e-6 is noise: 1e6 times the errors of what it is multiplied by.
/// let a = DMatrix::<f64>::from_row_slice(2, 2, &[2.0, 0.0, 0.0, 1e-6]);
/// let x = pseudo_inverse_within(&a, 1e-3)?;
/// assert_eq!(x, DMatrix::from_row_slice(2, 2, &[0.5, 0.0, 0.0, 0.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`pseudo_inverse`].
pub fn pseudo_inverse_within<T: Scalar>(
    a: &DMatrix<T>,
    tolerance: f64,
) -> Result<DMatrix<T>, LinalgError> {
    check_tolerance(tolerance)?;
    let (m, n) = a.shape();
    for side in [m, n] {
        check_size::<f64>("pseudo_inverse", Shape::new(side, side))?;
    }
    let a = Scaled::new(a)?;
    let triples = Triples::new(&a.matrix)?;
    let rank = count_above(&triples.sigma, tolerance);
    let inverse = inverse_of(&triples, rank);
    check_penrose(&a.matrix, &inverse, tolerance)?;
    unscaled(inverse, -a.exponent, "pseudo_inverse")
}

/// $`V_r \Sigma_r^{-1} U_r^\top`$.
fn inverse_of(triples: &Triples, rank: usize) -> DMatrix<f64> {
    let v = DMatrix::from_fn(triples.v.nrows(), rank, |i, j| {
        triples.v[(i, j)] / triples.sigma[j]
    });
    times(view(&v), columns_of(&triples.u, 0..rank).transposed())
}

/// The four conditions of Penrose, in the Frobenius norm.
fn check_penrose(a: &DMatrix<f64>, x: &DMatrix<f64>, tolerance: f64) -> Result<(), LinalgError> {
    let (ax, xa) = (times(view(a), view(x)), times(view(x), view(a)));
    let (a_size, x_size) = (frobenius(a), frobenius(x));
    let bound = rounding(a.nrows(), a.ncols()) * a_size * x_size;
    let check = |what, found: DMatrix<f64>, bound| at_most(what, frobenius(&found), bound);
    let neglected = tolerance * (a.nrows().min(a.ncols()) as f64).sqrt();
    let (axa, xax) = (times(view(&ax), view(a)), times(view(&xa), view(x)));
    check(
        "pseudo_inverse, A X A - A",
        axa - a,
        (bound + neglected) * a_size,
    )?;
    check("pseudo_inverse, X A X - X", xax - x, bound * x_size)?;
    check(
        "pseudo_inverse, symmetry of A X",
        &ax - ax.transpose(),
        bound,
    )?;
    check(
        "pseudo_inverse, symmetry of X A",
        &xa - xa.transpose(),
        bound,
    )
}

#[cfg(test)]
mod tests {
    use super::pseudo_inverse;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn zero_and_nothing_are_transposed() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 3), (3, 0), (2, 3)] {
            let zero = DMatrix::<f64>::zeros(m, n);
            assert_eq!(pseudo_inverse(&zero)?, zero.transpose());
        }
        Ok(())
    }

    #[test]
    fn a_column_is_divided_by_its_squared_length() -> Result<(), LinalgError> {
        let x = pseudo_inverse(&DMatrix::from_column_slice(2, 1, &[3.0_f32, 4.0]))?;
        assert_eq!(x, DMatrix::from_row_slice(1, 2, &[0.12, 0.16]));
        Ok(())
    }

    #[test]
    fn tiny_and_huge_matrices_have_pseudo_inverses() -> Result<(), LinalgError> {
        for size in [2.0_f64.powi(-900), 2.0_f64.powi(900)] {
            let x = pseudo_inverse(&DMatrix::from_row_slice(2, 2, &[size, 0.0, 0.0, 0.0]))?;
            assert_eq!(x[(0, 0)], 1.0 / size);
            assert_eq!(x[(1, 1)], 0.0);
        }
        let tiny = DMatrix::from_element(1, 1, 5e-324_f64);
        assert!(matches!(
            pseudo_inverse(&tiny),
            Err(LinalgError::Overflow { .. })
        ));
        Ok(())
    }
}
